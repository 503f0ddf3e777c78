import { visibleName } from "../visible-name.ts";

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Text for XML or HTML, in content and in quoted attributes; characters that XML forbids are made visible first. */
export function escaped(content: string): string {
  return visibleName(content).replace(/[&<>"']/g, (mark) => entities[mark] ?? "");
}

export type Attributes = Readonly<Record<string, string | number>>;

/** One element. Children are markup already; attribute values are escaped here. */
export function element(name: string, attributes: Attributes, ...children: readonly string[]): string {
  const list = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(rounded(value))}"`);
  const content = children.join("");
  return content === "" ? `<${name}${list.join("")}/>` : `<${name}${list.join("")}>${content}</${name}>`;
}

function rounded(value: string | number): string {
  return typeof value === "number" ? String(Math.round(value * 100) / 100) : value;
}

/** What browsers show of an element that is pointed at. Line breaks stay: names in it must be made visible before. */
export function tooltip(content: string): string {
  return element("title", {}, content.split("\n").map(escaped).join("\n"));
}

export interface TextStyle {
  readonly size: number;
  readonly fill: string;
  readonly anchor?: "start" | "middle" | "end";
  readonly mono?: boolean;
  readonly bold?: boolean;
  /** Degrees, clockwise, about the point of the text. */
  readonly turn?: number;
}

const sans = "Inter, Helvetica Neue, Helvetica, Arial, DejaVu Sans, sans-serif";
const mono = "SFMono-Regular, Menlo, Consolas, DejaVu Sans Mono, monospace";

/** A line of text whose middle is at `y`. */
export function text(content: string, x: number, y: number, style: TextStyle): string {
  return element(
    "text",
    {
      // dominant-baseline is not known to every renderer; a third of the size is near the half of an x-height and a capital.
      x,
      y: y + (style.turn === undefined ? style.size * 0.35 : 0),
      ...(style.turn === undefined ? {} : { transform: `rotate(${style.turn} ${x} ${y})`, dy: style.size * 0.35 }),
      "font-family": style.mono === true ? mono : sans,
      "font-size": style.size,
      ...(style.bold === true ? { "font-weight": 600 } : {}),
      fill: style.fill,
      ...(style.anchor === undefined ? {} : { "text-anchor": style.anchor }),
    },
    escaped(content),
  );
}

/** About how wide a text is: SVG has no measure before it is drawn. Digits and most letters of the two font stacks are narrower. */
export function textWidth(content: string, size: number): number {
  return [...content].length * size * 0.61;
}
