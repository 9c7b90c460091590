import { createHash } from "node:crypto";

/**
 * A text with places to be filled in, such as `arn:{partition}:iam::{account}:role{path|/}{name}`.
 *
 * In braces stands the name of a value, then maybe `:` and how it is written, then maybe `|` and what is taken where there is none.
 * `{random:KIND:LENGTH}` is text that AWS makes by chance: here it follows from what it is made for, so that runs repeat.
 */
export type Template = string;

type Written = "host" | "lower" | "slash" | "last";

const WRITTEN: Readonly<Record<Written, (text: string) => string>> = {
  /** An address without its scheme. */
  host: (text) => text.replace(/^https?:\/\//, "").replace(/\/$/, ""),
  lower: (text) => text.toLowerCase(),
  /** With a slash before it. */
  slash: (text) => (text.startsWith("/") ? text : `/${text}`),
  /** What follows the last slash. */
  last: (text) => text.slice(text.lastIndexOf("/") + 1),
};

const ALPHABETS: Readonly<Record<string, string>> = {
  hex: "0123456789abcdef",
  digits: "0123456789",
  lower: "0123456789abcdefghijklmnopqrstuvwxyz",
  upper: "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567",
  mixed: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789",
};

/**
 * @param lookUp a value by its name; undefined where it is not known
 * @param origin what random parts are made for
 * @returns undefined where a value that it needs is not known
 */
export function filled(
  template: Template,
  lookUp: (name: string) => string | undefined,
  origin: string,
): string | undefined {
  let isWhole = true;
  const text = template.replace(/\{([^{}]*)\}/g, (_, place: string) => {
    const [reference = "", otherwise] = place.split("|");
    const [name = "", written = "", length] = reference.split(":");
    if (name === "random") return random(written, Number(length), origin);
    const value = lookUp(name) ?? otherwise;
    if (value === undefined) isWhole = false;
    return WRITTEN[written as Written]?.(value ?? "") ?? value ?? "";
  });
  return isWhole ? text : undefined;
}

/** Text out of a kind's characters; the same for the same origin. */
export function random(kind: string, length: number, origin: string): string {
  if (kind === "uuid") {
    const hex = random("hex", 32, origin);
    return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20)].join(
      "-",
    );
  }
  const alphabet = ALPHABETS[kind] ?? "";
  const bytes = createHash("sha512").update(`${kind} ${origin}`).digest();
  return Array.from({ length }, (_, index) => alphabet.charAt((bytes[index] ?? 0) % alphabet.length)).join("");
}
