declare const brand: unique symbol;

/**
 * Something that a request leaves open: a condition key or the resource, of one step of an attack or of all. Variables that stand for the
 * same are the same value, so that tables find them.
 */
export type Variable = string & { readonly [brand]: "variable" };

/** What a variable stands for; steps go by their numbers. */
export type Meaning =
  | { readonly kind: "key"; readonly key: string; readonly step: number }
  | { readonly kind: "key of all"; readonly key: string }
  | { readonly kind: "resource"; readonly step: number }
  | { readonly kind: "shared resource"; readonly name: string };

/** A condition key of one step's request. */
export function keyOfStep(key: string, step: number): Variable {
  return `${step}|${key}` as Variable;
}

/** A condition key that has one value in the requests of all steps. */
export function keyOfAll(key: string): Variable {
  return `*|${key}` as Variable;
}

export function resourceOfStep(step: number): Variable {
  return `${step}=` as Variable;
}

/** The resource of every step that shares it by that name. */
export function sharedResource(name: string): Variable {
  return `*=${name}` as Variable;
}

export function meaningOf(variable: Variable): Meaning {
  const [, step = "", kind, name = ""] = /^(\*|[0-9]+)([|=])(.*)$/s.exec(variable) ?? [];
  if (kind === "|") {
    return step === "*" ? { kind: "key of all", key: name } : { kind: "key", key: name, step: Number(step) };
  }
  return step === "*" ? { kind: "shared resource", name } : { kind: "resource", step: Number(step) };
}
