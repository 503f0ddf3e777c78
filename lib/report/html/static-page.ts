import { createHash } from "node:crypto";

import { pageStyle } from "../page-source.ts";
import { escaped } from "../svg/markup.ts";

export interface StaticPage {
  /** The title as text. */
  readonly title: string;
  /** What stands above it: the program and the command. */
  readonly brand: string;
  readonly facts: readonly string[];
  /** Version of the package. */
  readonly version: string;
  /** Style beyond what all reports have. */
  readonly style: string;
  /** Markup. */
  readonly content: string;
  /** Markup. */
  readonly footer: string;
}

/** A part of a page with its heading; the content is markup. */
export function card(id: string, title: string, content: string): string {
  return `<section class="card" aria-labelledby="${id}"><h2 id="${id}">${escaped(title)}</h2>${content}</section>`;
}

/**
 * A report as one HTML file without references to anything outside and without a script. Names are escaped as text, and the content
 * security policy lets no script and no style but this very one take effect.
 */
export function staticPage({ title, brand, facts, version, style: more, content, footer }: StaticPage): string {
  const style = pageStyle + more;
  const hash = createHash("sha256").update(style).digest("base64");
  const policy = `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="gramian ${escaped(version)}">
<title>${escaped(title)} – gramian</title>
<style>${style}</style>
</head>
<body>
<header class="top">
<p class="brand">${escaped(brand)}</p>
<h1>${escaped(title)}</h1>
<p class="summary">${facts.map(escaped).join(" · ")}</p>
</header>
<main>
${content}
</main>
<footer>${footer}</footer>
</body>
</html>
`;
}
