import type { Bandwidth, Kernel } from "../kernels/kernel.ts";
import type { Plan } from "../plan.ts";
import type { ComparisonData, LayerSummary, ResultWarning } from "../result.ts";
import type { JsonReader } from "./json-reader.ts";
import { readMatrix } from "./read-matrix.ts";

/** Reads a results.json entry by entry; everything that a report draws is checked, so a report never fails midway. */
export function readComparison(file: JsonReader): ComparisonData {
  const rows = file.get("rows").items().map(layer);
  const columns = file.get("columns").items().map(layer);
  return {
    samples: file.get("samples").count(),
    symmetric: file.get("symmetric").boolean(),
    rows,
    columns,
    matrices: file
      .get("matrices")
      .items()
      .map((matrix) => readMatrix(matrix, rows.length, columns.length)),
    warnings: file.get("warnings").items().map(warning),
    plan: plan(file.get("plan")),
    timings: file.get("timings").numbers(),
    options: file.get("options").members(),
    kernels: file.get("kernels").items().map(kernel),
  };
}

function layer(reader: JsonReader): LayerSummary {
  return {
    name: reader.get("name").string(),
    source: reader.get("source").orNull((source) => source.string()),
    samples: reader.get("samples").count(),
    features: reader.get("features").count(),
    dtype: reader.get("dtype").string(),
    constantColumns: reader.get("constantColumns").count(),
    zeroRows: reader.get("zeroRows").count(),
    rms: reader.get("rms").number(),
    centredRms: reader.get("centredRms").number(),
  };
}

function warning(reader: JsonReader): ResultWarning {
  return { code: reader.get("code").string(), message: reader.get("message").string() };
}

function plan(reader: JsonReader): Plan {
  return {
    space: reader.get("space").oneOf(["gram", "feature", "minibatch", "none"]),
    reason: reader.get("reason").string(),
    precision: reader.get("precision").oneOf(["f32", "f64"]),
    stack: reader.get("stack").oneOf(["f64", "f32-flush"]),
    block: reader.get("block").count(),
    threads: reader.get("threads").count(),
    batch: reader.get("batch").orNull((batch) => batch.count()),
    flops: {
      gram: reader.get("flops").get("gram").number(),
      feature: reader.get("flops").get("feature").orNull(finite),
      minibatch: reader.get("flops").get("minibatch").orNull(finite),
    },
    memory: reader.get("memory").number(),
    instructionSet: reader.get("instructionSet").string(),
  };
}

function finite(reader: JsonReader): number {
  return reader.number();
}

function bandwidth(reader: JsonReader): Bandwidth {
  return reader.isNumber() ? reader.number() : { median: reader.get("median").number() };
}

function kernel(reader: JsonReader): Kernel {
  const kind = reader.get("kind").oneOf(["linear", "cosine", "polynomial", "rbf", "laplacian"]);
  switch (kind) {
    case "linear":
    case "cosine":
      return { kind };
    case "polynomial": {
      const gamma = reader.get("gamma");
      return {
        kind,
        degree: reader.get("degree").number(),
        gamma: gamma.isString() ? gamma.oneOf(["1/d"]) : gamma.number(),
        offset: reader.get("offset").number(),
      };
    }
    case "rbf":
    case "laplacian":
      return { kind, bandwidth: bandwidth(reader.get("bandwidth")) };
  }
}
