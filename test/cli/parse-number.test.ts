import { expect, test } from "vitest";
import { wholeNumber } from "../../lib/cli/parse-number.ts";

test("reads whole numbers within the bounds", () => {
  const parse = wholeNumber("--rows", 1, 10);
  expect(["1", "10", "+7", "007"].map(parse)).toEqual([1, 10, 7, 7]);
});

test.each(["0", "11", "-3", "2.0", "1e1", "0x5", "", " ", "ten", "Infinity"])("refuses %j", (text) => {
  expect(() => wholeNumber("--rows", 1, 10)(text)).toThrow(
    /Expected a whole number from 1 to 10 for --rows but received/,
  );
});
