import { expect, test } from "vitest";
import { line, progressOn } from "../../lib/cli/progress.ts";

test("a line says what, how far and how long, and ends a column before the edge", () => {
  for (const width of [20, 40, 60, 80, 200]) {
    const text = line("comparing 48×48 layers", "tiles", 120, 324, 8, width);
    expect(text.length).toBeLessThan(width);
  }
  const text = line("comparing 48×48 layers", "tiles", 120, 324, 8, 100);
  expect(text).toMatch(/^comparing 48×48 layers {2}\[#+\.+\] {3}37% {2}120\/324 tiles {2}8 s left$/);
});

test("no time is promised at the start and at the end", () => {
  expect(line("reading", "files", 0, 3, NaN, 80)).not.toContain("left");
  expect(line("reading", "files", 3, 3, 0, 80)).not.toContain("left");
});

test("nothing is written to a stream that is no terminal", () => {
  const written: string[] = [];
  const stream = Object.assign(Object.create(process.stderr) as NodeJS.WriteStream, {
    isTTY: false,
    write: (text: string) => written.push(text) > 0,
  });
  const progress = progressOn(stream, false);
  progress.begin("reading", 3, "files");
  progress.update(1);
  progress.end();
  expect(written).toEqual([]);
});
