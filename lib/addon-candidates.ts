import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** Both lib/ and dist/ lie one below the package. */
const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** The C library that this process runs on, as prebuildify tags it; null where there is but one. */
function libc(): "glibc" | "musl" | null {
  if (process.platform !== "linux") return null;
  const report = process.report.getReport() as { header?: { glibcVersionRuntime?: string } };
  return report.header?.glibcVersionRuntime === undefined ? "musl" : "glibc";
}

/**
 * Where an addon may be; the first that is there wins: cmake-js's build, node-gyp's, one that came with the package. The variable
 * `GRAMIAN_NATIVE` names another, and then no other is looked for. A generator, because asking for the C library takes a while and
 * is needed for the last one only.
 */
export function* addonCandidates(): Generator<string> {
  const named = process.env["GRAMIAN_NATIVE"];
  if (named !== undefined && named !== "") {
    yield resolve(named);
    return;
  }
  yield join(root, "build", "cmake", "Release", "gramian.node");
  yield join(root, "build", "Release", "gramian.node");
  const tag = libc();
  const file = tag === null ? "gramian.node" : `gramian.${tag}.node`;
  yield join(root, "prebuilds", `${process.platform}-${process.arch}`, file);
}
