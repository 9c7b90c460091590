import { notYet } from "../../iam";
import type { ProviderOf, Resource } from "../../model";
import { signatureKey } from "../outgoing/secret-envelope";
import type { Secrets } from "../outgoing/secrets";
import { type ProviderMessage, type ResourceMessage, readPropertyDependencies } from "./requests";
import { mayBeTooDeep, readStruct } from "./wire";

/** What the protocol writes for a value that a preview does not know, one text for each type (`plugin/rpc.go` of the Pulumi SDK). */
const unknowns: ReadonlySet<unknown> = new Set([
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);
const signature = {
  secret: "1b47061264138c4ac30d75fd1eb44270",
  asset: "c44067f5952c0a294b673a41bacd8c17",
  archive: "0def7320c3a5731c473e5ecbe6d01bc7",
  resource: "5cf8f73096256a8f31e491e813e4eb8e",
  output: "d0e6a833031e9bbcd3f4e8bde6ca49a4",
  bytes: "803fd3297a5875dc03ca845dda5d2a98",
};

/** Files and archives: their content is not read. */
const opaque: Readonly<Record<string, never>> = Object.freeze({});

/**
 * One value of the protocol as plain data: secrets and outputs unwrapped, a resource reference as the resource's id, bytes that
 * are no UTF-8 as text with U+FFFD for each of them, files and archives as an empty object, `notYet` for what is not known.
 */
export function decodeValue(value: unknown): unknown {
  if (typeof value === "string") return unknowns.has(value) ? notYet : value;
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(decodeValue);
  const fields = value as Readonly<Record<string, unknown>>;
  const mark = fields[signatureKey];
  return mark === undefined ? decodeFields(fields) : decodeMarked(fields, mark);
}

function decodeMarked(fields: Readonly<Record<string, unknown>>, mark: unknown): unknown {
  switch (mark) {
    case signature.secret:
      return decodeSecret(fields);
    case signature.output:
      return "value" in fields ? decodeValue(fields.value) : notYet;
    case signature.resource:
      return "id" in fields ? decodeReferencedId(fields.id) : fields.urn;
    case signature.bytes:
      return decodeBytes(fields);
    case signature.asset:
    case signature.archive:
      return opaque;
    default:
      return decodeFields(fields);
  }
}

/** In a stack's state a secret is a cipher text, which nobody reads here, or the JSON text of its value (`apitype.SecretV1` of Pulumi). */
function decodeSecret({ value, plaintext }: Readonly<Record<string, unknown>>): unknown {
  if (value !== undefined) return decodeValue(value);
  if (typeof plaintext !== "string") return notYet;
  try {
    return decodeValue(JSON.parse(plaintext));
  } catch {
    return notYet;
  }
}

/** Text that is no UTF-8 arrives in base64 (`resource.ByteStringSig` of the Pulumi SDK). */
function decodeBytes(fields: Readonly<Record<string, unknown>>): unknown {
  return typeof fields.value === "string" ? Buffer.from(fields.value, "base64").toString("utf8") : decodeFields(fields);
}

/** An empty id is one that is not known yet (`ResourceReference.ID` of the Pulumi SDK). */
function decodeReferencedId(id: unknown): unknown {
  return id === "" ? notYet : decodeValue(id);
}

function decodeFields(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const decoded: Record<string, unknown> = {};
  for (const key of Object.keys(fields)) {
    // Keys with two underscores are notes of the engine and the providers to themselves.
    if (!key.startsWith("__")) decoded[key] = decodeValue(fields[key]);
  }
  return decoded;
}

/** A resource's properties; one that is null was not set. */
export function decodeProperties(fields: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const decoded = decodeFields(fields);
  for (const key of Object.keys(decoded)) if (decoded[key] === null) delete decoded[key];
  return decoded;
}

/** Decodes at the first read, as most resources of a stack are looked at by no rule, and then lets go of the message. */
function whenRead<T>(decode: () => T): () => T {
  let pending: (() => T) | undefined = decode;
  let decoded: T | undefined;
  return () => {
    if (pending !== undefined) {
      decoded = pending();
      pending = undefined;
    }
    return decoded as T;
  };
}

interface Decoded {
  readonly properties: Readonly<Record<string, unknown>>;
  /** Properties of which something lies too deep to be read; none of such a property is known then. */
  readonly unread: readonly string[];
}

function decodedOf({ properties, urn }: ProviderMessage, secrets: Secrets): () => Decoded {
  if (properties === undefined) return () => ({ properties: {}, unread: [] });
  // What is secret has to be known before anything is told, also where no rule looks at it; in most resources nothing is.
  if (properties.includes(signatureKey)) secrets.takeEnvelopes(readStruct(properties).fields, urn);
  return whenRead(() => decodeStruct(properties));
}

/** A resource's properties, those that are nested too deeply as not known and by name. */
function decodeStruct(bytes: Buffer): Decoded {
  const { fields, unread } = readStruct(bytes);
  const properties = decodeProperties(fields);
  if (unread.length === 0) return { properties, unread };
  return { properties: { ...properties, ...Object.fromEntries(unread.map((name) => [name, notYet])) }, unread };
}

/** Providers of one request, decoded once each however many resources carry them. */
export type ProviderCache = Map<string, ProviderOf>;

function providerOf(message: ProviderMessage, cache: ProviderCache, secrets: Secrets): ProviderOf {
  const { urn, type, name } = message;
  const cached = cache.get(urn);
  if (cached !== undefined) return cached;
  const decoded = decodedOf(message, secrets);
  const provider: ProviderOf = {
    urn,
    type,
    name,
    get properties() {
      return decoded().properties;
    },
  };
  cache.set(urn, provider);
  return provider;
}

/**
 * The resource of a request: with its inputs where it is judged before it is made, and with outputs and dependencies where it is
 * one of a stack. Nothing of it is decoded before it is read.
 *
 * @param secrets takes down what is marked as secret
 * @param providers those of the same request
 */
export function resourceOf(message: ResourceMessage, secrets: Secrets, providers: ProviderCache = new Map()): Resource {
  // What is read later must not hold on to the message, which a run would keep of every resource.
  const { urn, type, name, parent, provider, dependencies, propertyDependencies } = message;
  secrets.takeName(urn);
  const decoded = decodedOf(message, secrets);
  const mayHaveUnread = message.properties !== undefined && mayBeTooDeep(message.properties);
  const dependenciesOf = whenRead(() => Object.fromEntries(propertyDependencies.map(readPropertyDependencies)));
  return {
    urn,
    type,
    name,
    get properties() {
      return decoded().properties;
    },
    ...(parent === "" ? {} : { parent }),
    get unread() {
      return mayHaveUnread ? decoded().unread : [];
    },
    dependencies,
    get propertyDependencies() {
      return dependenciesOf();
    },
    ...(provider === undefined ? {} : { provider: providerOf(provider, providers, secrets) }),
  };
}
