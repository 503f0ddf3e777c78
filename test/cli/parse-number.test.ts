import { expect, test } from "vitest";
import { share, wholeNumber } from "../../lib/cli/parse-number.ts";

test("reads whole numbers within the bounds", () => {
  const parse = wholeNumber("--rows", 1, 10);
  expect(["1", "10", "+7", "007"].map(parse)).toEqual([1, 10, 7, 7]);
});

test.each(["0", "11", "-3", "2.0", "1e1", "0x5", "", " ", "ten", "Infinity"])("refuses %j", (text) => {
  expect(() => wholeNumber("--rows", 1, 10)(text)).toThrow(
    /Expected a whole number from 1 to 10 for --rows but received/,
  );
});

test("reads shares between 0 and 1", () => {
  expect(["0.95", ".5", "5e-1", "+0.1"].map(share("--level"))).toEqual([0.95, 0.5, 0.5, 0.1]);
});

test.each(["0", "1", "95", "-0.5", "95%", "", "half", "0x1", "NaN"])("refuses %j as a share", (text) => {
  expect(() => share("--level")(text)).toThrow(/Expected a number between 0 and 1 for --level but received/);
});
