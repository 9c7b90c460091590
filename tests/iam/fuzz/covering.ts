import fc from "fast-check";
import type { Json } from "./conditions";
import { ACCOUNT, type PolicySet } from "./documents";

/** The parts that all of IAM, or all of everything, can be cut into: a reader who looks at one part alone sees too little. */
const RESOURCES = [
  "arn:aws:iam::*:user/*",
  "arn:aws:iam::*:group/*",
  "arn:aws:iam::*:role/*",
  "arn:aws:iam::*:policy/*",
  "arn:aws:iam::*:instance-profile/*",
  "arn:aws:iam::*:mfa/*",
  "arn:aws:iam::*:oidc-provider/*",
  "arn:aws:iam::*:saml-provider/*",
  "arn:aws:iam::*:server-certificate/*",
  "arn:aws:iam::*:sms-mfa/*",
  "arn:aws:iam::*:access-report/*",
  `arn:aws:iam::${ACCOUNT}:*`,
  "*",
];
const ACTIONS = ["iam:*", "iam:Put*", "iam:Attach*", "iam:Create*", "*", "sts:*"];
const CONDITIONS: readonly Json[] = [
  { Bool: { "aws:MultiFactorAuthPresent": "true" } },
  { IpAddress: { "aws:SourceIp": "203.0.113.0/24" } },
  { StringEquals: { "aws:RequestedRegion": "us-east-1" } },
];

const statement = (effect: string, condition: Json | undefined) =>
  fc
    .tuple(
      fc.uniqueArray(fc.constantFrom(...ACTIONS), { minLength: 1, maxLength: 2 }),
      fc.uniqueArray(fc.constantFrom(...RESOURCES), { minLength: 1, maxLength: RESOURCES.length }),
    )
    .map(([Action, Resource]) => ({
      Effect: effect,
      Action,
      Resource,
      ...(condition === undefined ? {} : { Condition: condition }),
    }));

/** Grants that add up to much power only when all their parts are looked at together; most share one condition or none. */
export const coveringSet: fc.Arbitrary<PolicySet> = fc
  .constantFrom<Json | undefined>(undefined, undefined, ...CONDITIONS)
  .chain((condition) =>
    fc.record({
      kind: fc.constantFrom("user" as const, "role" as const),
      allows: fc.array(statement("Allow", condition), { minLength: 1, maxLength: 3 }),
      // Very often all of IAM, so that the levels above self-escalation are met.
      whole: fc.boolean(),
      denies: fc.array(statement("Deny", undefined), { maxLength: 1 }),
      isDenied: fc.integer({ min: 0, max: 4 }),
      seed: fc.nat(),
    }),
  )
  .map(({ kind, allows, whole, denies, isDenied, seed }) => ({
    kind,
    identity: [
      ...allows,
      ...(whole ? [{ Effect: "Allow", Action: "iam:*", Resource: RESOURCES.slice(0, -2) }] : []),
      ...(isDenied === 0 ? denies : []),
    ].map((one) => ({ Version: "2012-10-17", Statement: [one] })),
    scps: [],
    action: "iam:PutUserPolicy",
    resource: "*",
    seed,
  }));
