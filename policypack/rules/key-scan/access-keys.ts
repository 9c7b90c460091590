import { declaresOf, type Graph, type Resource } from "../../model";

// What an AWS key looks like, and nothing more: nobody can tell a root user's key from another's by sight.

/** Example keys of AWS's own documentation end so; they belong to nobody. */
const documentationSuffix = "EXAMPLE";

// Bounded on both sides, so that the middle of a longer word is not taken for a key.
const keyIdPattern = /(?<![A-Za-z0-9])(?:AKIA|ASIA)[A-Z0-9]{16}(?![A-Za-z0-9])/g;
const wholeKeyIdPattern = /^(?:AKIA|ASIA)[A-Z0-9]{16}$/;
const secretPattern = /^[A-Za-z0-9+/]{40}$/;

export function isAccessKeyId(text: string): boolean {
  return wholeKeyIdPattern.test(text);
}

/** Keys of the Security Token Service begin with ASIA and work with a session token only (IAM User Guide, "IAM identifiers"). */
export function isTemporaryKeyId(text: string): boolean {
  return isAccessKeyId(text) && text.startsWith("ASIA");
}

export function isDocumentationKey(text: string): boolean {
  return text.endsWith(documentationSuffix) || text.endsWith(`${documentationSuffix}KEY`);
}

/** Has the form of a secret access key: 40 characters of base64, in both cases, as no hash has. Proves nothing without a telling name. */
export function isSecretKeyLike(text: string): boolean {
  return secretPattern.test(text) && /[a-z]/.test(text) && /[A-Z]/.test(text);
}

/** `AKIAXXXXXXXXXXXXXXXX` and the like stand where a key is to be filled in. A real one of one or two letters is beyond all chance. */
function isPlaceholder(id: string): boolean {
  return new Set(id.slice("AKIA".length)).size <= 2;
}

/** Access key ids inside a text, those of AWS's documentation and placeholders left out. */
export function keyIdsIn(text: string): readonly string[] {
  return [...text.matchAll(keyIdPattern)]
    .map(([id]) => id)
    .filter((id) => !isDocumentationKey(id) && !isPlaceholder(id));
}

/** Whether a resource makes an access key, of whichever provider. */
export function makesAccessKey({ type }: Resource): boolean {
  return declaresOf(type).some((entry) => entry.declares === "credential" && entry.credential === "access key");
}

/** The access key of the stack that a property comes from, if it comes from one. */
export function accessKeyBehind(resource: Resource, property: string, graph: Graph): Resource | undefined {
  return (resource.propertyDependencies[property] ?? [])
    .map((urn) => graph.resources.get(urn))
    .find((source) => source !== undefined && makesAccessKey(source));
}

/** How a key id may be shown: its kind, never the key. */
export function masked(keyId: string): string {
  return `${keyId.slice(0, 4)}…`;
}
