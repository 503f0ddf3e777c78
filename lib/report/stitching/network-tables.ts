import type { Lipschitz, OwnRisk, StitchingResult } from "../../stitching-result.ts";
import { formatValue, typographic } from "../format.ts";
import { escaped } from "../svg/markup.ts";
import { networkNames } from "./names.ts";

function shown(value: number | null | undefined): string {
  return value === null || value === undefined ? "–" : typographic(formatValue(value, false));
}

function riskCells(own: OwnRisk | null): string {
  return `<td>${shown(own?.risk)}</td><td>${shown(own?.accuracy)}</td>`;
}

const methods: Readonly<Record<Lipschitz["method"], string>> = {
  exact: "exact",
  "spectral-product": "product of spectral norms",
  given: "given",
};

/** `l.2 1.83 · relu 1 · l.3 2.10` */
function factors({ parts }: Lipschitz): string {
  return parts.map(({ name, constant }) => `${name} ${formatValue(constant, false)}`).join(" · ");
}

/** So many layers are shown at once; more scroll. */
const mostShown = 40;

function networkTable(result: StitchingResult): string {
  const names = networkNames(result);
  const split = result.rows.heldOut > 0;
  const rows = result.networks.map((network, i) => {
    const badge = network.baseline ? ' <span class="badge">untrained</span>' : "";
    return `<tr><th scope="row">${escaped(names[i]!)}${badge}</th><td>${network.layers.length}</td>${riskCells(network.fitted)}${split ? riskCells(network.heldOut) : ""}</tr>`;
  });
  const on = split ? ["fitted rows", "held-out rows"] : ["all rows"];
  const head = on.flatMap((set) => [`risk, ${set}`, `accuracy, ${set}`]).map((name) => `<th scope="col">${name}</th>`);
  return `<div class="scroll whole" tabindex="0" role="region" aria-label="Networks"><table><thead><tr><th scope="col">network</th><th scope="col">layers</th>${head.join("")}</tr></thead><tbody>${rows.join("")}</tbody></table></div>`;
}

function headTable(result: StitchingResult): string {
  const names = networkNames(result);
  const groups = result.networks.map((network, i) => {
    const rows = network.layers.map(({ layer, depth, lipschitz, reason }) => {
      const kappa =
        lipschitz === null
          ? `<td>–</td><td class="words" colspan="2">${escaped(reason ?? "")}</td>`
          : `<td>${shown(lipschitz.constant)}</td><td class="words">${methods[lipschitz.method]}</td><td class="words">${escaped(factors(lipschitz))}</td>`;
      return `<tr><th scope="row">${escaped(layer.name)}</th><td>${layer.features.toLocaleString("en-US")}</td><td>${shown(depth)}</td>${kappa}</tr>`;
    });
    return `<tbody><tr class="group"><th colspan="6" scope="rowgroup">${escaped(names[i]!)}</th></tr>${rows.join("")}</tbody>`;
  });
  const layers = result.networks.reduce((sum, network) => sum + network.layers.length, 0);
  return `<div class="scroll${layers <= mostShown ? " whole" : ""}" tabindex="0" role="region" aria-label="Heads behind the layers"><table class="heads"><caption>The head behind each layer</caption><thead><tr><th scope="col">layer</th><th scope="col">width</th><th scope="col">depth</th><th scope="col">κ</th><th scope="col">method</th><th scope="col">factors, in order</th></tr></thead>${groups.join("")}</table></div>`;
}

/** What the networks are by themselves: risk and accuracy, and κ of the head behind each layer with its factors. */
export function networkTables(result: StitchingResult): string {
  return networkTable(result) + headTable(result);
}
