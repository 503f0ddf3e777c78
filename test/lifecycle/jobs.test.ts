import { describe, expect, it } from "vitest";

import { runChild } from "./run-child.ts";

describe("jobs", () => {
  it("share the threads: of two equal jobs neither waits for the other", async () => {
    const { stdout } = await runChild("share");
    const progress = JSON.parse(stdout) as number[];
    // They take turns unit by unit, so the later one is a few of its 210 tiles behind; progress is up to 30 ms old when it is read,
    // of the half second or more that both take. One after the other would give 0.
    expect(Math.min(...progress)).toBeGreaterThan(0.6);
  });

  it("neither wait for each other nor fight", async () => {
    const { stdout } = await runChild("long-and-short");
    const found = JSON.parse(stdout) as Record<"shortBesideLong" | "sequential" | "concurrent", number> & {
      longStillRan: boolean;
    };
    // The long one takes a second or more; the short one waits for a unit or two that run already.
    expect(found.longStillRan).toBe(true);
    expect(found.shortBesideLong).toBeLessThan(250);
    // The same work on the same threads: 1 but for noise. Two pools that fight over the cores, or caches that thrash, take half as
    // long again.
    expect(found.concurrent / found.sequential).toBeLessThan(1.4);
  });

  it("a cancelled job ends within 250 ms", async () => {
    const { stdout } = await runChild("abort");
    const latencies = JSON.parse(stdout) as number[];
    expect(latencies).toHaveLength(9);
    // The promise made to users; on an idle machine it is below 10 ms.
    expect(Math.max(...latencies)).toBeLessThan(250);
  });

  it("the event loop is free while a job uses every core, and progress does not flood it", async () => {
    const { stdout } = await runChild("event-loop");
    const { p99, reports, ms } = JSON.parse(stdout) as { p99: number; reports: number; ms: number };
    // The promise made to users.
    expect(p99).toBeLessThan(20);
    expect(reports).toBeGreaterThan(1);
    // One each 30 ms, the first at once, and the last with the end.
    expect(reports).toBeLessThanOrEqual(ms / 30 + 2);
  });

  it("what a callback throws is an uncaught exception", async () => {
    const { stdout, code } = await runChild("callback-throws");
    expect(JSON.parse(stdout)).toEqual(["done", "progress"]);
    expect(code).toBe(0);
  });

  it("keep their inputs alive, whatever the collector does", async () => {
    const { stdout, code } = await runChild("garbage", [], ["--expose-gc"]);
    expect({ stdout, code }).toEqual({ stdout: "true\n", code: 0 });
  });
});
