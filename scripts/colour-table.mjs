// Computes the colour tables of lib/report/colour-table.ts. Run by hand when the palette is to change: node scripts/colour-table.mjs
import { writeFileSync } from "node:fs";
import { interpolateReds, interpolateViridis } from "d3-scale-chromatic";

const entries = 256;

function hex(colour) {
  if (colour.startsWith("#")) return colour.slice(1);
  return colour
    .match(/\d+/g)
    .map((part) => Number(part).toString(16).padStart(2, "0"))
    .join("");
}

function table(colourAt) {
  return Array.from({ length: entries }, (_, i) => hex(colourAt(i / (entries - 1)))).join("");
}

function constant(name, comment, text) {
  const lines = text.match(/.{1,96}/g).map((line) => `  "${line}"`);
  return `/** ${comment} */\nexport const ${name}: string =\n${lines.join(" +\n")};\n`;
}

const source = [
  "// Written by scripts/colour-table.mjs from d3-scale-chromatic.\n",
  constant(
    "positiveTable",
    "Viridis, from dark to light: 256 colours of six hexadecimal digits each.",
    table(interpolateViridis),
  ),
  // The dark three quarters of the reds, turned round: as dark at zero as viridis is, and another hue from the first step on, so
  // that the sign of a small value can be seen.
  constant(
    "negativeTable",
    "For values below zero: reds, from dark (zero) to light.",
    table((t) => interpolateReds(1 - 0.72 * t)),
  ),
].join("\n");

writeFileSync(new URL("../lib/report/colour-table.ts", import.meta.url), source);
