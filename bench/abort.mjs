// Question: how long after an abort does compare() reject, with every thread at work on 48 layers (n = 2048, d = 768)?
import { writeFileSync } from "node:fs";

import { compare, Representation } from "../dist/index.js";
import { provenance } from "./support/machine.mjs";
import { spread, summary } from "./support/summary.mjs";

const [layers, samples, features] = [48, 2048, 768];
const representations = Array.from({ length: layers }, (_, l) => {
  const data = new Float32Array(samples * features).map((_zero, k) => Math.sin(k * (l + 1.5)));
  return Representation.fromArray(data, [samples, features], { name: `layer.${l}`, take: true });
});
const latencies = [];
for (let run = 0; run < 20; run += 1) {
  const controller = new AbortController();
  let aborted = 0;
  setTimeout(
    () => {
      aborted = performance.now();
      controller.abort();
    },
    50 + 20 * run,
  );
  await compare(representations, undefined, { signal: controller.signal }).then(
    () => console.error("ended before the abort"),
    () => latencies.push(performance.now() - aborted),
  );
}
const figures = summary(latencies);
const report = {
  question: `Abort of ${layers} layers, n = ${samples}, d = ${features}, under way`,
  ...provenance(),
  summary: [{ measure: "from abort to rejection", value: `${spread(figures)} ms` }],
  latencies,
};
writeFileSync(new URL("results/abort.json", import.meta.url), `${JSON.stringify(report, null, 2)}\n`);
console.log(report.summary[0].value);
