import type { Pattern } from "../language/pattern";
import { resolve, type Template } from "../language/template";
import type { Values } from "./compiled-statement";

/** Stands for the value of a policy variable that may be any text. */
export const anyText: unique symbol = Symbol("any text");

/** The value of a policy variable; undefined where it has none, and then nothing matches. */
export type Filling = (key: string) => string | typeof anyText | undefined;

/** Patterns of values whose policy variables are filled in. */
export interface Filled {
  readonly patterns: readonly Pattern[];
  /** Those among them that match what the policy means and no more: without a variable that is read as any text. */
  readonly exact: readonly Pattern[];
}

export function filledIn(
  { templates }: Values,
  filling: Filling,
  toPatterns: (fields: readonly Template[]) => readonly Pattern[],
): Filled {
  const patterns: Pattern[] = [];
  const exact: Pattern[] = [];
  for (const template of templates) {
    const filled = fieldsOf(template, filling);
    if (filled === undefined) continue;
    for (const pattern of toPatterns(filled.fields)) {
      patterns.push(pattern);
      if (filled.isExact) exact.push(pattern);
    }
  }
  return { patterns, exact };
}

/** A value that was cut into fields; undefined when a variable in it has no value. */
function fieldsOf(
  template: readonly Template[],
  filling: Filling,
): { readonly fields: readonly Template[]; readonly isExact: boolean } | undefined {
  let isExact = true;
  const fields: Template[] = [];
  for (const field of template) {
    const open = field.map((part) => {
      if (part.kind !== "variable" || filling(part.key) !== anyText) return part;
      isExact = false;
      return { kind: "any-run" } as const;
    });
    const filled = resolve(open, (key) => {
      const value = filling(key);
      return value === anyText ? undefined : value;
    });
    if (filled === undefined) return undefined;
    fields.push(filled);
  }
  return { fields, isExact };
}
