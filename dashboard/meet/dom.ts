type Attributes = Record<string, string | boolean | undefined>;

/** An element with attributes and children; text is text, never HTML. Attributes that are false or undefined are left out. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) setAttribute(element, name, value);
  element.append(...children);
  return element;
}

export function setAttribute(element: Element, name: string, value: string | boolean | undefined): void {
  if (value === undefined || value === false) element.removeAttribute(name);
  else element.setAttribute(name, value === true ? '' : value);
}

const shapes = {
  microphone: 'M12 3a3 3 0 0 0-3 3v6a3 3 0 0 0 6 0V6a3 3 0 0 0-3-3ZM6 11v1a6 6 0 0 0 12 0v-1M12 18v3M9 21h6',
  camera: 'M4 7h9a1 1 0 0 1 1 1v8a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V8a1 1 0 0 1 1-1ZM14 11l6-4v10l-6-4',
  screen: 'M4 5h16a1 1 0 0 1 1 1v9a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V6a1 1 0 0 1 1-1ZM8 20h8M12 13V8M9.5 10.5 12 8l2.5 2.5',
  leave: 'M3 14c0-5 18-5 18 0l-1 2-4-1v-2.5c-2.5-.7-5.5-.7-8 0V15l-4 1-1-2Z',
};

export type Shape = keyof typeof shapes;

/** A picture beside a word: it says nothing by itself. With a stroke through it, it means off. */
export function icon(shape: Shape): SVGElement {
  const ns = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(ns, 'svg');
  setAttribute(svg, 'viewBox', '0 0 24 24');
  setAttribute(svg, 'aria-hidden', 'true');
  for (const [name, d] of Object.entries({ shape: shapes[shape], stroke: 'M4 3l17 18' })) {
    const path = document.createElementNS(ns, 'path');
    setAttribute(path, 'd', d);
    setAttribute(path, 'class', name);
    svg.append(path);
  }
  return svg;
}
