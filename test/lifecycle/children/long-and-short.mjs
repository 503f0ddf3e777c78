// In milliseconds: a long job with a short one started beside it, and the same job twice, one after the other and both at once.
import { addon, engine, engineSpec, wait } from "./work.mjs";

const middle = engineSpec({ samples: 4096, features: 128, operators: 24, threads: 2 });
const short = engineSpec({ samples: 256, features: 64, operators: 4, threads: 2 });
const long = engineSpec({ samples: 12288, features: 128, operators: 24, threads: 2 });
await engine(short);

const timed = async (action) => {
  const start = performance.now();
  await action();
  return performance.now() - start;
};

const state = { long: true };
const longJob = addon.engineJob(long, null, () => (state.long = false));
await wait(50);
const shortBesideLong = await timed(() => engine(short));
const longStillRan = state.long;
longJob.cancel();

const one = () => engine(middle);
const both = () => Promise.all([one(), one()]);
const oneAfterTheOther = async () => {
  await one();
  await one();
};
// In turns, and the best of three, so that what else the machine does counts for both alike.
const rounds = [];
for (let i = 0; i < 3; i++) rounds.push([await timed(oneAfterTheOther), await timed(both)]);
const [sequential, concurrent] = [0, 1].map((which) => Math.min(...rounds.map((round) => round[which])));
console.log(JSON.stringify({ shortBesideLong, longStillRan, sequential, concurrent }));
