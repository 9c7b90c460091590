import {
  type Fault,
  isManagedPolicyArn,
  managedPolicyDocument,
  type ParsedDocument,
  type Policy,
  type PolicyKind,
  parseDocument,
} from "../../iam";
import { type PropertyPath, placesOf, sourcesOf } from "../resources/read";
import type { ReadFault } from "../resources/read-fault";
import { placeOf, type Resource } from "../resources/resource";
import type { Waiting } from "../resources/value";

/** A policy document as a property holds it. */
export interface ReadPolicy {
  readonly policy: Policy;
  /** Set where the document as a whole is not known yet; one with holes inside is a document. */
  readonly waiting?: Waiting;
  /** URNs that the property was made from. */
  readonly from: readonly string[];
}

/**
 * The policy document in a property: JSON text, or an object that may hold values not known yet.
 * Undefined where the property is left out. What is wrong with it goes to `faults`, named after the property.
 */
export function documentOf(
  resource: Resource,
  path: string,
  kind: PolicyKind,
  faults: ReadFault[] = [],
  parse: Parse = parseDocument,
): ReadPolicy | undefined {
  const place = placesOf(resource, path, faults)[0];
  return place === undefined ? undefined : documentAt(resource, place, kind, faults, parse);
}

/** The same, at a place that `placesOf` gave. */
export function documentAt(
  resource: Resource,
  { path, value }: PropertyPath,
  kind: PolicyKind,
  faults: ReadFault[] = [],
  parse: Parse = parseDocument,
): ReadPolicy | undefined {
  const origin = originOf(resource, path);
  const from = sourcesOf(resource, path);
  if (!value.known) {
    return { policy: { origin, document: { notRead: `${path} is not known yet` } }, waiting: value.waiting, from };
  }
  if (value.value === undefined) return undefined;
  const parsed = parse(value.value, kind);
  faults.push(...parsed.faults.map((fault) => readFault(path, fault)));
  return {
    policy: { origin, document: parsed.document ?? { notRead: `${path} is no policy that can be read` } },
    from,
  };
}

/** Reads the text or object of a policy document. */
export type Parse = typeof parseDocument;

/** Several entries of the table of types may name one property: its document is read once, and is the same in all that they declare. */
export function parsingOnce(): Parse {
  const parsed = new Map<PolicyKind, Map<unknown, ParsedDocument>>();
  return (value, kind) => {
    const ofKind = parsed.get(kind) ?? new Map<unknown, ParsedDocument>();
    parsed.set(kind, ofKind);
    const document = ofKind.get(value) ?? parseDocument(value, kind);
    ofKind.set(value, document);
    return document;
  };
}

/** How a policy is named and found again: the URN of its resource with the property. */
export function originOf(resource: Resource, path: string): string {
  return `${resource.urn}#${placeOf(resource, path)}`;
}

/** A policy that only its ARN, or its path and name, tells of: AWS's own have their text, all others are kept outside the stack. */
export function policyByArn(arn: string): Policy {
  if (!isManagedPolicyArn(arn)) return { origin: shownAs(arn), document: { notRead: elsewhere(arn) } };
  const document = managedPolicyDocument(arn) ?? {
    notRead: "this AWS managed policy is not in the table of documents",
  };
  return { origin: arn, document };
}

function elsewhere(reference: string): string {
  if (reference.startsWith("arn:")) return "this policy is kept outside this stack";
  if (reference.startsWith("/")) return "the customer-managed policy of that path and name is kept outside this stack";
  return "this is no ARN of a policy";
}

/** An ARN or path is no secret; of another text, which may be anything, only the beginning is told. */
function shownAs(reference: string): string {
  return reference.startsWith("arn:") || reference.startsWith("/") ? reference : `${reference.slice(0, 4)}…`;
}

function readFault(path: string, fault: Fault): ReadFault {
  const line = fault.line === undefined ? "" : `, line ${fault.line} column ${fault.column ?? 1}`;
  return {
    where: `${path}: ${fault.path}${line}`,
    message: fault.message,
    fix: fault.fix,
    effect: fault.effect,
  };
}
