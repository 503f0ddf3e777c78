/** Red, green and blue, 0 to 255 each. */
export type Colour = readonly [number, number, number];

/** The ground of cells that have no value, and the lines that hatch it: neutral greys, so they belong to no scale. */
export const undefinedGround: Colour = [226, 228, 231];
export const undefinedHatch: Colour = [142, 148, 156];

/** Whether black or white is easier to read on a colour: the contrast ratio of WCAG 2, from relative luminance. */
export function inkOn(colour: Colour): "#000" | "#fff" {
  const [red, green, blue] = colour.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  return (luminance + 0.05) ** 2 > 0.05 * 1.05 ? "#000" : "#fff";
}
