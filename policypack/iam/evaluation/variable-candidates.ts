import { isLiteral } from "../language/pattern";
import type { Template } from "../language/template";
import type { Domain } from "../solver/domain";

/** The resources of a step that names its resources. */
export function textsOf(domain: Domain): readonly string[] {
  if (domain.values !== "any") return domain.values.flat();
  const patterns = (domain.always ?? []).flatMap(({ patterns }) => patterns);
  return patterns.filter(isLiteral).map(({ tokens }) => String.fromCharCode(...tokens));
}

/** What stands in a text where a template has the variable: between the texts around it, wherever those occur. */
export function valuesBetween(fields: readonly Template[], key: string, text: string): string[] {
  const parts = fields.flatMap((field, i): Template => (i === 0 ? field : [{ kind: "text", text: ":" }, ...field]));
  return parts.flatMap((part, at) => {
    if (part.kind !== "variable" || part.key !== key) return [];
    const [before, after] = [parts[at - 1], parts[at + 1]];
    const starts = before?.kind === "text" ? endsOf(before.text, text) : [0];
    const ends =
      after?.kind === "text" ? endsOf(after.text, text).map((end) => end - after.text.length) : [text.length];
    return starts.flatMap((start) => ends.filter((end) => end >= start).map((end) => text.slice(start, end)));
  });
}

function endsOf(part: string, text: string): number[] {
  const ends: number[] = [];
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1)) ends.push(at + part.length);
  return ends;
}
