// Step: is this Node new enough? Kept to old syntax, so that an old Node gets the message and not a parse error.
import { readFileSync } from "node:fs";

import { inRoot } from "./paths.mjs";
import { SetupError } from "./step.mjs";

/** Compares two dotted versions: negative, zero or positive. */
export function compareVersions(a, b) {
  const left = a.split(".").map(Number);
  const right = b.split(".").map(Number);
  for (let i = 0; i < 3; i++) {
    const difference = (left[i] || 0) - (right[i] || 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Refuses a Node older than package.json's `engines` asks for. */
export function checkNode() {
  const wanted = JSON.parse(readFileSync(inRoot("package.json"), "utf8")).engines.node.replace(">=", "");
  if (compareVersions(process.versions.node, wanted) < 0) {
    throw new SetupError(
      `gramian needs Node ${wanted} or newer; this is ${process.version}. See https://nodejs.org/en/download`,
    );
  }
  return process.version;
}
