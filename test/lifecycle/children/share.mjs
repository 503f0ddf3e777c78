// Two equal jobs at once: how far each had come when the first of them ended.
import { addon, engineSpec } from "./work.mjs";

// Made beforehand: the jobs are to start at the same time.
const specs = [1, 2].map(() => engineSpec({ samples: 5000, features: 128, operators: 12, threads: 2 }));
const progress = [0, 0];
let ended = 0;
for (const which of [0, 1]) {
  addon.engineJob(
    specs[which],
    (done, total) => (progress[which] = done / total),
    () => {
      if (ended++ === 0) console.log(JSON.stringify(progress));
    },
  );
}
