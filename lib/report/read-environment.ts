import type { ReportEnvironment } from "./environment.ts";
import type { JsonReader } from "./json-reader.ts";

/** Reads versions and machine from a results.json. */
export function readEnvironment(file: JsonReader): ReportEnvironment {
  const machine = file.get("environment");
  const blas = machine.get("blas");
  return {
    version: file.get("gramian").string(),
    created: file.get("created").string(),
    command: file.get("command").orNull((command) => command.string()),
    node: machine.get("node").string(),
    os: machine.get("os").string(),
    cpu: machine.get("cpu").string(),
    cores: machine.get("cores").count(),
    blas: {
      config: blas.get("config").string(),
      core: blas.get("core").string(),
      threads: blas.get("threads").count(),
    },
  };
}
