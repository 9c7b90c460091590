/** The shape of a function's result, as far as one can stand in for it: a text, a number, a flag, a map, a list or an object. */
export type Shape =
  | "text"
  | "number"
  | "flag"
  | "map"
  | readonly [element: Shape]
  | { readonly [property: string]: Shape };

const DEEPEST = 4;

/**
 * The shape of a function's declared result.
 *
 * @param name of the function, such as `getRole`
 * @param declaration the text of the file that declares it
 * @param outputTypes the nested types of the SDK's results, read only where a result refers to one
 */
export function shapeIn(name: string, declaration: string, outputTypes: () => string): { [property: string]: Shape } {
  const heading = `interface ${name.charAt(0).toUpperCase()}${name.slice(1)}Result `;
  return objectShape(bodyOf(heading, declaration, 0), outputTypes, DEEPEST);
}

function objectShape(body: string, outputTypes: () => string, depth: number): { [property: string]: Shape } {
  const withoutComments = body.replace(/\/\*\*[\s\S]*?\*\//g, "");
  const members = withoutComments.matchAll(/^[ \t]*(?:readonly )?(\w+)\??: ([^;{]*)/gm);
  return Object.fromEntries(
    [...members].map(([, name = "", type = ""]) => [name, shapeOfType(type.trim(), outputTypes, depth)]),
  );
}

function shapeOfType(type: string, outputTypes: () => string, depth: number): Shape {
  if (type.endsWith("[]")) {
    const element = type.slice(0, -2);
    return [depth === 0 && element !== "string" ? {} : shapeOfType(element, outputTypes, depth)];
  }
  if (type.startsWith("outputs.")) {
    return depth === 0 ? {} : objectShape(bodyOfOutput(type, outputTypes()), outputTypes, depth - 1);
  }
  if (type === "number") return "number";
  if (type === "boolean") return "flag";
  // Maps are declared as `{ [key: string]: … }`, of which the brace is not part of the captured type.
  return type === "" ? "map" : "text";
}

/** The body of `outputs.namespace.Name`: thousands of interfaces stand in one file. */
function bodyOfOutput(reference: string, text: string): string {
  const [name = "", namespace] = reference.split(".").slice(1).reverse();
  const start = namespace === undefined ? 0 : text.indexOf(`namespace ${namespace} {`);
  return bodyOf(`interface ${name} `, text, Math.max(start, 0));
}

/** The text between an interface's braces; generated declarations close it on the column where its line begins. */
function bodyOf(heading: string, text: string, from: number): string {
  const start = text.indexOf(heading, from);
  if (start === -1) return "";
  const end = text.indexOf(`\n${leadingSpaces(text, start)}}`, start);
  return text.slice(start + heading.length, end === -1 ? undefined : end);
}

/** The indentation of the line that an index lies on. */
function leadingSpaces(text: string, index: number): string {
  const line = text.slice(text.lastIndexOf("\n", index) + 1, index);
  return /^\s*/.exec(line)?.[0] ?? "";
}
