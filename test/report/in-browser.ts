/// <reference lib="dom" />
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, expect } from "vitest";

import { toHtml } from "../../lib/report/html.ts";
import type { ComparisonData } from "../../lib/result.ts";
import { environment } from "./sample.ts";

let browser: Browser;
let folder: string;

/** A browser for the tests of a file, and its end after them. */
export function useBrowser(): void {
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "gramian-browser-"));
    browser = await chromium.launch({
      executablePath: process.env["GRAMIAN_CHROMIUM"] ?? process.env["CHROMIUM_PATH"] ?? "/usr/bin/chromium",
      // The sandbox needs rights that containers do not give; the rest keeps the browser off the network.
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    });
  });

  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  });
}

/** A page with nothing in it. */
export async function emptyPage(): Promise<Page> {
  return await browser.newPage();
}

export interface Opened {
  readonly page: Page;
  /** Everything that the page complained of, and every address that it asked for beside itself. */
  readonly complaints: string[];
  readonly path: string;
}

/** Writes the report of a comparison to a file and opens that. */
export async function open(
  data: ComparisonData,
  options: { dark?: boolean; javaScript?: boolean } = {},
): Promise<Opened> {
  return await openHtml(toHtml(data, environment), options);
}

/** Writes a page to a file and opens that. */
export async function openHtml(html: string, options: { dark?: boolean; javaScript?: boolean } = {}): Promise<Opened> {
  const path = join(folder, `${Math.random().toString(36).slice(2)}.html`);
  writeFileSync(path, html);
  const context = await browser.newContext({
    // Tall enough for the whole map: the mouse reaches only what is to be seen.
    viewport: { width: 1280, height: 2400 },
    colorScheme: options.dark === true ? "dark" : "light",
    javaScriptEnabled: options.javaScript !== false,
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("dialog", (dialog) => complaints.push(`dialog: ${dialog.message()}`));
  const address = pathToFileURL(path).href;
  page.on("request", (request) => {
    if (request.url() !== address && !request.url().startsWith("data:")) complaints.push(`asked for ${request.url()}`);
  });
  await page.goto(address);
  return { page, complaints, path };
}

/** The middle of a cell, on screen. */
export async function middleOf(
  page: Page,
  data: ComparisonData,
  row: number,
  column: number,
): Promise<{ x: number; y: number }> {
  const box = await page.locator("#cells").boundingBox();
  if (box === null) throw new Error("the map is not to be seen");
  return {
    x: box.x + (box.width * (column + 0.5)) / data.columns.length,
    y: box.y + (box.height * (row + 0.5)) / data.rows.length,
  };
}

/** The page draws at its next frame, so what is asked of it comes a moment later. */
export async function expectTooltip(page: Page, ...parts: (string | undefined)[]): Promise<void> {
  for (const part of parts) await expect.poll(() => page.locator("#tooltip").innerText()).toContain(part);
}
