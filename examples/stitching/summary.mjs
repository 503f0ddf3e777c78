// What the sweeps of the experiment say, as numbers and as Markdown tables.

/** Spearman's rank correlation; ties get the mean of their ranks. */
export function spearman(x, y) {
  const ranks = (values) => {
    const order = values.map((_, i) => i).sort((i, j) => values[i] - values[j]);
    const found = Array.from({ length: values.length });
    for (let i = 0; i < order.length;) {
      let j = i;
      while (j + 1 < order.length && values[order[j + 1]] === values[order[i]]) j += 1;
      for (let k = i; k <= j; k += 1) found[order[k]] = (i + j) / 2;
      i = j + 1;
    }
    return found;
  };
  const [a, b] = [ranks(x), ranks(y)];
  const mean = (a.length - 1) / 2;
  let [cross, left, right] = [0, 0, 0];
  for (let i = 0; i < a.length; i += 1) {
    cross += (a[i] - mean) * (b[i] - mean);
    left += (a[i] - mean) ** 2;
    right += (b[i] - mean) ** 2;
  }
  return cross / Math.sqrt(left * right);
}

export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

/** Every stitched pair of every sweep, with names. */
function rowsOf(sweeps) {
  return sweeps.flatMap(({ stitcher, networks, directions }) =>
    directions.flatMap(({ from, to, pairs }) =>
      pairs.map((pair) => {
        const [source, target] = [networks[from], networks[to]];
        return {
          stitcher,
          baseline: source.baseline,
          from: `${source.name}.${source.layers[pair.from].layer.name}`,
          to: `${target.name}.${target.layers[pair.to].layer.name}`,
          target: target.layers[pair.to].layer.name,
          kappa: target.layers[pair.to].lipschitz.constant,
          method: target.layers[pair.to].lipschitz.method,
          ...pair,
        };
      }),
    ),
  );
}

const sets = ["fitted", "heldOut"];

/** A pair's bound is broken when the risk is above it by more than the rounding of sums in f64. */
const broken = ({ risk, bound }) => risk > bound * (1 + 1e-9);

function byTarget(rows) {
  return [...new Set(rows.map(({ target }) => target))].map((target) => {
    const some = rows.filter((row) => row.target === target);
    const of = (read) => median(some.map(read));
    return {
      target,
      pairs: some.length,
      kappa: of(({ kappa }) => kappa),
      method: some[0].method,
      risk: of(({ heldOut }) => heldOut.risk),
      bound: of(({ heldOut }) => heldOut.bound),
      tightness: of(({ heldOut }) => heldOut.bound / heldOut.risk),
      useful: some.filter(({ heldOut }) => heldOut.bound < 1).length / some.length,
    };
  });
}

function byStitcher(rows, stitcher) {
  const some = rows.filter((row) => row.stitcher === stitcher);
  const of = (set, what) => median(some.map((row) => row[set][what]));
  return {
    stitcher,
    pairs: some.length,
    fitted: {
      excess: of("fitted", "excess"),
      misalignment: of("fitted", "misalignment"),
      bound: of("fitted", "bound"),
    },
    heldOut: {
      excess: of("heldOut", "excess"),
      misalignment: of("heldOut", "misalignment"),
      bound: of("heldOut", "bound"),
      accuracy: of("heldOut", "accuracy"),
    },
    level: median(some.filter(({ way }) => way === "level").map(({ heldOut }) => heldOut.excess)),
  };
}

function orderOf(rows) {
  const excess = rows.map(({ heldOut }) => heldOut.excess);
  return {
    pairs: rows.length,
    cka: spearman(
      rows.map(({ cka }) => cka),
      excess,
    ),
    ka: spearman(
      rows.map(({ ka }) => ka),
      excess,
    ),
    misalignment: spearman(
      rows.map(({ heldOut }) => heldOut.misalignment),
      excess,
    ),
    bound: spearman(
      rows.map(({ heldOut }) => heldOut.bound),
      excess,
    ),
  };
}

export function summarise(sweeps, aware) {
  const rows = rowsOf(sweeps);
  const trained = rows.filter(({ baseline }) => !baseline);
  const affine = trained.filter(({ stitcher }) => stitcher === "affine");
  const targets = [...new Set(affine.map(({ target }) => target))];
  return {
    networks: [
      ...new Map(
        sweeps.flatMap(({ networks }) =>
          networks.map(({ name, fitted, heldOut }) => [name, { name, fitted, heldOut }]),
        ),
      ).values(),
    ],
    rows: sweeps[0].rows,
    evaluations: rows.length * sets.length,
    violations: rows.reduce((sum, row) => sum + sets.filter((set) => broken(row[set])).length, 0),
    gaps: sweeps
      .filter(({ stitcher }) => stitcher === "affine")
      .map(({ networks, twoSided, directions }) => ({
        networks: networks.slice(0, 2).map(({ name }) => name),
        heldOut: twoSided.heldOut,
        refuted: directions.slice(0, 2).map(({ gap }) => gap.heldOut.refuted),
        pairs: directions.slice(0, 2).map(({ from, to, pairs, gap }) => {
          const { from: i, to: j } = pairs[gap.heldOut.pair];
          return `${networks[from].layers[i].layer.name} → ${networks[to].layers[j].layer.name}`;
        }),
      })),
    depth: byTarget(affine),
    order: {
      "any, also from the untrained": orderOf(rows.filter(({ stitcher }) => stitcher === "affine")),
      any: orderOf(affine),
      ...Object.fromEntries(targets.map((target) => [target, orderOf(affine.filter((row) => row.target === target))])),
    },
    stitchers: [...new Set(trained.map(({ stitcher }) => stitcher))].map((name) => byStitcher(trained, name)),
    baseline: targets.map((target) => {
      const least = (some) =>
        Math.min(...some.filter((row) => row.target === target).map(({ heldOut }) => heldOut.risk));
      const untrained = rows.filter((row) => row.baseline && row.stitcher === "affine");
      return { target, trained: least(affine), untrained: least(untrained) };
    }),
    taskAware: aware,
  };
}

const digits = (value) => (Math.abs(value) >= 100 ? value.toFixed(0) : value.toPrecision(3));
const table = (head, lines) =>
  [head, head.map(() => "---"), ...lines].map((cells) => `| ${cells.join(" | ")} |`).join("\n");

/** The tables that the write-up speaks of. */
export function toMarkdown(summary) {
  const { depth, order, stitchers, baseline, taskAware, gaps, networks } = summary;
  return `# Results

Written by \`experiment.mjs\`: rows fitted on ${summary.rows.fitted}, held out ${summary.rows.heldOut} (seed ${summary.rows.seed}).
Theorem 1 was evaluated ${summary.evaluations} times (stitched pairs × fitted and held-out rows) and broken ${summary.violations} times.

## The networks by themselves

${table(
  ["network", "risk, fitted rows", "risk, held-out rows", "accuracy, held-out rows"],
  networks.map(({ name, fitted, heldOut }) => [
    name,
    digits(fitted.risk),
    digits(heldOut.risk),
    digits(heldOut.accuracy),
  ]),
)}

## By depth of the layer stitched into (affine, held-out rows, medians)

${table(
  ["into", "pairs", "κ", "of", "risk", "bound", "bound ÷ risk", "pairs with a bound below 1"],
  depth.map((row) => [
    row.target,
    row.pairs,
    digits(row.kappa),
    row.method,
    digits(row.risk),
    digits(row.bound),
    digits(row.tightness),
    `${Math.round(100 * row.useful)} %`,
  ]),
)}

## What orders the excess risks (Spearman's correlation with the held-out excess risk, affine)

${table(
  ["into", "pairs", "CKA (debiased)", "kernel alignment", "misalignment", "bound"],
  Object.entries(order).map(([target, row]) => [
    target,
    row.pairs,
    row.cka.toFixed(2),
    row.ka.toFixed(2),
    row.misalignment.toFixed(2),
    row.bound.toFixed(2),
  ]),
)}

## By stitcher (trained pairs, medians)

${table(
  [
    "stitcher",
    "excess, fitted",
    "excess, held out",
    "held out, level pairs",
    "Ã, fitted",
    "Ã, held out",
    "bound, held out",
    "accuracy, held out",
  ],
  stitchers.map((row) => [
    row.stitcher,
    digits(row.fitted.excess),
    digits(row.heldOut.excess),
    digits(row.level),
    digits(row.fitted.misalignment),
    digits(row.heldOut.misalignment),
    digits(row.heldOut.bound),
    digits(row.heldOut.accuracy),
  ]),
)}

## What a stitcher learns by itself (least held-out risk into each layer, affine)

${table(
  ["into", "from a trained network", "from the untrained one"],
  baseline.map((row) => [row.target, digits(row.trained), digits(row.untrained)]),
)}

## Matching the representation or serving the task (mlp-a to mlp-b, level pairs)

${table(
  ["layer", "matching, fitted", "matching, held out", "task-aware, fitted", "task-aware, held out", "iterations"],
  taskAware.map(({ layer, matching, aware, iterations }) => [
    layer,
    digits(matching.fitted),
    digits(matching.heldOut),
    digits(aware.fitted),
    digits(aware.heldOut),
    iterations,
  ]),
)}

## The gap between the networks' risks (affine, held-out rows)

${table(
  ["networks", "difference", "bound", "by the pairs", "assumption refuted"],
  gaps.map((row) => [
    row.networks.join(", "),
    digits(row.heldOut.difference),
    digits(row.heldOut.bound),
    row.pairs.join(", "),
    row.refuted.map((no) => (no ? "yes" : "no")).join(", "),
  ]),
)}
`;
}
