import { describe, expect, it } from "vitest";

import { type ChildEnd, runChild } from "./run-child.ts";

const repetitions = 20;
// Each is 20 processes; on a machine that does other things as well, this is what they may take.
const timeout = 60_000;

/** Ends children at different moments of their jobs, two at a time. */
async function endMany(name: string, how: string): Promise<ChildEnd[]> {
  const ends: ChildEnd[] = [];
  for (let i = 0; i < repetitions; i += 2) {
    ends.push(...(await Promise.all([runChild(name, [how, 3 * i]), runChild(name, [how, 3 * i + 3])])));
  }
  return ends;
}

const codes = (ends: readonly ChildEnd[]): (number | string | null)[] => [
  ...new Set(ends.map(({ code, signal }) => signal ?? code)),
];

describe("the end of a process whose jobs are under way", { timeout }, () => {
  it("process.exit keeps its code", async () => {
    expect(codes(await endMany("exit-while-busy", "exit"))).toEqual([7]);
  });

  it("an uncaught exception is told and ends the process", async () => {
    const ends = await endMany("exit-while-busy", "throw");
    expect(codes(ends)).toEqual([1]);
    expect(ends.every(({ stderr }) => stderr.includes("uncaught on purpose"))).toBe(true);
  });

  it("an unhandled rejection does too", async () => {
    const ends = await endMany("exit-while-busy", "reject");
    expect(codes(ends)).toEqual([1]);
    expect(ends.every(({ stderr }) => stderr.includes("rejected on purpose"))).toBe(true);
  });

  it.each(["workers", "everybody"])("process.exit while jobs of %s are under way", async (whose) => {
    expect(codes(await endMany("exit-with-busy-workers", whose))).toEqual([7]);
  });

  it("a job holds the process open until it has told its end, and no longer", async () => {
    const { code, stdout } = await runChild("natural-end");
    expect(stdout).toBe("null 12\n");
    expect(code).toBe(0);
  });
});
