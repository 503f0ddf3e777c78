/** How charts stand in a page without a script. */
export const chartStyle = `
.chart { display: block; width: 100%; height: auto; color: var(--soft); }
.chart .grid { stroke: var(--line); stroke-width: 1; }
.chart .curve { fill: none; stroke-width: 1.75; stroke-linejoin: round; }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 420px), 1fr)); gap: 20px; margin-bottom: 20px; }
.swatch { width: 11px; height: 11px; margin-right: 8px; }
.whole { max-height: none; }
main > .card { margin-bottom: 20px; }
`;
