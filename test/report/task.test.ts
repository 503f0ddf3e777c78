// The report of a task in a browser: nothing complains, names stay text, every layer has its curves; and the chart's own edges.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { type Browser, chromium } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { Representation, taskAlignment } from "../../lib/index.ts";
import { layerColours } from "../../lib/report/task/layer-colours.ts";
import { taskHtml } from "../../lib/report/task/html.ts";
import { lineChart } from "../../lib/report/svg/line-chart.ts";
import { gaussian } from "../twin/random.ts";
import { environment, hostileNames } from "./sample.ts";

let browser: Browser;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "gramian-task-page-"));
  browser = await chromium.launch({
    executablePath: process.env["GRAMIAN_CHROMIUM"] ?? process.env["CHROMIUM_PATH"] ?? "/usr/bin/chromium",
    // The sandbox needs rights that containers do not give; the rest keeps the browser off the network.
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"],
  });
});

afterAll(async () => {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
});

async function page(
  names: readonly string[],
): Promise<{ html: string; complaints: string[]; curves: number; title: string }> {
  const layers = names.map((name, i) => {
    const { data, n, d } = gaussian(40, 3 + (i % 5), i + 1);
    return Representation.fromArray(data, [n, d], { name, source: name });
  });
  const labels = Int32Array.from({ length: 40 }, (_, i) => i % 3);
  const html = taskHtml(await taskAlignment(layers, labels), environment);
  const path = join(folder, `${names.length}.html`);
  writeFileSync(path, html);
  const opened = await (await browser.newContext()).newPage();
  const complaints: string[] = [];
  opened.on("console", (message) => complaints.push(message.text()));
  opened.on("pageerror", (error) => complaints.push(String(error)));
  opened.on("request", (request) => {
    if (!request.url().startsWith("file:")) complaints.push(`asked for ${request.url()}`);
  });
  await opened.goto(pathToFileURL(path).href);
  const curves = await opened.locator(".chart path.curve").count();
  // The style sheet was let in: curves have no filling.
  const fill = await opened
    .locator(".chart path.curve")
    .first()
    .evaluate((node) => getComputedStyle(node as never).fill);
  expect(fill).toBe("none");
  const title = await opened.title();
  await opened.close();
  return { html, complaints, curves, title };
}

describe("task.html", () => {
  it("has four curves a layer, and the browser has nothing to complain of", async () => {
    const { complaints, curves, title } = await page(["fc1", "fc2", "logits"]);
    expect(complaints).toEqual([]);
    expect(curves).toBe(4 * 3);
    expect(title).toBe("3 layers against labels – gramian");
  });

  it("names are text, whatever they hold", async () => {
    const { html, complaints, curves, title } = await page(hostileNames);
    expect(complaints).toEqual([]);
    expect(curves).toBe(4 * hostileNames.length);
    expect(title).toBe(`${hostileNames.length} layers against labels – gramian`);
    expect(html).not.toMatch(/<script/i);
    expect(html).not.toMatch(/ style="/);
  });
});

describe("a line chart", () => {
  const x = Float64Array.of(1, 10, 100);
  const axis = { label: "x", logarithmic: true };
  const line = (y: Float64Array): string => lineChart("t", axis, axis, [{ name: "n", colour: "#123456", x, y }]);

  it("leaves out what a logarithmic axis cannot show, and draws without any point at all", () => {
    expect(line(Float64Array.of(1, 0, 4))).toMatch(/d="M[\d. ]+L[\d. ]+"/);
    expect(line(new Float64Array(0))).not.toContain("path");
    expect(line(Float64Array.of(NaN, Infinity, -1))).not.toContain("path");
    expect(line(Float64Array.of(2, 2, 2))).not.toMatch(/NaN|Infinity/);
  });

  it("keeps both ends of a long curve", () => {
    const many = Float64Array.from({ length: 50_000 }, (_, i) => i + 1);
    const svg = lineChart("t", axis, axis, [{ name: "n", colour: "#123456", x: many, y: many }]);
    expect(svg.length).toBeLessThan(20_000);
    const points = /d="M([^"]+)"/.exec(svg)![1]!.split("L");
    // Left and bottom edge; right and top edge.
    expect(points[0]).toBe("64.0 282.0");
    expect(points.at(-1)).toBe("544.0 12.0");
  });

  it("many layers have as many colours", () => {
    for (const count of [1, 10, 11, 60]) expect(new Set(layerColours(count)).size).toBe(count);
  });
});
