// A job whose result is larger than the memory that is left. argv: how many MiB are left when it starts.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

import { runJob } from "../../../dist/job.js";
import { addon, engine, engineSpec, shortSpec } from "./work.mjs";

// 3000 operators: 72 MB of inner products and 648 MB of moments, first in the engine's memory, then in JavaScript's.
const spec = engineSpec({ samples: 4, features: 1, operators: 3000, threads: 2 });
await engine(shortSpec()); // threads and libraries have what they need
const kilobytes = Number(/VmSize:\s+(\d+)/.exec(readFileSync("/proc/self/status", "utf8"))[1]);
const limit = kilobytes * 1024 + Number(process.argv[2]) * 2 ** 20;
execFileSync("prlimit", [`--pid=${process.pid}`, `--as=${limit}`]);

async function theCaller() {
  await runJob((progress, done) => addon.engineJob(spec, progress, done));
}
const error = await theCaller().catch((thrown) => thrown);
console.log(error.code, error.stack);
