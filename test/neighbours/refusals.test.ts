import { describe, expect, it } from "vitest";
import { native } from "../../lib/native.ts";

type Loose = Record<string, unknown>;

const raw = native() as unknown as Record<"neighbourPairsJob", (...args: unknown[]) => unknown>;

const n = 5;
const k = 2;
const lists = (): Uint32Array => Uint32Array.from({ length: n * k }, (_, e) => (Math.floor(e / k) + 1 + (e % k)) % n);

const spec = (): Loose => ({
  samples: n,
  count: k,
  indices: [lists(), lists()],
  values: [new Float64Array(n * k), new Float64Array(n * k)],
  pairs: Uint32Array.of(0, 1),
  wants: ["mutual", "cknnaBiased"],
  threads: 1,
});

/** What a job is refused with, at once or when it has run. */
const outcome = (change: Loose): Promise<unknown> =>
  new Promise((resolve) => {
    try {
      raw.neighbourPairsJob({ ...spec(), ...change }, null, (error: unknown) => resolve(error));
    } catch (error) {
      resolve(error);
    }
  });

const changed = (at: number, to: number): Loose => {
  const wrong = lists();
  wrong[at] = to;
  return { indices: [lists(), wrong] };
};

describe("a neighbour job", () => {
  it("runs as it is", async () => {
    expect(await outcome({})).toBeNull();
    expect(await outcome({ wants: [], values: [] })).toBeNull();
  });

  it.each<[string, Loose]>([
    ["k is 0", { count: 0, indices: [new Uint32Array(0)], values: [new Float64Array(0)] }],
    ["k is n", { count: n, indices: [new Uint32Array(n * n)], values: [new Float64Array(n * n)] }],
    ["there is one sample", { samples: 1 }],
    ["n disagrees with the lists", { samples: n + 1 }],
    ["lists are too short", { indices: [lists(), lists().subarray(1)] }],
    ["lists are of another type", { indices: [lists(), Int32Array.from(lists())] }],
    ["lists are no array", { indices: lists() }],
    ["there are no layers", { indices: [], values: [], pairs: new Uint32Array(0) }],
    ["a list names nobody", changed(3, n)],
    ["a list names nobody at all", changed(3, 0xffffffff)],
    ["a list names its own sample", changed(4, 2)],
    ["a list names a sample twice", changed(1, 1)],
    ["values are missing for CKNNA", { values: [] }],
    ["values are too short", { values: [new Float64Array(n * k), new Float64Array(1)] }],
    ["values are narrower", { values: [new Float32Array(n * k), new Float64Array(n * k)] }],
    ["a pair is out of range", { pairs: Uint32Array.of(0, 2) }],
    ["pairs are odd", { pairs: Uint32Array.of(0) }],
    ["a want is unknown", { wants: ["mutual", "best"] }],
    ["a want is no string", { wants: [0] }],
    ["wants are no array", { wants: "mutual" }],
    ["there are no threads", { threads: 0 }],
    ["there are too many threads", { threads: 65 }],
  ])("is refused when %s", async (_name, change) => {
    expect(await outcome(change)).toMatchObject({ code: "INVALID_ARGUMENT" });
  });
});
