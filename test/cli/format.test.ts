import { expect, test } from "vitest";
import { formatBytes } from "../../lib/cli/format-bytes.ts";
import { formatDuration } from "../../lib/cli/format-duration.ts";
import { printable } from "../../lib/cli/printable.ts";
import { wrap } from "../../lib/cli/wrap.ts";

test.each([
  [0, "0 B"],
  [999, "999 B"],
  [1000, "1.00 kB"],
  [61_440_000, "61.4 MB"],
  [999_960, "1.00 MB"],
  [3.2e12, "3.20 TB"],
])("formatBytes(%d) is %s", (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});

test.each([
  [0, "1 ms"],
  [0.042, "42 ms"],
  [0.0999, "0.10 s"],
  [9.94, "9.9 s"],
  [59.4, "59 s"],
  [200, "3 min 20 s"],
  [7500, "2 h 05 min"],
  [NaN, "unknown"],
])("formatDuration(%d) is %s", (seconds, text) => {
  expect(formatDuration(seconds)).toBe(text);
});

test("printable keeps text on one line and the terminal safe", () => {
  expect(printable("a\u001b[31mb\r\nc\u009bd é")).toBe("a [31mb c d é");
});

test("wrap breaks at spaces, and lets a long word overflow rather than cutting it", () => {
  const lines = wrap(`${"word ".repeat(20)}${"x".repeat(50)} end`, 40);
  expect(lines.join(" ").split(" ")).toHaveLength(22);
  expect(lines.filter((line) => line.length > 40)).toEqual(["x".repeat(50)]);
});
