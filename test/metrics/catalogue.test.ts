import { describe, expect, it } from "vitest";

import { metrics, parseKernel } from "../../lib/index.ts";
import { familyLabels } from "../../lib/report/families.ts";

const entries = metrics.list();

describe("the catalogue", () => {
  it("has every id and every label once", () => {
    for (const field of ["id", "label"] as const) {
      const names = entries.map((entry) => entry[field]);
      expect(names).toEqual([...new Set(names)]);
    }
    expect(entries.length).toBeGreaterThan(35);
  });

  it("lists families together, in the order in which people are shown them", () => {
    const families = entries.map(({ family }) => family);
    const changes = families.filter((family, k) => family !== families[k - 1]);
    expect(changes).toEqual(Object.keys(familyLabels));
  });

  it.each(entries.map((entry) => [entry.id, entry] as const))("%s is described in full", (id, entry) => {
    expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    // A sentence, and a question or an answer of some length.
    expect(entry.summary).toMatch(/^[A-Z].{25,}[.?)]$/);
    expect(entry.formula.length).toBeGreaterThan(5);
    expect(entry.source).toMatch(/\d{4}/);
    if (entry.section !== null) expect(entry.section).toMatch(/^\d(\.\d)*$/);
    const [low, high] = entry.range;
    // A kernel of which only the pairs of neighbours are kept is not positive semidefinite: CKNNA is bounded on neither side.
    if (!entry.id.endsWith("cknna")) expect(low).not.toBeNull();
    if (low !== null && high !== null) expect(low).toBeLessThan(high);
    // A distance begins at 0, and two layers that are the same have it.
    if (entry.sense === "distance") expect(low).toBe(0);
    expect(entry.variants).toEqual([...new Set(entry.variants)]);
    expect(entry.variants).not.toHaveLength(1);
    if (!entry.symmetric) expect(entry.variants).toEqual(["forward", "backward"]);
    for (const parameter of entry.parameters) {
      expect(parameter.name).toMatch(/^[a-z]+$/);
      expect(parameter.summary).toMatch(/\S{3}/);
    }
    if (entry.kernel !== null) expect(() => parseKernel(entry.kernel!)).not.toThrow();
    const { invariances } = entry;
    expect(Object.keys(invariances)).toEqual([
      "translation",
      "scale",
      "rotation",
      "linear",
      "permutation",
      "duplication",
    ]);
    expect(invariances.permutation).toBe(true);
    // A rotation and a positive factor are linear maps.
    if (invariances.linear) expect(invariances).toMatchObject({ scale: true, rotation: true });
  });

  it("gives one entry by its id, and is plain data", () => {
    expect(metrics.get("cka")).toEqual(entries[0]);
    expect(structuredClone(entries)).toEqual(entries);
    expect(() => metrics.get("ckaa")).toThrow(/one of cka, ka, .* for id but received 'ckaa'/);
  });
});
