/** An element of the page that the report's markup promises. */
export function byId(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`The report has no element ${id}.`);
  return found;
}

/** A new element. Text goes in as text: nothing in this script makes markup of a string. */
export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  className: string = "",
  text: string = "",
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  if (className !== "") element.className = className;
  if (text !== "") element.textContent = text;
  return element;
}

export function makeSvg(
  tag: string,
  attributes: Readonly<Record<string, string | number>>,
  text: string = "",
): SVGElement {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  if (text !== "") element.textContent = text;
  return element;
}

/** Position and size in CSS pixels, set through the style object, which the content security policy lets pass. */
export function place(
  element: HTMLElement | SVGElement,
  left: number,
  top: number,
  width?: number,
  height?: number,
): void {
  element.style.left = `${left}px`;
  element.style.top = `${top}px`;
  if (width !== undefined) element.style.width = `${width}px`;
  if (height !== undefined) element.style.height = `${height}px`;
}
