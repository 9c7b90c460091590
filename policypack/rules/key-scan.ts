import { gunzipSync } from "node:zlib";
import { notYet } from "../iam/document";
import { isDocumentationKey, isSecretKeyLike, keyIdsIn } from "./access-keys";

/** A key found in a resource's inputs. Holds no secret: a secret key is only located, a key id is for comparison and masking. */
export interface FoundKey {
  /** Property path, such as `environment.variables.AWS_ACCESS_KEY_ID`. */
  readonly property: string;
  /** The access key id; undefined for a secret key found by its name. */
  readonly id: string | undefined;
}

/** Names under which a 40-character text is AWS's secret key; a bare `SECRET_KEY` is what web frameworks sign with. */
const tellingName = /secret_?-?access_?-?key|aws_?-?secret_?-?key/i;
const secretInText =
  /(?:secret_?-?access_?-?key|aws_?-?secret_?-?key)["']?(?:\s*[=:]\s*|\s+)["']?([A-Za-z0-9+/]{40})(?![A-Za-z0-9+/])/gi;
const base64InText = /[A-Za-z0-9+/]{24,}={0,2}/g;

/** How deep base64 and JSON inside one another are opened: user data in a template in a template is the deepest seen. */
const maximumDepth = 4;

/**
 * Finds AWS access key ids, and secret keys under a telling name, in plain values, in JSON and YAML text, and in base64, zipped or not.
 * AWS's documentation examples are left out. Values not known yet are passed over: a scan is never undecided.
 */
export function keysIn(properties: Readonly<Record<string, unknown>>): readonly FoundKey[] {
  const found: FoundKey[] = [];
  scan(properties, "", 0, found);
  return found.filter(
    (key, index) => found.findIndex((other) => other.property === key.property && other.id === key.id) === index,
  );
}

function scan(value: unknown, property: string, depth: number, found: FoundKey[]): void {
  if (value === notYet || value === null) return;
  if (typeof value === "string") {
    scanText(value, property, depth, found);
  } else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) scan(item, `${property}[${index}]`, depth, found);
  } else if (typeof value === "object") {
    const labelled = Object.entries(value).some(([name, item]) => labels.has(name.toLowerCase()) && isTelling(item));
    for (const [name, item] of Object.entries(value)) {
      const inside = property === "" ? name : `${property}.${name}`;
      for (const id of keyIdsIn(name)) found.push({ property, id });
      if (isSecretKey(item) && (isTelling(name) || (labelled && name.toLowerCase() === "value"))) {
        found.push({ property: inside, id: undefined });
      } else {
        scan(item, inside, depth, found);
      }
    }
  }
}

/** What the lists of environment variables, tags and parameters call the name beside a `value`. */
const labels: ReadonlySet<string> = new Set(["name", "key", "variablename", "parametername"]);

function isTelling(name: unknown): boolean {
  return typeof name === "string" && tellingName.test(name);
}

function isSecretKey(item: unknown): boolean {
  return typeof item === "string" && isSecretKeyLike(item.trim()) && !isDocumentationKey(item.trim());
}

function scanText(text: string, property: string, depth: number, found: FoundKey[]): void {
  for (const id of keyIdsIn(text)) found.push({ property, id });
  for (const [, secret] of text.matchAll(secretInText)) {
    if (isSecretKey(secret)) found.push({ property, id: undefined });
  }
  if (depth >= maximumDepth) return;

  const inside = parsedJson(text);
  if (inside !== undefined) {
    const nested: FoundKey[] = [];
    scan(inside, "", depth + 1, nested);
    // The place inside the text is worth more than the text alone, but what plain reading found already counts once.
    const seen = new Set(found.filter((key) => key.property === property).map((key) => key.id));
    for (const key of nested) if (!seen.has(key.id)) found.push({ property, id: key.id });
    return;
  }
  for (const [candidate] of text.matchAll(base64InText)) {
    const decoded = unzipped(Buffer.from(candidate, "base64")).toString("latin1");
    if (/AKIA|ASIA|secret/i.test(decoded)) scanText(decoded, property, depth + 1, found);
  }
}

/** User data is often zipped before it is encoded, by cloud-init's tools among others. */
function unzipped(bytes: Buffer): Buffer {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return gunzipSync(bytes, { maxOutputLength: 1 << 20 });
  } catch {
    // Begins like gzip and is not, or unpacks to more than any user data may hold.
    return bytes;
  }
}

function parsedJson(text: string): unknown {
  const start = text.trimStart()[0];
  if (start !== "{" && start !== "[") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON after all: templates and YAML begin so, too. The plain scan has seen it.
    return undefined;
  }
}
