import { exitCodesHelp } from "./exit-codes.ts";
import type { HelpSection } from "./format-help.ts";

/** The paragraph of `gramian inspect --help`. */
export const inspectDescription =
  "List what is in activation files: every tensor with its shape and element type, how many entries are not finite and where " +
  "the first one is, columns that are constant, rows of zeros, and norms. One tensor is in memory at a time.";

/** What `gramian inspect --help` says below its options. */
export const inspectSections: readonly HelpSection[] = [
  {
    title: "What the columns say",
    items: [
      ["bad", "entries that are NaN or infinite; a layer with any cannot be compared"],
      ["constant", "columns with the same value in every sample: they add nothing to a centred metric"],
      ["zero rows", "samples that are zero throughout: the cosine kernel has no answer for them"],
      ["rms", "root mean square of the entries; beside it that of the entries with their column means taken off"],
    ],
  },
  {
    title: "Notes",
    text:
      "A tensor that cannot be compared is listed with the reason, and the exit code stays 0; a file that is broken or no " +
      "tensor file at all ends with 3, after the others have been listed. Row and column numbers count from 0.",
  },
  {
    title: "Examples",
    lines: [
      "gramian inspect a.safetensors",
      "gramian inspect acts/ --json | jq '.files[].tensors[] | select(.nonFinite > 0)'",
      "gramian inspect 'a.safetensors#blocks.*' other.npz",
    ],
  },
  exitCodesHelp,
];
