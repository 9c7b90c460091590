import type { Qualifier } from "./principal";

/** Where the value of a condition key comes from, which decides what a condition on it is worth. */
export type Origin =
  /** Whoever makes the request chooses it. */
  | "caller"
  /** The same for all requests with one set of credentials. */
  | "credentials"
  | "network"
  | "clock"
  /** A tag of the caller, or of what the request is about. */
  | "tag"
  /** Other properties of what the request is about. */
  | "resource"
  /** Only there when an AWS service makes the request. */
  | "service";

export interface KeyFacts {
  readonly origin: Origin;
  readonly multivalued: boolean;
  /** Whether every request has it. */
  readonly always: boolean;
}

function facts(origin: Origin, extra: Partial<KeyFacts> = {}): KeyFacts {
  return { origin, multivalued: false, always: false, ...extra };
}

const always = { always: true };
const multivalued = { multivalued: true };

/** "AWS global condition context keys" (IAM User Guide). */
const globalKeys: ReadonlyMap<string, KeyFacts> = new Map(
  Object.entries({
    "aws:currenttime": facts("clock", always),
    "aws:epochtime": facts("clock", always),
    "aws:securetransport": facts("caller", always),
    "aws:useragent": facts("caller"),
    "aws:referer": facts("caller"),
    "aws:requestedregion": facts("caller", always),
    "aws:tagkeys": facts("caller", multivalued),
    "aws:multifactorauthpresent": facts("credentials"),
    "aws:multifactorauthage": facts("credentials"),
    "aws:tokenissuetime": facts("credentials"),
    "aws:principalarn": facts("credentials", always),
    "aws:principalaccount": facts("credentials", always),
    "aws:principaltype": facts("credentials", always),
    "aws:principalorgid": facts("credentials"),
    "aws:principalorgpaths": facts("credentials", multivalued),
    "aws:userid": facts("credentials", always),
    "aws:username": facts("credentials"),
    "aws:sourceidentity": facts("credentials"),
    "aws:federatedprovider": facts("credentials"),
    "aws:assumedroot": facts("credentials"),
    "aws:chatbotsourcearn": facts("credentials"),
    "aws:signinsessionarn": facts("credentials"),
    "aws:sourceip": facts("network"),
    "aws:sourcevpc": facts("network"),
    "aws:sourcevpcarn": facts("network"),
    "aws:sourcevpce": facts("network"),
    "aws:vpcsourceip": facts("network"),
    "aws:vpceaccount": facts("network"),
    "aws:vpceorgid": facts("network"),
    "aws:vpceorgpaths": facts("network", multivalued),
    "aws:ec2instancesourcevpc": facts("network"),
    "aws:ec2instancesourceprivateipv4": facts("network"),
    "aws:resourceaccount": facts("resource"),
    "aws:resourceorgid": facts("resource"),
    "aws:resourceorgpaths": facts("resource", multivalued),
    "aws:calledvia": facts("service", multivalued),
    "aws:calledviafirst": facts("service"),
    "aws:calledvialast": facts("service"),
    "aws:viaawsservice": facts("service", always),
    "aws:principalisawsservice": facts("service", always),
    "aws:principalservicename": facts("service"),
    "aws:principalservicenameslist": facts("service", multivalued),
    "aws:sourcearn": facts("service"),
    "aws:sourceaccount": facts("service"),
    "aws:sourceowner": facts("service"),
    "aws:sourceorgid": facts("service"),
    "aws:sourceorgpaths": facts("service", multivalued),
    "aws:calledviaawsmcp": facts("service"),
    "aws:viaawsmcpservice": facts("service"),
  }),
);

const globalPrefixes: readonly (readonly [string, KeyFacts])[] = [
  ["aws:principaltag/", facts("tag")],
  ["aws:resourcetag/", facts("tag")],
  ["aws:requesttag/", facts("caller")],
];

/** What is known about a condition key, given in lower case; undefined for a global key that AWS has not published. */
export function keyFacts(key: string): KeyFacts | undefined {
  const global = globalKeys.get(key) ?? globalPrefixes.find(([prefix]) => key.startsWith(prefix))?.[1];
  if (global !== undefined || key.startsWith("aws:")) return global;
  if (key.includes("resourcetag/")) return facts("tag");
  // Which keys of services are lists, only their documentation says: one that a policy compares as a set is taken for one.
  return facts("caller", multivalued);
}

export function isKnownKey(key: string): boolean {
  return keyFacts(key) !== undefined;
}

/** Whether all steps of one attack see the same value: it belongs to the caller, not to the single request. */
export function isShared(key: string): boolean {
  const origin = keyFacts(key)?.origin;
  return origin === "credentials" || origin === "network" || origin === "clock" || key.startsWith("aws:principaltag/");
}

/** The qualifier of a grant that only holds for particular values of the key. */
export function qualifierOf(key: string): Qualifier | undefined {
  switch (keyFacts(key)?.origin) {
    case "network":
      return "network";
    case "clock":
      return "time";
    case "tag":
      return "tag";
    default:
      return undefined;
  }
}
