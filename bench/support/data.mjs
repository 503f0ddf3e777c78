import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Uniform 32-bit integers from a seed. */
function randomStream(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return (t ^ (t >>> 14)) >>> 0;
  };
}

/** A near-normal number: the sum of four uniforms, centred and scaled to unit variance. */
function gaussian(next) {
  const sum = next() + next() + next() + next();
  return (sum / 2 ** 32 - 2) * Math.sqrt(3);
}

/**
 * Layers that look like a network's: latent factors shared by all of them, seen through random signed sums of four, plus noise of a
 * layer's own and a mean that is not zero. Written as one f32 .npy of shape [layers, samples, features].
 */
export function writeLayers({ layers, samples, features, latent = 64, seed = 1 }) {
  const folder = mkdtempSync(join(tmpdir(), "gramian-bench-"));
  const path = join(folder, "layers.npy");
  const file = openSync(path, "w");
  const dict = `{'descr': '<f4', 'fortran_order': False, 'shape': (${layers}, ${samples}, ${features}), }`;
  const header = Buffer.alloc(Math.ceil((10 + dict.length + 1) / 64) * 64, " ");
  header.write("\x93NUMPY\x01\x00", 0, "latin1");
  header.writeUInt16LE(header.length - 10, 8);
  header.write(dict, 10, "latin1");
  header.write("\n", header.length - 1, "latin1");
  writeSync(file, header);

  const next = randomStream(seed);
  const factors = Float32Array.from({ length: samples * latent }, () => gaussian(next));
  const noise = Float32Array.from({ length: 1 << 16 }, () => gaussian(next));
  const layer = new Float32Array(samples * features);
  for (let l = 0; l < layers; l += 1) {
    const picks = Uint8Array.from({ length: features * 4 }, () => next() % latent);
    const signs = Float32Array.from({ length: features * 4 }, () => (next() & 1 ? 0.5 : -0.5));
    const means = Float32Array.from({ length: features }, () => 0.3 * gaussian(next));
    for (let i = 0; i < samples; i += 1) {
      const drift = next();
      for (let j = 0; j < features; j += 1) {
        let value = means[j] + 0.7 * noise[(drift + j * 7919) & 0xffff];
        for (let k = 4 * j; k < 4 * j + 4; k += 1) value += signs[k] * factors[i * latent + picks[k]];
        layer[i * features + j] = value;
      }
    }
    writeSync(file, new Uint8Array(layer.buffer));
  }
  closeSync(file);
  return { path, offset: header.length, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
