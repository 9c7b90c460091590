/** What an element is given: attributes as texts, `true` for one without a value; a listener by `on`. */
export type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

export type Child = Node | string | undefined;

/** Makes an element. A text is only ever a text here: nothing in this page makes markup from one. */
export function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  return filled(document.createElement(name), attributes, children);
}

/** The same for a part of a drawing. */
export function drawn<K extends keyof SVGElementTagNameMap>(
  name: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): SVGElementTagNameMap[K] {
  return filled(document.createElementNS("http://www.w3.org/2000/svg", name), attributes, children);
}

function filled<T extends Element>(made: T, attributes: Attributes, children: readonly Child[]): T {
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) made.setAttribute(name, value === true ? "" : String(value));
  }
  made.append(...children.filter((child) => child !== undefined));
  return made;
}

/** A name that may be written from right to left, which the text around it is not. */
export function isolated(text: string): HTMLElement {
  return element("bdi", {}, text);
}

export function counted(number: number, what: string, several = `${what}s`): string {
  return `${number} ${number === 1 ? what : several}`;
}

/** A button that copies a text, and says so. */
export function copyButton(text: string, what: string): HTMLButtonElement {
  const button = element("button", { type: "button", class: "quiet" }, `Copy ${what}`);
  button.addEventListener("click", async () => {
    const isCopied = await navigator.clipboard.writeText(text).then(
      () => true,
      () => false,
    );
    button.textContent = isCopied ? "Copied" : "Your browser does not allow it";
    setTimeout(() => {
      button.textContent = `Copy ${what}`;
    }, 2000);
  });
  return button;
}

/** Calls once, after the last of many calls: for what a person types. */
export function settled(action: () => void, milliseconds = 120): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(action, milliseconds);
  };
}
