import { mayBeEmpty } from "../aws/condition-keys";
import { isLiteral } from "../language/pattern";
import type { Template } from "../language/template";
import type { Domain } from "../solver/domain";
import { holdsForOne } from "../solver/test";
import type { CompiledStatement } from "./compiled-statement";

/** The resources of a step that names its resources. */
export function textsOf(domain: Domain): readonly string[] {
  if (domain.values !== "any") return domain.values.flat();
  const patterns = (domain.always ?? []).flatMap(({ patterns }) => patterns);
  return patterns.filter(isLiteral).map(({ tokens }) => String.fromCharCode(...tokens));
}

/** Values worth trying for a policy variable that can be there: what a person would expect, and what some rule asks for. */
export function candidateValues(
  key: string,
  domain: Domain,
  rules: readonly CompiledStatement[],
  resources: readonly string[],
): readonly string[] {
  const fitting = rules
    .flatMap(({ resource }) => resource?.templates ?? [])
    .flatMap((fields) => resources.flatMap((resource) => valuesBetween(fields, key, resource)));
  const values = [
    ...(domain.usual ?? []),
    "example",
    ...literalsFor(key, rules),
    ...fitting,
    ...(mayBeEmpty(key) ? [""] : []),
  ];
  const { always = [] } = domain;
  return [...new Set(values)].filter((value) => always.every((test) => holdsForOne(test, value)));
}

/** Texts without wildcards that rules compare a key with. */
function literalsFor(key: string, rules: readonly CompiledStatement[]): readonly string[] {
  const values = rules.flatMap(({ compiledConditions }) =>
    compiledConditions.flatMap((compared) => (compared.key === key ? compared.values : [])),
  );
  return [...new Set(values.filter((value) => !/[*?$]/.test(value)))].slice(0, 4);
}

/** What stands in a text where a template has the variable: between the texts around it, wherever those occur. */
function valuesBetween(fields: readonly Template[], key: string, text: string): string[] {
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
