// Step (tests only): a Chromium in which the report is opened.
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

import { installSystemPackages } from "./system.mjs";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome.exe", "msedge.exe"];
const fixed = [
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe",
];

/** The path of a Chromium, or null. The variable GRAMIAN_CHROMIUM goes before what is found. */
export function findChromium() {
  const asked = process.env.GRAMIAN_CHROMIUM;
  if (asked) return existsSync(asked) ? asked : null;
  const folders = (process.env.PATH ?? "").split(delimiter);
  const onPath = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [...onPath, ...fixed].find((path) => existsSync(path)) ?? null;
}

/** Installs Chromium when there is none. */
export async function ensureChromium(say) {
  if (findChromium() === null) {
    await installSystemPackages(
      "Chromium (or set GRAMIAN_CHROMIUM to a browser)",
      {
        apt: "chromium",
        dnf: "chromium",
        apk: "chromium",
        pacman: "chromium",
        brew: "--cask chromium",
        windows: "Microsoft Edge or Google Chrome",
      },
      say,
    );
  }
  return findChromium();
}
