import fc from "fast-check";
import { parseDocument, rootHold } from "../../../policypack/iam";
import { isAllowed, type Request } from "../reference";
import { condition, type Json } from "./conditions";
import { type Answered, Disagreement } from "./disagreement";
import { ACCOUNT } from "./documents";
import { now } from "./facts";
import { completed, requestsFrom, type Scenario } from "./requests";

/** A service control policy of one statement that means the root user. */
export interface RootCase {
  readonly statement: { readonly [element: string]: Json };
  readonly seed: number;
}

const FULL_ACCESS: Json = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] };
const ROOT = `arn:aws:iam::${ACCOUNT}:root`;

const rootCondition = fc.constantFrom<{ readonly [operator: string]: Json }>(
  { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:root" } },
  { StringLike: { "aws:PrincipalArn": "arn:aws:iam::*:root" } },
  { StringLike: { "aws:PrincipalArn": ["arn:aws:iam::*:root", "arn:aws-us-gov:iam::*:root"] } },
  { ArnEquals: { "aws:PrincipalARN": "arn:*:iam::*:root" } },
  { StringEquals: { "aws:PrincipalArn": "arn:aws:iam::*:root" } },
  { StringEquals: { "aws:PrincipalArn": ROOT } },
  { StringLike: { "aws:PrincipalArn": "*:root" } },
  { StringLike: { "aws:PrincipalArn": "arn:aws:iam::*:root/*" } },
  { ArnLike: { "aws:PrincipalArn": "arn:aws:iam:us-east-1:*:root" } },
  { ArnLike: { "aws:PrincipalArn": "arn:aws-cn:iam::*:root" } },
  { ArnLikeIfExists: { "aws:PrincipalArn": "arn:aws:iam::*:root" } },
  { ArnNotLike: { "aws:PrincipalArn": ["arn:aws:iam::*:user/*", "arn:aws:iam::*:role/*"] } },
  { "ForAnyValue:StringLike": { "aws:PrincipalArn": "arn:aws:iam::*:root" } },
);

const further = fc.oneof(
  { weight: 3, arbitrary: fc.constant({}) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      { StringEquals: { "aws:RequestedRegion": "us-east-1" } },
      { Null: { "aws:AssumedRoot": "true" } },
      { BoolIfExists: { "aws:MultiFactorAuthPresent": "false" } },
      { StringNotEquals: { "aws:PrincipalTag/team": "a" } },
      { Bool: { "aws:ViaAWSService": "false" } },
    ),
  },
  { weight: 1, arbitrary: condition.map((element) => (typeof element === "object" ? { ...element } : {})) },
);

const selection = fc.constantFrom<{ readonly [element: string]: Json }>(
  { Action: "*" },
  { Action: ["iam:*", "s3:*"] },
  { Action: "iam:CreateAccessKey" },
  { NotAction: ["iam:CreateVirtualMFADevice", "s3:Get*"] },
  { NotAction: "iam:*" },
);

export const rootCase: fc.Arbitrary<RootCase> = fc
  .tuple(
    rootCondition,
    further,
    selection,
    fc.constantFrom("*", "*", "*", "arn:aws:iam::*:*", "arn:aws:*:*:*:*"),
    fc.nat(),
  )
  .map(([root, more, selected, Resource, seed]) => ({
    statement: { Effect: "Deny", ...selected, Resource, Condition: { ...more, ...root } },
    seed,
  }));

const REQUESTS: readonly Pick<Request, "action" | "resource">[] = [
  { action: "iam:CreateAccessKey", resource: `arn:aws:iam::${ACCOUNT}:user/alice` },
  { action: "iam:ListUsers", resource: "*" },
  { action: "s3:GetObject", resource: "arn:aws:s3:::bucket/a/b" },
  { action: "s3:PutObject", resource: "arn:aws:s3:::bucket/a/b" },
];

const settled = {
  "aws:principalarn": ROOT,
  "aws:principalaccount": ACCOUNT,
  "aws:principaltype": "Account",
  "aws:viaawsservice": "false",
};
const scenario: Scenario = { name: "with MFA", context: settled, absent: new Set(["aws:username", "aws:assumedroot"]) };

/** Asks the core whether the statement binds the root user and holds the answer against the reference. */
export function askRoot({ statement, seed }: RootCase): readonly Answered[] {
  const policy: Json = { Version: "2012-10-17", Statement: [statement] };
  const { document } = parseDocument(JSON.stringify(policy), "scp");
  if (document === undefined) throw new Disagreement("the service control policy is not read");
  const isMeant = (request: Request) =>
    !allowed(request, { Version: "2012-10-17", Statement: [withoutSubject(statement)] });
  return rootHold(document, { origin: "scp", partition: "aws", now }).map(({ escapes }) => {
    if (escapes.answer === "yes") {
      const { witness } = escapes.because;
      for (const request of completed(witness, settled, [policy]))
        if (!allowed(request, policy))
          throw new Disagreement(`rootHold has a witness that is denied: ${JSON.stringify(request)}`);
    } else if (escapes.answer === "no") {
      for (const asked of REQUESTS)
        for (const request of requestsFrom([policy], asked, [scenario], seed, 8))
          if (isMeant(request) && allowed(request, policy))
            throw new Disagreement(
              `rootHold finds no way out, but this request is allowed: ${JSON.stringify(request)}`,
            );
    }
    return {
      question: "rootHold",
      answer: escapes.answer,
      because: escapes.answer === "unknown" ? escapes.because : [],
    };
  });
}

/**
 * The statement for everybody everywhere: without the conditions that are to name the root user, and those that are to name
 * regions. The others say what the statement means to bind.
 */
function withoutSubject(statement: RootCase["statement"]): Json {
  const { Condition = {}, ...rest } = statement;
  const kept = Object.entries(Condition).map(([operator, keys]) => {
    const isSubject = (key: string) =>
      /^aws:principalarn$/i.test(key) || (/^aws:requestedregion$/i.test(key) && !/not/i.test(operator));
    return [operator, Object.fromEntries(Object.entries(keys).filter(([key]) => !isSubject(key)))];
  });
  return { ...rest, Condition: Object.fromEntries(kept) };
}

function allowed(request: Request, policy: Json): boolean {
  return isAllowed(request, { identity: [FULL_ACCESS], scps: [[FULL_ACCESS], [FULL_ACCESS, policy]] });
}
