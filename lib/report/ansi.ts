import { inkOn, type Colour } from "./ink.ts";

/** The nearest entry of the 6×6×6 cube in ANSI's 256 colours. Its steps are uneven: 0, 95, 135, 175, 215, 255. */
function cubeEntry([red, green, blue]: Colour): number {
  const step = (part: number): number => (part < 48 ? 0 : part < 115 ? 1 : Math.floor((part - 35) / 40));
  return 16 + 36 * step(red) + 6 * step(green) + step(blue);
}

/** Text on a coloured ground, in the ink that is easier to read there. */
export function shaded(text: string, ground: Colour): string {
  const ink = inkOn(ground) === "#000" ? 16 : 231;
  return `\u001b[48;5;${cubeEntry(ground)}m\u001b[38;5;${ink}m${text}\u001b[0m`;
}
