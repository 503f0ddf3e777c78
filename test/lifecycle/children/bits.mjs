// All numbers of a job that goes through every map, as text that differs when a bit does.
import { addon, engine, matrix } from "./work.mjs";

const source = matrix(300, 24);
const { mean, centredNorm2, dotMean } = addon.facts(source);
const maps = ["linear", "polynomial", "rbf", "laplacian"];
for (const tile of ["f32", "f64"]) {
  const found = await engine({
    sources: [{ kind: "features", matrix: source, mean, centredNorm2, dotMean }],
    operators: maps.map((map, group) => ({
      source: 0,
      group,
      map,
      bandwidth: 4,
      typicalDistance: 4,
      degree: 2,
      offset: 1,
    })),
    samples: 300,
    space: "gram",
    tile,
    stack: "f64",
    block: 128,
    batch: 0,
    threads: 2,
  });
  for (const key of ["inner", "moments", "totals"]) console.log(Buffer.from(found[key].buffer).toString("hex"));
}
