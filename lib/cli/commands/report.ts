import { readFile, stat } from "node:fs/promises";
import path from "node:path";

import { FileError } from "../../errors.ts";
import { parseResults } from "../../report/json.ts";
import { writeReport } from "../../report/write.ts";
import { Interrupted } from "../interrupted.ts";
import { openOutput } from "../output-directory.ts";
import { OutputError } from "../output-error.ts";
import { printable } from "../printable.ts";
import { withInterrupt } from "../with-interrupt.ts";
import type { ReportFlags } from "./report-command.ts";

async function readResults(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new FileError("FILE_ACCESS", `Could not read ${file}: ${why}`, { file }, { cause });
  }
}

/** `gramian report`. */
export async function reportCommand(results: string, flags: ReportFlags): Promise<void> {
  const isDirectory = (await stat(results).catch(() => null))?.isDirectory() === true;
  const file = isDirectory ? path.join(results, "results.json") : results;
  const { data, environment } = parseResults(await readResults(file));
  const output = await openOutput(flags.out ?? path.dirname(file));
  const title = flags.title === undefined ? {} : { title: flags.title };
  try {
    const written = await withInterrupt((signal) => writeReport(output.path, data, environment, { ...title, signal }));
    process.stdout.write(`${printable(written.html)}\n`);
  } catch (cause) {
    await output.abandon();
    if (cause instanceof Interrupted) throw new Interrupted(cause.signal, output.kept);
    throw cause instanceof FileError ? OutputError.because(output.path, cause) : cause;
  }
}
