// Which representations are alive after they were compared and let go of, and what their memory is (node --expose-gc).
import { compare, Representation } from "../../../dist/index.js";

const samples = 1024;
const features = 1024;
const megabyte = 2 ** 20;
const resident = () => (process.memoryUsage().arrayBuffers + process.memoryUsage().external) / megabyte;

async function round() {
  const layers = [1, 2].map((seed) =>
    Representation.fromArray(
      new Float64Array(samples * features).map((_, i) => Math.sin(seed * i)),
      [samples, features],
    ),
  );
  await compare(layers);
  return layers.map((layer) => new WeakRef(layer));
}

async function collect() {
  for (let i = 0; i < 5; i++) {
    await new Promise((resolve) => setTimeout(resolve, 5));
    globalThis.gc();
  }
}

await round();
await collect();
const before = resident();
const refs = [];
for (let i = 0; i < 10; i++) refs.push(...(await round()));
await collect();
console.log(
  JSON.stringify({
    alive: refs.filter((ref) => ref.deref() !== undefined).length,
    megabytes: resident() - before,
  }),
);
