import { openTensorFile } from "../../io/open.ts";
import { matchNames } from "../../io/pattern.ts";
import type { TensorFile } from "../../io/tensor-file.ts";
import { FileError } from "../../errors.ts";
import { alignedTable } from "../aligned-table.ts";
import { findModels } from "../inputs/find-models.ts";
import { inspectTensor, type TensorReport } from "../inspect-tensor.ts";
import { printable } from "../printable.ts";
import { progressOn } from "../progress.ts";
import { reportError } from "../report-error.ts";
import { withInterrupt } from "../with-interrupt.ts";
import type { InspectFlags } from "./inspect-command.ts";

interface FileReport {
  readonly path: string;
  readonly format: string;
  readonly tensors: readonly TensorReport[];
}

const header = ["name", "shape", "type", "bad", "constant", "zero rows", "rms", "centred", "note"];

function count(value: number | null): string {
  return value === null ? "–" : String(value);
}

function size(value: number | null): string {
  return value === null ? "–" : value.toPrecision(4);
}

function line(tensor: TensorReport): string[] {
  const { firstNonFinite: first } = tensor;
  const where = first === null ? "" : ` (the first at row ${first.row}, column ${first.column})`;
  return [
    printable(tensor.name),
    tensor.shape.join("×"),
    tensor.dtype,
    count(tensor.nonFinite),
    count(tensor.constantColumns),
    count(tensor.zeroRows),
    size(tensor.rms),
    size(tensor.centredRms),
    `${tensor.note ?? ""}${where}`,
  ];
}

function chosen(file: TensorFile, patterns: readonly string[] | undefined): readonly TensorFile["tensors"][number][] {
  if (patterns === undefined) return file.tensors;
  const names = file.tensors.map(({ name }) => name);
  const matched = new Set(patterns.flatMap((pattern) => matchNames(names, pattern, file.path)));
  return file.tensors.filter(({ name }) => matched.has(name));
}

async function inspectFile(
  path: string,
  patterns: readonly string[] | undefined,
  signal: AbortSignal,
  onTensor: (done: number, total: number) => void,
): Promise<FileReport> {
  const file = await openTensorFile(path, { signal });
  try {
    const wanted = chosen(file, patterns);
    const tensors: TensorReport[] = [];
    for (const info of wanted) {
      onTensor(tensors.length, wanted.length);
      tensors.push(await inspectTensor(file, info, signal));
    }
    return { path, format: file.format, tensors };
  } finally {
    await file.close();
  }
}

/** `gramian inspect`. A broken file is told on standard error and the others go on; the first one's error is what the command ends with. */
export async function inspectCommand(inputs: readonly string[], flags: InspectFlags): Promise<void> {
  const progress = progressOn(process.stderr, flags.quiet === true);
  const files: FileReport[] = [];
  const broken: FileError[] = [];
  await withInterrupt(async (signal) => {
    for (const model of await findModels(inputs, false)) {
      for (const { path, layers } of model.files) {
        const patterns = layers === null ? flags.layers : [layers];
        let begun = false;
        try {
          const report = await inspectFile(path, patterns, signal, (done, total) => {
            if (!begun) progress.begin(`reading ${printable(path)}`, total, "tensors");
            begun = true;
            progress.update(done);
          });
          progress.end();
          files.push(report);
          if (!flags.json) {
            const tensors = report.tensors.length === 1 ? "1 tensor" : `${report.tensors.length} tensors`;
            const title = `${printable(path)} (${report.format}, ${tensors})`;
            const table = alignedTable(header, report.tensors.map(line));
            process.stdout.write(`${files.length > 1 ? "\n" : ""}${[title, ...table].join("\n")}\n`);
          }
        } catch (error) {
          progress.end();
          if (!(error instanceof FileError)) throw error;
          broken.push(error);
        }
      }
    }
  });
  if (flags.json) process.stdout.write(`${JSON.stringify({ files }, null, 2)}\n`);
  const [first, ...more] = broken;
  for (const error of more) reportError(error, false);
  if (first !== undefined) throw first;
}
