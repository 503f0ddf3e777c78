import { readFileSync } from "node:fs";
import { arch, cpus, platform, release } from "node:os";

import { native } from "./native.ts";
import type { ReportEnvironment } from "./report/environment.ts";

/**
 * The machine and the programs behind a result, for {@link writeReport} and {@link toResultsJson}: gathered now, so ask when the
 * comparison is made. `command` is the command line to show, where there was one.
 *
 * @throws SystemError with code NATIVE_LOAD when the addon cannot be loaded.
 *
 * @example
 * ```ts
 * import { reportEnvironment } from "gramian";
 * console.log(reportEnvironment().cores >= 1); // true
 * ```
 */
export function reportEnvironment(command: string | null = null): ReportEnvironment {
  const { blas, cores } = native().info();
  const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as {
    version: string;
  };
  return {
    version,
    created: new Date().toISOString(),
    command,
    node: process.version,
    os: `${platform()} ${release()} ${arch()}`,
    cpu: cpus()[0]?.model.trim() ?? "unknown",
    cores,
    blas: { config: blas.config, core: blas.core, threads: blas.threads },
  };
}
