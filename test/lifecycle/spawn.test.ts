import { expect, it } from "vitest";

import { runChild } from "./run-child.ts";

it("children can be spawned while jobs run, and the jobs' results keep their bits", async () => {
  const { code, signal, stdout } = await runChild("spawn-while-busy", [200]);
  expect({ code, signal }).toEqual({ code: 0, signal: null });
  expect(JSON.parse(stdout)).toEqual({ different: 0, failed: 0, worked: true });
});
