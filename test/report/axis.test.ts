import { describe, expect, it } from "vitest";

import { axisPositions, cellAt, cellSize, labelled, sharedPrefix } from "../../lib/report/axis.ts";

const groups = [
  { first: 0, count: 3 },
  { first: 3, count: 2 },
];

describe("cells", () => {
  it("are square, as large as fits, at most as large as said, and never nothing", () => {
    expect(cellSize(4, 5, { width: 500, height: 1000 }, 60)).toEqual({ width: 60, height: 60 });
    expect(cellSize(200, 200, { width: 900, height: 900 }, 60)).toEqual({ width: 4, height: 4 });
    expect(cellSize(200, 200, { width: 900, height: 900 }, 60, 0.5)).toEqual({ width: 4.5, height: 4.5 });
    expect(cellSize(5000, 5000, { width: 900, height: 900 }, 60)).toEqual({ width: 1, height: 1 });
  });

  it("of a thin matrix are higher than wide, for a few lines of four pixels show nothing", () => {
    expect(cellSize(12, 200, { width: 900, height: 900 }, 60)).toEqual({ width: 4, height: 14 });
  });

  it("are found again from where they stand", () => {
    const axis = axisPositions(groups, 10, 4);
    expect(axis).toEqual({ starts: [0, 10, 20, 34, 44], length: 54 });
    expect([-1, 0, 9, 10, 33, 34, 53, 54].map((at) => cellAt(at, axis))).toEqual([-1, 0, 0, 1, 2, 3, 4, -1]);
  });
});

describe("labels", () => {
  it("are thinned to a round step, anew in each group", () => {
    expect(labelled(groups, 20, 13)).toEqual([0, 1, 2, 3, 4]);
    expect(labelled(groups, 7, 13)).toEqual([0, 2, 3]);
    const [whole] = [[{ first: 0, count: 200 }]];
    const shown = labelled(whole, 4, 13);
    expect(shown.slice(0, 3)).toEqual([0, 5, 10]);
    expect(shown.length).toBe(40);
  });

  it("drop the beginning that all of a group share, up to a separator", () => {
    expect(sharedPrefix(["encoder.blocks.0.mlp", "encoder.blocks.11.attn"])).toBe("encoder.blocks.");
    expect(sharedPrefix(["layer1", "layer2"])).toBe("");
    expect(sharedPrefix(["fc1", "conv1"])).toBe("");
    expect(sharedPrefix(["only.one.layer"])).toBe("");
    expect(sharedPrefix([])).toBe("");
    expect(sharedPrefix(["model.layer", "model.layer.0"])).toBe("model.");
    expect(sharedPrefix(["same.name", "same.name"])).toBe("same.");
  });
});
