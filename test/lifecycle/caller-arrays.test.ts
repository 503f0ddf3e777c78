import { expect, it } from "vitest";

import { compare } from "../../lib/compare.ts";
import { rbf } from "../../lib/kernels/rbf.ts";
import { Representation } from "../../lib/representation.ts";

const samples = 900;
const features = 32;

type ResizableBuffer = ArrayBuffer & { resize(length: number): void };
const Resizable = ArrayBuffer as unknown as new (length: number, options: { maxByteLength: number }) => ResizableBuffer;

function fill(data: Float64Array): Float64Array {
  for (let i = 0; i < data.length; i++) data[i] = Math.sin(i * i) + (i % features);
  return data;
}

/** What a caller may do to an array while a job reads what was made of it. */
const deeds: Record<string, () => { readonly data: Float64Array; readonly deed: () => void }> = {
  "overwritten with NaN": () => {
    const data = fill(new Float64Array(samples * features));
    return { data, deed: () => void data.fill(Number.NaN) };
  },
  "shared and overwritten": () => {
    const data = fill(new Float64Array(new SharedArrayBuffer(samples * features * 8)));
    return { data, deed: () => void data.fill(Number.POSITIVE_INFINITY) };
  },
  detached: () => {
    const data = fill(new Float64Array(samples * features));
    return { data, deed: () => void structuredClone(data.buffer, { transfer: [data.buffer as ArrayBuffer] }) };
  },
  "resized to nothing": () => {
    const buffer = new Resizable(samples * features * 8, { maxByteLength: samples * features * 8 });
    return { data: fill(new Float64Array(buffer)), deed: () => buffer.resize(0) };
  },
};

const options = { metrics: ["cka", "cka.debiased"], kernel: rbf(), threads: 2 };

it.each(Object.entries(deeds))("an array that is %s while it is compared changes nothing", async (_name, make) => {
  const untouched = Representation.fromArray(fill(new Float64Array(samples * features)), [samples, features]);
  const expected = (await compare([untouched], undefined, options)).matrices.map(({ values }) => Array.from(values));
  for (let repetition = 0; repetition < 20; repetition++) {
    const { data, deed } = make();
    const layer = Representation.fromArray(data, [samples, features]);
    const running = compare([layer], undefined, options);
    if (repetition % 2 === 1) await new Promise((resolve) => setTimeout(resolve, repetition / 2));
    deed();
    const found = await running;
    expect(found.matrices.map(({ values }) => Array.from(values))).toEqual(expected);
  }
});
