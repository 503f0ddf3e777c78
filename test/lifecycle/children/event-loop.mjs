// The delay of the event loop, in milliseconds, while a job with progress uses every core.
import { monitorEventLoopDelay } from "node:perf_hooks";

import { addon, engine, engineSpec } from "./work.mjs";

const spec = engineSpec({ samples: 4096, features: 256, operators: 24, threads: addon.info().cores });
const histogram = monitorEventLoopDelay({ resolution: 1 });
let reports = 0;
const start = performance.now();
histogram.enable();
await engine(spec, () => reports++);
histogram.disable();
console.log(JSON.stringify({ p99: histogram.percentile(99) / 1e6, reports, ms: performance.now() - start }));
