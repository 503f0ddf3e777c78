import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { naturalCompare, naturalSort } from "../../lib/io/natural-sort.ts";

const name = fc
  .array(fc.constantFrom("a", "B", ".", "0", "1", "02", "10", "9".repeat(30)), { maxLength: 5 })
  .map((list) => list.join(""));

describe("the natural order of names", () => {
  it("counts numbers as numbers, of any length", () => {
    const sorted = [
      "",
      "2",
      "10",
      "layer1",
      "layer1.a",
      "layer2",
      "layer10.1",
      "layer10.2",
      "layer10.10",
      `layer${"9".repeat(40)}`,
    ];
    expect(naturalSort(sorted.toReversed())).toEqual(sorted);
  });

  it("orders equal numbers by how they are written", () => {
    expect(naturalSort(["l1", "l01", "l001"])).toEqual(["l001", "l01", "l1"]);
  });

  it("is a total order", () => {
    const property = fc.property(name, name, name, (a, b, c) => {
      expect(Math.sign(naturalCompare(a, b)) + Math.sign(naturalCompare(b, a))).toBe(0);
      expect(naturalCompare(a, b) === 0).toBe(a === b);
      // Transitive: whatever order three names come in, sorting them gives one order.
      expect(naturalSort([a, b, c])).toEqual(naturalSort([c, a, b]));
      expect(naturalSort([a, b, c])).toEqual(naturalSort([b, c, a]));
    });
    fc.assert(property, { seed: 3, numRuns: 3000 });
  });

  it("leaves the names that it is given alone", () => {
    const names = Object.freeze(["b", "a"]);
    expect(naturalSort(names)).toEqual(["a", "b"]);
    expect(names).toEqual(["b", "a"]);
  });
});
