/** The signs that tell series apart without colour. */
export type Marker = "circle" | "square" | "up" | "down" | "diamond";

const radius = 3.4;

/** The outline of a sign about a point, as path data. */
export function markerPath(marker: Marker, x: number, y: number): string {
  const at = (dx: number, dy: number): string => `M${(x + dx).toFixed(1)} ${(y + dy).toFixed(1)}`;
  switch (marker) {
    case "circle":
      return `${at(-radius, 0)}a3.4 3.4 0 1 0 6.8 0a3.4 3.4 0 1 0-6.8 0z`;
    case "square":
      return `${at(-3, -3)}h6v6h-6z`;
    case "up":
      return `${at(0, -4)}l4 7h-8z`;
    case "down":
      return `${at(0, 4)}l4-7h-8z`;
    case "diamond":
      return `${at(0, -4.4)}l4.4 4.4l-4.4 4.4l-4.4-4.4z`;
  }
}
