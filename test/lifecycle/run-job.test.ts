import { AsyncLocalStorage } from "node:async_hooks";
import { getEventListeners } from "node:events";

import { describe, expect, it } from "vitest";

import { ArgumentError, DataError, SystemError } from "../../lib/errors.ts";
import { runJob } from "../../lib/job.ts";
import type { NativeDone, NativeJob, NativeProgress } from "../../lib/native.ts";

/** A job that the test drives by hand. */
class Puppet {
  cancelled = 0;
  progress: NativeProgress | null = null;
  done: NativeDone<string> = () => {};

  start = (progress: NativeProgress | null, done: NativeDone<string>): NativeJob => {
    this.progress = progress;
    this.done = done;
    return { cancel: () => void this.cancelled++ };
  };
}

const settled = async (promise: Promise<unknown>): Promise<boolean> =>
  Promise.race([
    promise.then(
      () => true,
      () => true,
    ),
    new Promise<false>((resolve) => setImmediate(resolve, false)),
  ]);

describe("runJob", () => {
  it("resolves with the result", async () => {
    const puppet = new Puppet();
    const promise = runJob(puppet.start);
    expect(puppet.progress).toBeNull();
    puppet.done(null, "found");
    expect(await promise).toBe("found");
  });

  it("rejects with the class that belongs to the code, and a stack that names the caller", async () => {
    const cases = [
      ["OUT_OF_MEMORY", SystemError],
      ["INTERNAL", SystemError],
      ["NON_FINITE", DataError],
      ["INVALID_ARGUMENT", ArgumentError],
    ] as const;
    for (const [code, Class] of cases) {
      const puppet = new Puppet();
      const promise = (function theCaller() {
        return runJob(puppet.start);
      })();
      puppet.done({ code, message: "a sentence" }, undefined);
      const error: unknown = await promise.catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(Class);
      expect(error).toMatchObject({ code, message: "a sentence" });
      expect((error as Error).stack).toMatch(new RegExp(`^${Class.name}: a sentence\n[^]*theCaller`));
    }
  });

  it("does not start when the signal is aborted already", async () => {
    let started = false;
    const promise = runJob(
      () => {
        started = true;
        return { cancel() {} };
      },
      { signal: AbortSignal.abort("too late") },
    );
    await expect(promise).rejects.toBe("too late");
    expect(started).toBe(false);
  });

  it("cancels at once on abort, and rejects with the reason only when the threads have let go", async () => {
    const puppet = new Puppet();
    const controller = new AbortController();
    const promise = runJob(puppet.start, { signal: controller.signal });
    controller.abort("enough");
    expect(puppet.cancelled).toBe(1);
    expect(await settled(promise)).toBe(false);
    puppet.done("cancelled", undefined);
    await expect(promise).rejects.toBe("enough");
  });

  it("rejects with the reason even when the job ended before it heard", async () => {
    const puppet = new Puppet();
    const controller = new AbortController();
    const promise = runJob(puppet.start, { signal: controller.signal });
    controller.abort("enough");
    puppet.done(null, "found");
    await expect(promise).rejects.toBe("enough");
  });

  it("takes its listener off the signal, however it ends", async () => {
    const { signal } = new AbortController();
    const ended: Promise<unknown>[] = [];
    for (const error of [null, { code: "INTERNAL", message: "x" }]) {
      const puppet = new Puppet();
      ended.push(runJob(puppet.start, { signal }));
      expect(getEventListeners(signal, "abort")).toHaveLength(ended.length);
      puppet.done(error, "found");
    }
    const neverStarted = (): never => {
      throw new TypeError("not even started");
    };
    ended.push(runJob(neverStarted, { signal }));
    await Promise.allSettled(ended);
    expect(getEventListeners(signal, "abort")).toHaveLength(0);
  });

  it("what onProgress throws cancels the job and is what the promise rejects with", async () => {
    const puppet = new Puppet();
    let calls = 0;
    const promise = runJob(puppet.start, {
      onProgress: () => {
        calls++;
        throw new RangeError("from the caller");
      },
    });
    puppet.progress?.(1, 4);
    puppet.progress?.(2, 4);
    expect(calls).toBe(1);
    expect(puppet.cancelled).toBe(1);
    expect(await settled(promise)).toBe(false);
    puppet.done("cancelled", undefined);
    await expect(promise).rejects.toThrow("from the caller");
  });

  it("hands progress on, in the caller's asynchronous context", async () => {
    const storage = new AsyncLocalStorage<string>();
    const puppet = new Puppet();
    const seen: unknown[] = [];
    const promise = storage.run("the caller's", () =>
      runJob(puppet.start, { onProgress: (done, total) => seen.push(done, total, storage.getStore()) }),
    );
    puppet.progress?.(1, 4);
    puppet.done(null, "found");
    await promise;
    expect(seen).toEqual([1, 4, "the caller's"]);
  });

  it("a refusal of the addon comes out as one of gramian's errors", async () => {
    const promise = runJob(() => {
      throw Object.assign(new Error("Expected a string for matrix.dtype."), { code: "INVALID_ARGUMENT" });
    });
    await expect(promise).rejects.toBeInstanceOf(ArgumentError);
    await expect(promise).rejects.toMatchObject({ code: "INVALID_ARGUMENT" });
  });
});
