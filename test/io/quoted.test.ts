import { describe, expect, it } from "vitest";

import { quoted, shownPath } from "../../lib/io/quoted.ts";

describe("names in messages", () => {
  it("stand in quotes, with quotes and backslashes escaped", () => {
    expect(quoted('a "b" \\c')).toBe('"a \\"b\\" \\\\c"');
    expect(quoted("größe/层")).toBe('"größe/层"');
  });

  it("hold no character that acts on a terminal or turns the text round", () => {
    expect(quoted("a\u001b[31m\n\u0085\u202e\u2028\ud800")).toBe('"a\\u001b[31m\\u000a\\u0085\\u202e\\u2028\\ud800"');
    expect(shownPath("dir/\u0007a\u{e0041}.npy")).toBe("dir/\\u0007a\\u{e0041}.npy");
  });

  it("are cut when they are long", () => {
    expect(quoted("x".repeat(1000))).toBe(`"${"x".repeat(199)}…"`);
    expect(quoted("x".repeat(200))).toBe(`"${"x".repeat(200)}"`);
  });
});
