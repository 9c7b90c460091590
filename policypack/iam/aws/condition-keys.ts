import type { Qualifier } from "../answer/grant";

/** Stands where a condition key stands, for the request's resource. */
export const resourceKey = "resource";

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
const documentedKeys: Readonly<Record<string, KeyFacts>> = {
  "aws:CurrentTime": facts("clock", always),
  "aws:EpochTime": facts("clock", always),
  "aws:SecureTransport": facts("caller", always),
  "aws:UserAgent": facts("caller"),
  "aws:referer": facts("caller"),
  "aws:RequestedRegion": facts("caller", always),
  "aws:TagKeys": facts("caller", multivalued),
  "aws:MultiFactorAuthPresent": facts("credentials"),
  "aws:MultiFactorAuthAge": facts("credentials"),
  "aws:TokenIssueTime": facts("credentials"),
  "aws:PrincipalArn": facts("credentials", always),
  "aws:PrincipalAccount": facts("credentials", always),
  "aws:PrincipalType": facts("credentials", always),
  "aws:PrincipalOrgID": facts("credentials"),
  "aws:PrincipalOrgPaths": facts("credentials", multivalued),
  "aws:userid": facts("credentials", always),
  "aws:username": facts("credentials"),
  "aws:SourceIdentity": facts("credentials"),
  "aws:FederatedProvider": facts("credentials"),
  "aws:AssumedRoot": facts("credentials"),
  "aws:ChatbotSourceArn": facts("credentials"),
  "aws:SignInSessionArn": facts("credentials"),
  "aws:SourceIp": facts("network"),
  "aws:SourceVpc": facts("network"),
  "aws:SourceVpcArn": facts("network"),
  "aws:SourceVpce": facts("network"),
  "aws:VpcSourceIp": facts("network"),
  "aws:VpceAccount": facts("network"),
  "aws:VpceOrgID": facts("network"),
  "aws:VpceOrgPaths": facts("network", multivalued),
  "aws:Ec2InstanceSourceVpc": facts("network"),
  "aws:Ec2InstanceSourcePrivateIPv4": facts("network"),
  "aws:ResourceAccount": facts("resource"),
  "aws:ResourceOrgID": facts("resource"),
  "aws:ResourceOrgPaths": facts("resource", multivalued),
  "aws:CalledVia": facts("service", multivalued),
  "aws:CalledViaFirst": facts("service"),
  "aws:CalledViaLast": facts("service"),
  "aws:ViaAWSService": facts("service", always),
  "aws:PrincipalIsAWSService": facts("service", always),
  "aws:PrincipalServiceName": facts("service"),
  "aws:PrincipalServiceNamesList": facts("service", multivalued),
  "aws:SourceArn": facts("service"),
  "aws:SourceAccount": facts("service"),
  "aws:SourceOwner": facts("service"),
  "aws:SourceOrgID": facts("service"),
  "aws:SourceOrgPaths": facts("service", multivalued),
  "aws:CalledViaAWSMCP": facts("service"),
  "aws:ViaAWSMCPService": facts("service"),
};

const globalKeys: ReadonlyMap<string, KeyFacts> = new Map(
  Object.entries(documentedKeys).map(([key, known]) => [key.toLowerCase(), known]),
);

const globalPrefixes: readonly (readonly [string, KeyFacts])[] = [
  ["aws:principaltag/", facts("tag")],
  ["aws:resourcetag/", facts("tag")],
  ["aws:requesttag/", facts("caller")],
];

/** Global keys as AWS writes them; those of tags without their last part. */
export const globalKeyNames: readonly string[] = [
  ...Object.keys(documentedKeys),
  "aws:PrincipalTag/",
  "aws:ResourceTag/",
  "aws:RequestTag/",
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

/**
 * Whether a request can have the empty text for the key: a tag's value, a prefix, what the caller writes. Other keys of IAM and STS
 * have forms that rule it out ("IAM and AWS STS quotas", IAM User Guide).
 */
export function mayBeEmpty(key: string): boolean {
  if (key === resourceKey || /^(?:iam|sts):(?!resourcetag\/)/.test(key)) return false;
  const origin = keyFacts(key)?.origin;
  return origin === "tag" || (origin === "caller" && key !== "aws:tagkeys");
}

/** Keys that identity providers put into a session: `saml:aud`, `token.actions.githubusercontent.com:sub`. */
export function isFederated(key: string): boolean {
  const provider = key.slice(0, key.indexOf(":"));
  return provider === "saml" || provider.includes(".");
}
