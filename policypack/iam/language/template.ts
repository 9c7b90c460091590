/** Part of a value in a policy: fixed text, a wildcard, or a variable that the request fills in. */
export type Part =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "any-run" }
  | { readonly kind: "any-one" }
  | { readonly kind: "variable"; readonly key: string; readonly fallback: string | undefined };

export type Template = readonly Part[];

const special = /\$\{([*?$])\}|\$\{\s*([^{},\s]+)\s*(?:,\s*'([^']*)'\s*)?\}|([*?])/g;

/**
 * Takes a value of a policy apart. `${key}` and `${key, 'default'}` are variables and `${*}`, `${?}`, `${$}` the plain
 * characters, but only where the document has variables (Version 2012-10-17); elsewhere they are text, in which `*` and `?`
 * are wildcards like any other.
 * "IAM policy elements: Variables and tags" (IAM User Guide).
 */
export function parseTemplate(
  value: string,
  options: { readonly variables: boolean; readonly wildcards: boolean },
): Template {
  const parts: Part[] = [];
  let text = "";
  const flush = () => {
    if (text !== "") parts.push({ kind: "text", text });
    text = "";
  };
  let end = 0;
  const plain = options.variables ? special : /()()()([*?])/g;
  for (const found of value.matchAll(plain)) {
    const [whole, character, key, fallback, wildcard] = found;
    text += value.slice(end, found.index);
    end = found.index + whole.length;
    if (key) {
      flush();
      parts.push({ kind: "variable", key: key.toLowerCase(), fallback });
    } else if (wildcard && options.wildcards) {
      flush();
      parts.push({ kind: wildcard === "*" ? "any-run" : "any-one" });
    } else text += character || whole;
  }
  text += value.slice(end);
  flush();
  return parts;
}

export function variablesOf(template: Template): readonly string[] {
  return template.flatMap((part) => (part.kind === "variable" ? [part.key] : []));
}

/** The template with its variables filled in; undefined when one has neither a value nor a default, for then nothing matches. */
export function resolve(template: Template, lookUp: (key: string) => string | undefined): Template | undefined {
  const resolved: Part[] = [];
  for (const part of template) {
    if (part.kind !== "variable") resolved.push(part);
    else {
      const text = lookUp(part.key) ?? part.fallback;
      if (text === undefined) return undefined;
      resolved.push({ kind: "text", text });
    }
  }
  return resolved;
}
