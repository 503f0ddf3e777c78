// `npm run demo`: from a fresh clone to a report that compares two bundled networks.
import { relative } from "node:path";

import { run } from "./setup/command.mjs";
import { inRoot, root } from "./setup/paths.mjs";
import { prepare } from "./setup/prepare.mjs";
import { runMain, SetupError } from "./setup/step.mjs";

const out = "gramian-out/demo";

await runMain(async () => {
  console.log("gramian: set-up");
  await prepare();
  const args = [
    "compare",
    "examples/mnist/mlp-a.safetensors",
    "examples/mnist/cnn.safetensors",
    ...["cka", "cka.debiased"].flatMap((metric) => ["--metric", metric]),
    "--out",
    out,
  ];
  console.log(`\ngramian ${args.join(" ")}\n`);
  const { code } = await run(process.execPath, [inRoot("dist", "cli", "main.js"), ...args], { show: true });
  if (code !== 0) throw new SetupError(`The comparison ended with ${code ?? "a signal"}.`);
  console.log(`\nOpen ${relative(root, inRoot(out, "report.html"))} in a browser.`);
});
