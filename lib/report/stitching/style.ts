/** How the figures of a sweep of stitchings stand in the page, and the switch of rows, which needs no script. */
export const stitchingStyle = `
.chart .diagonal { fill: none; stroke: var(--soft); stroke-width: 1.25; stroke-dasharray: 5 4; }
.chart .point { fill-opacity: 0.85; stroke: var(--card); stroke-width: 0.6; }
.chart .point:hover { fill-opacity: 1; stroke: var(--ink); stroke-width: 1.4; }
.chart .span { stroke: var(--line); stroke-width: 3; }
.maps { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 430px), 1fr)); gap: 26px 34px; margin: 18px 0 6px; align-items: start; }
figure { margin: 0; min-width: 0; }
figcaption { margin: 0 0 8px; font-weight: 650; font-size: 14px; overflow-wrap: anywhere; }
.map { display: block; max-width: 100%; height: auto; }
.map .axis text { fill: var(--soft); }
.map .axis line { stroke: var(--soft); stroke-opacity: 0.5; }
.map .casing { fill: none; stroke: #000; stroke-opacity: 0.55; stroke-width: 3.4; }
.map .border { fill: none; stroke: #fff; stroke-width: 1.5; }
.map .thin .casing { stroke-width: 2.6; }
.map .thin .border { stroke-width: 1; }
.map rect:hover { stroke: var(--ink); stroke-width: 2; }
.legend { display: flex; flex-wrap: wrap; gap: 4px 20px; margin: 10px 0 6px; padding: 0; list-style: none; font-size: 13px; }
.legend li { display: flex; align-items: center; gap: 7px; overflow-wrap: anywhere; }
.inline { margin: 0 2px 0 0; vertical-align: -1px; }
.sign-of { flex: none; width: 12px; height: 12px; color: var(--soft); }
.defs { position: absolute; width: 0; height: 0; }
.pairs td.name { text-align: left; font-family: var(--mono); font-size: 12px; }
td.words, .heads th:nth-child(n + 5), .pairs th:nth-child(-n + 3) { text-align: left; }
.heads td.words:last-child { white-space: normal; min-width: 220px; overflow-wrap: anywhere; }
.guide { margin: 0; padding-left: 20px; max-width: 90ch; }
.guide li + li { margin-top: 7px; }
.card > p { max-width: 90ch; margin: 0 0 12px; }
.card > .scroll { margin-top: 14px; }
.lone { max-width: 640px; }
.card { scroll-margin-top: 64px; }
.card figure details { margin-top: 8px; }
.rows { position: sticky; z-index: 3; top: 0; display: flex; flex-wrap: wrap; align-items: center; gap: 8px 16px; margin-bottom: 20px; padding: 10px 0; background: var(--ground); font-size: 13.5px; }
main:has(#rows-heldOut:checked) .on-fitted { display: none; }
main:has(#rows-fitted:checked) .on-heldOut { display: none; }
@media print {
  .rows { display: none; }
  .maps { display: block; }
  figure, .chart { break-inside: avoid; }
  figure { margin-bottom: 14pt; }
  details { display: none; }
}
`;
