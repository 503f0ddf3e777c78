/** Orders names as people do: layer.2 before layer.10. */
export const naturalOrder: (a: string, b: string) => number = new Intl.Collator("en", { numeric: true }).compare;
