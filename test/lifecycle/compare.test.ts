import { beforeAll, describe, expect, it } from "vitest";

import { compare } from "../../lib/compare.ts";
import { Representation } from "../../lib/representation.ts";
import { runChild } from "./run-child.ts";

const samples = 2048;
const features = 512;
const layerCount = 24;

let layers: Representation[];
let few: Representation[];

beforeAll(() => {
  layers = Array.from({ length: layerCount }, (_, layer) => {
    const data = new Float32Array(samples * features);
    let state = layer + 1;
    for (let i = 0; i < data.length; i++) {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      data[i] = state / 2 ** 31 - 1;
    }
    return Representation.fromArray(data, [samples, features], { name: `layer${layer}`, take: true });
  });
  few = layers.slice(0, 2).map((layer) => layer.rows(Array.from({ length: 64 }, (_, i) => i)));
});

describe("an aborted comparison", () => {
  it("rejects with the reason within 250 ms, whenever it is aborted", async () => {
    for (let k = 0; k < 8; k++) {
      const controller = new AbortController();
      const running = compare(layers, undefined, { space: "gram", signal: controller.signal });
      const reason = new Error("changed my mind");
      // The whole takes several times as long as the longest of these.
      await new Promise((resolve) => setTimeout(resolve, 12 * k));
      const asked = performance.now();
      controller.abort(reason);
      await expect(running).rejects.toBe(reason);
      // The promise made to users: threads look between the tiles and layers of their work.
      expect(performance.now() - asked).toBeLessThan(250);
    }
  });

  it("is not begun when the signal was aborted before", async () => {
    let reports = 0;
    const running = compare(layers, undefined, { signal: AbortSignal.abort("before"), onProgress: () => reports++ });
    await expect(running).rejects.toBe("before");
    expect(reports).toBe(0);
  });

  it("does not mind when it has ended already", async () => {
    const controller = new AbortController();
    const result = await compare(few, undefined, { signal: controller.signal });
    controller.abort("after");
    expect(result.matrices).not.toHaveLength(0);
    expect((await compare(few)).records()).toEqual(result.records());
  });
});

describe("a comparison whose onProgress throws", () => {
  it("rejects with what it threw, and goes on no further", async () => {
    const reason = new RangeError("from onProgress");
    let reports = 0;
    const started = performance.now();
    const running = compare(layers, undefined, {
      space: "gram",
      onProgress: () => {
        reports++;
        throw reason;
      },
    });
    await expect(running).rejects.toBe(reason);
    const stopped = performance.now() - started;
    expect(reports).toBe(1);
    const whole = performance.now();
    await compare(layers, undefined, { space: "gram" });
    // The first report comes with the first tile of 36 or more, and the rest is not computed.
    expect(stopped).toBeLessThan(0.7 * (performance.now() - whole));
  });
});

describe("errors of a comparison", () => {
  it("name the caller, though he awaited across functions", async () => {
    async function theInnerCaller(): Promise<void> {
      await compare(layers, few);
    }
    async function theOuterCaller(): Promise<void> {
      await theInnerCaller();
    }
    const error: unknown = await theOuterCaller().catch((thrown: unknown) => thrown);
    expect((error as Error).stack).toMatch(/theInnerCaller[^]*theOuterCaller/);
  });
});

describe("a job without memory for its result", () => {
  it.each([
    // The engine's own 720 MB do not fit.
    ["in the engine", 300],
    // They do, with room for what threads and heaps reserve; JavaScript's copy of them does not.
    ["in JavaScript", 1100],
  ])("fails %s, with an error that names the caller, and the process lives", async (_where, left) => {
    const { stdout, code } = await runChild("out-of-memory", [left]);
    expect(stdout).toMatch(/^OUT_OF_MEMORY SystemError: [^]*theCaller/);
    expect(code).toBe(0);
  });
});

describe("the memory of what was compared", () => {
  it("is given back when nobody holds it any more", async () => {
    const { stdout, code } = await runChild("collected", [], ["--expose-gc"]);
    expect(code).toBe(0);
    const { alive, megabytes } = JSON.parse(stdout) as { alive: number; megabytes: number };
    expect(alive).toBe(0);
    // 10 rounds of 16 MB each went through; one that is kept, or two, would be a leak's beginning.
    expect(megabytes).toBeLessThan(32);
  });
});

describe("a process that has compared", () => {
  it("ends by itself, with nothing open", async () => {
    const { stdout, stderr, code } = await runChild("compare-and-end");
    expect({ stdout, stderr, code }).toEqual({ stdout: "1.000 []\n", stderr: "", code: 0 });
  });
});
