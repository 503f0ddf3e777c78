import { exitCodesHelp } from "./exit-codes.ts";
import type { HelpSection } from "./format-help.ts";

/** The paragraph of `gramian --help`. */
export const overviewDescription =
  "How alike are two neural networks, layer by layer? gramian reads their activations (samples × features, row i the same " +
  "input in every file), compares every layer with every other, and draws a report that you open in a browser.";

/** What `gramian --help` says below the commands. */
export const overviewSections: readonly HelpSection[] = [
  {
    title: "Examples",
    lines: [
      "gramian inspect a.safetensors                       what is in it, is it sound?",
      "gramian compare a.safetensors b.safetensors -o out  layers of a × layers of b",
      "gramian compare a.safetensors -o out                layers of one network",
      "gramian metrics                                     what can be measured, and what it says",
      "gramian report out                                  draw the report again",
      "gramian task a.safetensors --targets labels.npy     which layers suit a task?",
      "gramian stitch --help                               can b's head run on a's features?",
      "gramian bounds a.safetensors b.safetensors --targets labels.npy -o out",
    ],
  },
  {
    title: "Files",
    text:
      ".safetensors, .npy and .npz with f64, f32, f16 or bf16 elements, told by their contents. Pickles (.pt) are refused, " +
      "since loading one can run code; the message says how to convert it.",
  },
  exitCodesHelp,
];
