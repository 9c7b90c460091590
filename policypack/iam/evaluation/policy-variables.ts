import type { Pattern } from "../language/pattern";
import { parseTemplate, resolve, type Template } from "../language/template";
import type { Values } from "./compiled-statement";

/** The value of a policy variable, or what all of its values are like; undefined where it has none, and then nothing matches. */
export type Filling = (key: string) => string | Template | undefined;

const anyText: Template = [{ kind: "any-run" }];

/** What a policy variable can stand for that may be any text of the form, wildcards allowed. */
export function anyOfForm(form: string | undefined): Template {
  return form === undefined ? anyText : parseTemplate(form, { variables: false, wildcards: true });
}

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
    const open = field.flatMap((part) => {
      const value = part.kind === "variable" ? filling(part.key) : undefined;
      if (value === undefined || typeof value === "string") return [part];
      isExact = false;
      return value;
    });
    const filled = resolve(open, (key) => {
      const value = filling(key);
      return typeof value === "string" ? value : undefined;
    });
    if (filled === undefined) return undefined;
    fields.push(filled);
  }
  return { fields, isExact };
}
