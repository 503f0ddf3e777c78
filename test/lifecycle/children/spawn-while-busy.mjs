// Spawns children, waiting and not waiting for them, while jobs run. argv: how many.
import { spawn, spawnSync } from "node:child_process";

import { engine, shortSpec } from "./work.mjs";

const count = Number(process.argv[2]);
const quiet = await engine(shortSpec());
const state = { spawning: true, jobs: 0 };
const different = (async () => {
  let wrong = 0;
  while (state.spawning) {
    const found = await engine(shortSpec());
    state.jobs++;
    if (Buffer.compare(Buffer.from(quiet.inner.buffer), Buffer.from(found.inner.buffer)) !== 0) wrong++;
  }
  return wrong;
})();
let failed = 0;
for (let i = 0; i < count; i++) {
  if (i % 4 === 0) failed += spawnSync("true").status === 0 ? 0 : 1;
  else failed += (await new Promise((resolve) => spawn("true").once("exit", resolve))) === 0 ? 0 : 1;
}
state.spawning = false;
console.log(JSON.stringify({ different: await different, failed, worked: state.jobs > 0 }));
