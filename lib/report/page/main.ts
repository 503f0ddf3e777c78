// The script of the report page: reads the data that stand in the page, draws, and answers mouse, keyboard and controls.
import { moved } from "./cursor.ts";
import { byId } from "./dom.ts";
import { drawFigure, type Layout } from "./figure.ts";
import { drawLegend } from "./legend.ts";
import { readModel, type Model } from "./model.ts";
import { cellUnder, hideCell, showCell, spoken, type Cell } from "./pointer.ts";
import { canMark, readView, type View } from "./state.ts";
import { closestTable, valueTable } from "./tables.ts";
import { testTable } from "./test-table.ts";

/** Wide enough for a page of A4 in print. */
const printedWidth = 680;

function start(model: Model): void {
  const form = byId("controls") as HTMLFormElement;
  const plot = byId("plot");
  const room = byId("room");
  const values = byId("values") as HTMLDetailsElement;
  const tests = byId("tests") as HTMLDetailsElement;
  const [rows, columns] = [model.rows.names.length, model.columns.names.length];
  let view: View = readView(model, form);
  let layout: Layout = drawFigure(model, view, room.clientWidth);
  let cursor: Cell = { row: 0, column: 0 };
  let drawnWidth = room.clientWidth;

  const show = (cell: Cell): void => {
    cursor = cell;
    showCell(model, view, layout, cell);
  };
  const speak = (): void => {
    byId("live").textContent = spoken(model, view, cursor);
  };
  const draw = (width: number): void => {
    layout = drawFigure(model, view, width);
    if (document.activeElement === plot) show(cursor);
    else hideCell(view);
  };
  const fillTables = (): void => {
    if (values.open) byId("value-table").replaceChildren(valueTable(model, view));
    if (tests.open && !tests.hidden) byId("test-table").replaceChildren(testTable(model, view));
  };
  const refresh = (): void => {
    view = readView(model, form);
    describe(view, form);
    drawLegend(view);
    draw(room.clientWidth);
    fillTables();
    const none = view.metric.closestIs === null;
    byId("closest-none").hidden = !none;
    for (const id of ["closest-hint", "closest-table"]) byId(id).hidden = none;
    byId("closest-is").textContent = view.metric.closestIs === "least" ? "lowest" : "highest";
    if (!none) {
      const choose = (row: number, column: number): void => {
        cursor = { row, column };
        plot.focus();
        plot.scrollIntoView({ block: "nearest" });
        show(cursor);
        speak();
      };
      byId("closest-table").replaceChildren(closestTable(model, view, choose));
    }
  };

  form.addEventListener("change", (event) => {
    // Another quantity brings its own best scale: the choice made for the last one says nothing about it.
    if (["metric", "shown"].includes((event.target as HTMLInputElement).name))
      (byId("scale") as HTMLSelectElement).value = "";
    refresh();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  values.addEventListener("toggle", fillTables);
  tests.addEventListener("toggle", fillTables);

  plot.addEventListener("pointermove", (event) => point(event));
  plot.addEventListener("pointerdown", (event) => point(event));
  plot.addEventListener("pointerleave", () => (document.activeElement === plot ? show(cursor) : hideCell(view)));
  const point = (event: PointerEvent): void => {
    const corner = plot.getBoundingClientRect();
    const cell = cellUnder(layout, event.clientX - corner.left, event.clientY - corner.top);
    if (cell !== null) show(cell);
    else if (document.activeElement !== plot) hideCell(view);
  };

  plot.addEventListener("keydown", (event) => {
    if (event.key === "Escape") return hideCell(view);
    const next = moved(event.key, event.ctrlKey || event.metaKey, cursor, rows, columns);
    if (next === null || event.altKey) return;
    event.preventDefault();
    show(next);
    byId("ring").scrollIntoView({ block: "nearest", inline: "nearest" });
    speak();
  });
  plot.addEventListener("focus", () => {
    show(cursor);
    speak();
  });
  plot.addEventListener("blur", () => hideCell(view));

  // The tooltip stands in the window: what scrolls, moves the cell away from under it.
  const follow = (): void => {
    if (!byId("tooltip").hidden) show(cursor);
  };
  document.addEventListener("scroll", follow, { capture: true, passive: true });

  new ResizeObserver(() => {
    if (room.clientWidth === drawnWidth) return;
    drawnWidth = room.clientWidth;
    draw(drawnWidth);
  }).observe(room);
  // Moving to a screen of another density changes no size, only the number of pixels.
  const watchDensity = (): void => {
    const query = matchMedia(`(resolution: ${window.devicePixelRatio}dppx)`);
    query.addEventListener("change", () => (draw(room.clientWidth), watchDensity()), { once: true });
  };
  watchDensity();
  window.addEventListener("beforeprint", () => draw(Math.min(printedWidth, room.clientWidth)));
  window.addEventListener("afterprint", () => draw(room.clientWidth));
  // Restored forms (back, reload) are filled after the script has run.
  window.addEventListener("pageshow", refresh);
  refresh();
}

/** Offers the scales and notes of the metric in view. */
function describe(view: View, form: HTMLFormElement): void {
  for (const option of form.querySelectorAll<HTMLOptionElement>("#scale option")) {
    const exists = view.shown.scales.some(({ id }) => id === option.value);
    option.hidden = option.disabled = !exists;
    if (option.value === view.scale.id) option.selected = true;
  }
  for (const radio of form.querySelectorAll<HTMLInputElement>('input[name="shown"]')) {
    const exists = view.metric.quantities.some(({ id }) => id === radio.value);
    (radio.closest("label") ?? radio).hidden = radio.disabled = !exists;
    if (radio.value === view.shown.id) radio.checked = true;
  }
  const choice = document.getElementById("shown-choice");
  if (choice !== null) choice.hidden = view.metric.quantities.length < 2;
  byId("scale-choice").hidden = view.shown.scales.length < 2;
  byId("marks-choice").hidden = !canMark(view.metric, view.shown);
  byId("direction").hidden = !view.metric.directed;
  byId("tests").hidden = view.metric.test === null && view.metric.intervals === null;
  for (const note of document.querySelectorAll<HTMLElement>(".metric-note")) {
    note.hidden = note.dataset["metric"] !== String(view.index);
  }
}

document.documentElement.classList.add("scripted");
try {
  start(await readModel(byId("comparison").textContent ?? ""));
} catch (error) {
  const failure = byId("failure");
  failure.hidden = false;
  failure.textContent = `This browser cannot draw the report (${String(error)}). The heat maps beside this file need no script.`;
}
