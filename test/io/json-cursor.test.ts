import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { JsonCursor } from "../../lib/io/json-cursor.ts";

function cursor(text: string): JsonCursor {
  return new JsonCursor(Buffer.from(text), (position, problem) => new Error(`${position}: ${problem}`));
}

function accepts(text: string): boolean {
  try {
    const reader = cursor(text);
    reader.skip();
    reader.end();
    return true;
  } catch {
    return false;
  }
}

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

describe("the JSON reader", () => {
  it("accepts every JSON text that JSON.stringify writes", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), fc.constantFrom(0, 1, "\t"), (value, indent) => {
        expect(accepts(JSON.stringify(value, null, indent))).toBe(true);
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  it("accepts nothing that JSON.parse refuses, and refuses of the rest only equal keys", () => {
    const piece = fc.constantFrom(
      ...'{}[],:"\\ ',
      "u0041",
      "\u0001",
      "true",
      "null",
      "0",
      "01",
      "-1",
      "1.5",
      "1e5",
      ".",
      "é",
      '"a"',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 9 }), (pieces) => {
        const text = pieces.join("");
        const keysDiffer = !/"a"\s*:.*"a"\s*:/.test(text);
        expect(accepts(text)).toBe(parses(text) && (keysDiffer || accepts(text)));
      }),
      { seed: 1, numRuns: 5000 },
    );
  });

  it("gives strings and whole numbers as JSON.parse does", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.maxSafeNat(), (text, number) => {
        expect(cursor(` ${JSON.stringify(text)}`).string()).toBe(text);
        expect(cursor(` ${number} `).integer()).toBe(number);
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  it("finds equal keys at any depth, and says where", () => {
    expect(() => cursor('{"a":{"b":[{"c":1,"d":2,"c":3}]}}').skip()).toThrow('24: the name "c" stands twice');
    expect(() => cursor('{"a":{"a":1},"b":{"a":1}}').skip()).not.toThrow();
  });

  it.each(["-1", "1.0", "1e3", "01", "9007199254740992", "", '"1"'])("takes %s for no whole number", (text) => {
    expect(() => cursor(text).integer()).toThrow("expected a whole number");
  });
});
