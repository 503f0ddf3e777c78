// E8: theorem 2 and lemma 3 need G_2∘S_12 ⊆ G_1, the stitcher first and the head after it; the inclusion is printed the other way round.
import { expect, test } from "vitest";

import { norm, times, timesTranspose } from "../twin/dense.ts";
import { type Features, at, features, map } from "../twin/features.ts";
import { gaussian, orthogonal } from "../twin/random.ts";

const n = 60;

/** A·F for every sample, A a matrix on features. */
const apply = (a: Features, f: Features): Features => timesTranspose(f, a);
const risk = (answers: Features, y: Features): number =>
  norm(map(answers, (value, i, j) => value - at(y, i, j))) ** 2 / n;
/** R_1 of a class of heads: the least risk among them. */
const leastRisk = (heads: readonly Features[], f: Features, y: Features): number =>
  Math.min(...heads.map((head) => risk(apply(head, f), y)));

test("lemma 3's lower bound holds with G_2∘S_12 in G_1, and fails with S_12∘G_2 in it", () => {
  // Both orders exist for square matrices only: d_1 = d_2 = t = 3.
  for (let seed = 0; seed < 20; seed += 1) {
    const f1 = gaussian(n, 3, seed);
    const [s, w2] = [orthogonal(3, seed + 100), gaussian(3, 3, seed + 200)];
    const stitched = times(w2, s);
    const y = map(apply(stitched, f1), (value, i, j) => value + 0.1 * at(gaussian(n, 3, seed + 300), i, j));
    const stitchedRisk = risk(apply(stitched, f1), y);
    const others = [gaussian(3, 3, seed + 400)];
    // R_stitch ≥ R_1(H_1).
    expect(leastRisk([...others, stitched], f1, y)).toBeLessThanOrEqual(stitchedRisk);
    const printed = leastRisk([...others, times(s, w2)], f1, y);
    expect(printed).toBeGreaterThan(2 * stitchedRisk);
  }
});

test("where widths differ the printed order composes nothing", () => {
  const [d1, d2, t] = [5, 4, 2];
  const f1 = gaussian(n, d1, 1);
  const s = features(d2, d1, (i, j) => Math.sin(i + 3 * j));
  const w2 = features(t, d2, (i, j) => Math.cos(2 * i + j));
  // Stitcher first: d_1 → d_2 → t.
  expect(apply(times(w2, s), f1)).toMatchObject({ n, d: t });
  // Head first: it wants d_2 numbers where there are d_1, and answers t where the stitcher wants d_1.
  expect(w2.d).not.toBe(f1.d);
  expect(w2.n).not.toBe(s.d);
});
