import { describe, expect, test } from "vitest";
import { parseBytes } from "../../lib/cli/parse-bytes.ts";

const parse = parseBytes("--memory-limit");

describe("parseBytes", () => {
  test.each([
    ["2GB", 2_000_000_000],
    ["2gib", 2_147_483_648],
    ["512 MiB", 536_870_912],
    ["1.5k", 1500],
    ["4096", 4096],
    ["7b", 7],
  ])("reads %s", (text, bytes) => {
    expect(parse(text)).toBe(bytes);
  });

  test.each(["", "GB", "2 Gigs", "-1GB", "0", "1e9", "1.2.3MB", "99999999TB"])("refuses %j", (text) => {
    expect(() => parse(text)).toThrow(
      /Expected a size such as 2GB or 512MiB for --memory-limit but received .* of type string\./,
    );
  });
});
