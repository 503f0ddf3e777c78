import { describe, expect, it } from "vitest";

import { runChild } from "./run-child.ts";

// Dozens of workers; on a machine that does other things as well, this is what they may take.
describe("workers", { timeout: 60_000 }, () => {
  it.each(["terminate", "exit"])("%s in the middle of their jobs, and the process goes on computing", async (how) => {
    const { code, signal, stdout, stderr } = await runChild("worker-ends-while-busy", [how, 20]);
    expect({ code, signal, stdout, stderr }).toEqual({ code: 0, signal: null, stdout: "same\n", stderr: "" });
  });

  it("are the only ones to load the addon, again and again", async () => {
    const { code, signal, stdout, stderr } = await runChild("only-workers", [20]);
    // One answer, the same from all.
    expect({ code, signal, stdout, stderr }).toEqual({ code: 0, signal: null, stdout: "1\n", stderr: "" });
  });

  it("compute at the same time as the main thread and as each other, with the same bits", async () => {
    const { code, stdout } = await runChild("environments");
    expect(JSON.parse(stdout)).toEqual({ answers: 25, wrong: 0 });
    expect(code).toBe(0);
  });
});
