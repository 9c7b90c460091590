import fc from "fast-check";
import { matchesGlob } from "../reference-pattern";
import { condition, type Json } from "./conditions";

/** Policies in several layers, and one question to ask about them. */
export interface PolicySet {
  readonly kind: "user" | "role";
  readonly identity: readonly Json[];
  readonly boundary?: Json;
  readonly scps: readonly (readonly Json[])[];
  readonly action: string;
  readonly resource: string;
  /** Of the random numbers that pick requests. */
  readonly seed: number;
}

export const ACCOUNT = "111122223333";

const ACTIONS_BY_RESOURCE: Readonly<Record<string, readonly string[]>> = {
  "*": ["iam:ListUsers", "s3:ListAllMyBuckets", "iam:GetAccountSummary"],
  "arn:aws:iam::111122223333:user/alice": [
    "iam:PutUserPolicy",
    "iam:AttachUserPolicy",
    "iam:CreateAccessKey",
    "iam:TagUser",
  ],
  "arn:aws:iam::111122223333:user/team/bob": ["iam:PutUserPolicy", "iam:CreateLoginProfile", "iam:TagUser"],
  "arn:aws:iam::111122223333:role/app-web": ["sts:AssumeRole", "iam:PassRole", "iam:UpdateAssumeRolePolicy"],
  "arn:aws:iam::111122223333:role/admin": ["sts:AssumeRole", "iam:PassRole", "iam:AttachRolePolicy"],
  "arn:aws:iam::111122223333:policy/team-x": ["iam:CreatePolicyVersion", "iam:SetDefaultPolicyVersion"],
  "arn:aws:iam::111122223333:group/admins": ["iam:AddUserToGroup", "iam:PutGroupPolicy"],
  "arn:aws:s3:::bucket/a/b": ["s3:GetObject", "s3:PutObject"],
  "arn:aws:s3:::bucket": ["s3:ListBucket"],
  "arn:aws:lambda:us-east-1:111122223333:function:job:prod": ["lambda:InvokeFunction"],
};

type Asked = Pick<PolicySet, "action" | "resource">;

const request: fc.Arbitrary<Asked> = fc
  .constantFrom(...Object.entries(ACTIONS_BY_RESOURCE))
  .chain(([resource, actions]) => fc.record({ resource: fc.constant(resource), action: fc.constantFrom(...actions) }));

const ACTION_PATTERNS = [
  "*",
  "*",
  "*:*",
  "iam:*",
  "iam:*",
  "IAM:put*policy",
  "iam:?utUserPolicy",
  "iam:*User*",
  "iam:Create*",
  "iam:List*",
  "iam:*MFA*",
  "iam:PassRole",
  "iam:PassRole ",
  "sts:*",
  "sts:AssumeRole",
  "s3:*",
  "s3:Get*",
  "s3:List*",
  "ec2:*",
  "*:Get*",
  "i?m:*",
  "iam:AttachUserPolicy",
  "iam:CreatePolicyVersion",
  "iam:AddUserToGroup",
];
const SELF_SERVICE = [
  "iam:CreateVirtualMFADevice",
  "iam:EnableMFADevice",
  "iam:GetUser",
  "iam:ListMFADevices",
  "iam:ListVirtualMFADevices",
  "iam:ResyncMFADevice",
  "sts:GetSessionToken",
];
const USER_PATTERNS = [
  "arn:aws:*:user/*",
  "arn:aws:iam::111122223333:user/alice",
  "arn:aws:iam::*:user/*",
  `arn:aws:iam::*:user/\${aws:username}`,
  `arn:aws:iam::*:user/\${aws:PrincipalTag/team}`,
  "arn:aws:iam::*:user/team/*",
  "arn:aws:iam::111122223333:user/ali?e",
];
const ROLE_PATTERNS = [
  "arn:aws:*:role/app-*",
  "arn:*:iam::*:role/app-*",
  "arn:aws:iam::111122223333:role/*",
  `arn:aws:iam::*:role/\${*}`,
];
const BUCKET_PATTERNS = [
  "arn:*:bucket/*",
  "arn:aws:s3:::*",
  "arn:aws:s3:::bucket*",
  "arn:aws:s3:::bucket/*/b",
  `arn:aws:s3:::bucket/\${aws:PrincipalTag/team}/*`,
  `arn:aws:s3:::bucket/\${aws:PrincipalTag/dept, 'a'}/*`,
];
/** ARNs whose wildcards may run past a colon, complete ones and incomplete ones. */
const FUNCTION_PATTERNS = [
  "arn:aws:lambda:*:*:function:job:*",
  "arn:aws:lambda:*:*:job:prod",
  "arn:aws:lambda:*:*:function:job",
  "arn:aws:lambda:*:function:job:*",
  "arn:aws:lambda:*:prod",
  "arn:aws:lambda:us-east-?:*",
];
const OTHER_PATTERNS = [
  "arn:aws:iam::*:policy/*",
  "arn:aws:iam::*:group/*",
  "arn:aws:iam::*",
  "arn:aws:iam",
  "arn:aws:*:*:*:*",
];
const RESOURCE_PATTERNS = [
  ...USER_PATTERNS,
  ...ROLE_PATTERNS,
  ...BUCKET_PATTERNS,
  ...FUNCTION_PATTERNS,
  ...OTHER_PATTERNS,
];
const RESOURCE_PATTERNS_FOR: Readonly<Record<string, readonly string[]>> = {
  "arn:aws:iam::111122223333:user/alice": USER_PATTERNS,
  "arn:aws:iam::111122223333:user/team/bob": USER_PATTERNS,
  "arn:aws:iam::111122223333:role/app-web": ROLE_PATTERNS,
  "arn:aws:iam::111122223333:role/admin": ROLE_PATTERNS,
  "arn:aws:s3:::bucket/a/b": BUCKET_PATTERNS,
  "arn:aws:s3:::bucket": BUCKET_PATTERNS,
  "arn:aws:lambda:us-east-1:111122223333:function:job:prod": FUNCTION_PATTERNS,
};

function oneOrMore(values: readonly string[]): fc.Arbitrary<Json> {
  return fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...values) },
    { weight: 2, arbitrary: fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 3 }) },
  );
}

function either(
  name: string,
  likely: fc.Arbitrary<Json>,
  unlikely: fc.Arbitrary<Json>,
): fc.Arbitrary<Record<string, Json>> {
  return fc.oneof(
    { weight: 5, arbitrary: likely.map((value) => ({ [name]: value })) },
    { weight: 1, arbitrary: unlikely.map((value) => ({ [`Not${name}`]: value })) },
  );
}

/** Most values are to the point: they match what is asked. The others are there to be passed over. */
function statement(effects: readonly string[], asked: Asked): fc.Arbitrary<Json> {
  const isAsked = (pattern: string) => matchesGlob(pattern.toLowerCase(), asked.action.toLowerCase());
  const actions = [...ACTION_PATTERNS.filter(isAsked), asked.action, asked.action.toUpperCase()];
  const resources = ["*", "*", "*", asked.resource, ...(RESOURCE_PATTERNS_FOR[asked.resource] ?? [])];
  return fc
    .tuple(
      fc.constantFrom(...effects),
      either(
        "Action",
        mostly(actions, ACTION_PATTERNS),
        fc.oneof(fc.constant<Json>(SELF_SERVICE), oneOrMore(ACTION_PATTERNS)),
      ),
      either("Resource", mostly(resources, RESOURCE_PATTERNS), oneOrMore(RESOURCE_PATTERNS)),
      condition,
    )
    .map(([Effect, action, resource, Condition]) => ({
      Effect,
      ...action,
      ...resource,
      ...(Condition === undefined ? {} : { Condition }),
    }));
}

function mostly(likely: readonly string[], others: readonly string[]): fc.Arbitrary<Json> {
  return fc.oneof({ weight: 3, arbitrary: oneOrMore(likely) }, { weight: 1, arbitrary: oneOrMore(others) });
}

const version = fc.constantFrom("2012-10-17", "2012-10-17", "2012-10-17", "2012-10-17", "2008-10-17", undefined);

function document(effects: readonly string[], most: number, asked: Asked): fc.Arbitrary<Json> {
  const statements = fc.array(statement(effects, asked), { minLength: 1, maxLength: most });
  return fc.tuple(version, statements, fc.boolean()).map(([Version, list, bare]) => ({
    ...(Version === undefined ? {} : { Version }),
    Statement: bare && list.length === 1 && list[0] !== undefined ? list[0] : list,
  }));
}

const FULL_ACCESS: Json = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] };
const MIXED = ["Allow", "Allow", "Allow", "Deny"];

/** What limits without granting: full access but for a Deny, or a choice of grants. */
function limit(asked: Asked): fc.Arbitrary<Json[]> {
  return fc.oneof(
    { weight: 2, arbitrary: document(["Deny"], 2, asked).map((deny) => [FULL_ACCESS, deny]) },
    { weight: 1, arbitrary: document(MIXED, 2, asked).map((one) => [one]) },
  );
}

function seldom<T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> {
  return fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });
}

export const policySet: fc.Arbitrary<PolicySet> = request.chain((asked) =>
  fc
    .record({
      kind: fc.constantFrom("user" as const, "user" as const, "role" as const),
      identity: fc.array(document(MIXED, 3, asked), { minLength: 1, maxLength: 3 }),
      boundary: seldom(fc.oneof(document(MIXED, 2, asked), limit(asked).map(joined))),
      scps: seldom(
        fc.oneof(
          limit(asked).map((level) => [level]),
          limit(asked).map((level) => [[FULL_ACCESS], level]),
        ),
      ),
      seed: fc.nat(),
    })
    .map(({ boundary, scps, ...set }) => ({
      ...set,
      ...asked,
      ...(boundary === undefined ? {} : { boundary }),
      scps: scps ?? [],
    })),
);

/** The statements of several documents in one. */
function joined(documents: readonly Json[]): Json {
  const statements = documents.flatMap((one) => (typeof one === "object" && "Statement" in one ? one.Statement : []));
  return { Version: "2012-10-17", Statement: statements };
}
