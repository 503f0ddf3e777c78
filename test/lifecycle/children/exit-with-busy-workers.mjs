// The main thread ends the process while jobs of workers, and perhaps its own, are under way. argv: whose, after how many milliseconds.
import { Worker } from "node:worker_threads";

import { keepBusy } from "./work.mjs";

const [whose, delay] = process.argv.slice(2);
const workers = [1, 2].map(() => new Worker(new URL("busy-worker.mjs", import.meta.url)));
await Promise.all(workers.map((worker) => new Promise((resolve) => worker.once("message", resolve))));
if (whose === "everybody") keepBusy();
setTimeout(() => process.exit(7), Number(delay));
