// How many milliseconds lie between the wish and the end of a cancelled job.
import { addon, longSpec, wait } from "./work.mjs";

const spec = longSpec();
const latencies = [];
for (let i = 0; i < 9; i++) {
  let job;
  const ended = new Promise((resolve) => (job = addon.engineJob(spec, null, resolve)));
  await wait(i * 15);
  const asked = performance.now();
  job.cancel();
  job.cancel();
  if ((await ended) !== "cancelled") throw new Error("the job ended otherwise");
  latencies.push(performance.now() - asked);
}
console.log(JSON.stringify(latencies));
