import fc from "fast-check";
import { conditionsOnOneKey, type Json } from "./conditions";
import { ACCOUNT, type PolicySet } from "./documents";

const asked = fc.constantFrom(
  { action: "iam:TagUser", resource: `arn:aws:iam::${ACCOUNT}:user/alice` },
  { action: "iam:AttachUserPolicy", resource: `arn:aws:iam::${ACCOUNT}:user/alice` },
  { action: "s3:ListBucket", resource: "arn:aws:s3:::bucket" },
);

function documentOf(condition: fc.Arbitrary<Json>, effects: readonly string[], most: number): fc.Arbitrary<Json> {
  const statement = fc
    .tuple(fc.constantFrom(...effects), condition)
    .map(([Effect, Condition]) => ({ Effect, Action: "*", Resource: "*", Condition }));
  return fc
    .array(statement, { minLength: 1, maxLength: most })
    .map((Statement) => ({ Version: "2012-10-17", Statement }));
}

/** Policies that differ in their conditions on one key only, in several layers that must agree about it. */
export const oneKeySet: fc.Arbitrary<PolicySet> = fc.tuple(asked, conditionsOnOneKey).chain(([request, condition]) =>
  fc
    .tuple(
      documentOf(condition, ["Allow", "Allow", "Deny"], 3),
      documentOf(condition, ["Allow", "Allow", "Deny"], 2),
      documentOf(condition, ["Allow"], 1),
      fc.nat(),
    )
    .map(([identity, boundary, scp, seed]) => ({
      kind: "user" as const,
      identity: [identity],
      boundary,
      scps: [[scp]],
      ...request,
      seed,
    })),
);
