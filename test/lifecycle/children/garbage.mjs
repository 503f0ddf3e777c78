// Nothing but the job knows its arrays any more, and the collector runs all the time (node --expose-gc).
import { engine, engineSpec } from "./work.mjs";

const spec = () => engineSpec({ samples: 2000, features: 64, operators: 12, threads: 2 });
const expected = (await engine(spec())).inner;
const jobs = [engine(spec()), engine(spec())];
const state = { running: true };
const all = Promise.all(jobs).finally(() => (state.running = false));
while (state.running) {
  globalThis.gc();
  await new Promise((resolve) => setTimeout(resolve, 1));
}
console.log((await all).every(({ inner }) => inner.every((value, i) => value === expected[i])));
