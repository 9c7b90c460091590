import fc from "fast-check";
import type { Fields, Registered } from "../host/requests";
import { unknownText, urnOf } from "../host/requests";

/**
 * Random small stacks of users, groups and roles, each as `up` sees it at its end, where everything is known, and as a preview
 * sees it, where what AWS gives out is not: ARNs and ids, and texts made from them. Some roles are made with a provider of another
 * account, which both know: where no account is known, identities count as being in one.
 */
export interface Stack {
  readonly known: readonly Registered[];
  readonly preview: readonly Registered[];
}

const ACCOUNT = "111122223333";
const OTHER = "444455556666";
const USER = `arn:aws:iam::${ACCOUNT}:user/dana`;
const TYPES = {
  provider: "pulumi:providers:aws",
  user: "aws:iam/user:User",
  group: "aws:iam/group:Group",
  role: "aws:iam/role:Role",
  policy: "aws:iam/policy:Policy",
} as const;

/** A value that a preview does not know, with the resource that it comes from. */
interface Later {
  readonly later: string;
  readonly from: string;
}

type Value = string | boolean | number | Later | readonly Value[];

interface Draft {
  readonly type: string;
  readonly name: string;
  readonly properties: Readonly<Record<string, Value>>;
  readonly outputs?: Readonly<Record<string, string>>;
  readonly abroad?: boolean;
}

function isLater(value: Value): value is Later {
  return typeof value === "object" && "later" in value;
}

function json(...statements: readonly unknown[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}

const allow = (Action: unknown, Resource: unknown, Condition?: unknown) => ({
  Effect: "Allow",
  Action,
  Resource,
  ...(Condition === undefined ? {} : { Condition }),
});

const ROLES = ["builder", "deployer"] as const;

function roleArn(name: string, isAbroad: boolean): string {
  return `arn:aws:iam::${isAbroad ? OTHER : ACCOUNT}:role/${name}`;
}

type Say = (isAbroad: boolean) => Value;

function oneOf(...texts: readonly string[]): fc.Arbitrary<Say> {
  return fc.constantFrom(...texts).map((text) => () => text);
}

const harmless = oneOf(
  json(allow("s3:GetObject", "*")),
  json(allow(["s3:ListBucket", "s3:PutObject"], ["arn:aws:s3:::shop", "arn:aws:s3:::shop/*"])),
  json(allow(["iam:GetUser", "iam:ListMFADevices"], "*")),
);

/** Some need the ARN of a role of the stack, so that a preview does not know them. */
const assuming: fc.Arbitrary<Say> = fc.oneof(
  oneOf(
    json(allow("sts:AssumeRole", "arn:aws:iam::*:role/builder")),
    json(allow("sts:AssumeRole", `arn:aws:iam::${ACCOUNT}:role/*`)),
    json(allow("sts:AssumeRole", `arn:aws:iam::${OTHER}:role/elsewhere`)),
    json(allow("sts:AssumeRole", "*", { StringEquals: { "aws:PrincipalAccount": ACCOUNT } })),
  ),
  fc.constantFrom(...ROLES).map(
    (name): Say =>
      (isAbroad) => ({ later: json(allow("sts:AssumeRole", roleArn(name, isAbroad))), from: name }),
  ),
);

const powerful = oneOf(
  json(allow("*", "*")),
  json(allow("iam:*", "*")),
  json(allow("*", "*", { Bool: { "aws:MultiFactorAuthPresent": "true" } })),
);

const stepwise = oneOf(
  json(allow("iam:AttachUserPolicy", "arn:aws:iam::*:user/dana")),
  json(allow("iam:AttachUserPolicy", "*", { ArnEquals: { "iam:PolicyARN": "arn:aws:iam::aws:policy/IAMFullAccess" } })),
  json(allow(["iam:PassRole", "lambda:CreateFunction", "lambda:InvokeFunction"], "*")),
  json(allow(["iam:PassRole", "lambda:*"], [`arn:aws:iam::${ACCOUNT}:role/builder`, "arn:aws:lambda:*:*:*"])),
  json(allow("iam:CreatePolicyVersion", `arn:aws:iam::${ACCOUNT}:policy/shared`)),
);

const document: fc.Arbitrary<Say> = fc.oneof(
  { weight: 4, arbitrary: harmless },
  { weight: 4, arbitrary: assuming },
  { weight: 1, arbitrary: powerful },
  { weight: 1, arbitrary: stepwise },
);

const trust: fc.Arbitrary<Value> = fc.constantFrom<Value>(
  json({ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "lambda.amazonaws.com" } }),
  json({ Effect: "Allow", Action: "sts:AssumeRole", Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` } }),
  json({
    Effect: "Allow",
    Action: "sts:AssumeRole",
    Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` },
    Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } },
  }),
  json({ Effect: "Allow", Action: "sts:AssumeRole", Principal: { AWS: USER } }),
  { later: json({ Effect: "Allow", Action: "sts:AssumeRole", Principal: { AWS: USER } }), from: "dana" },
);

const role = fc.record({
  trust,
  document: fc.oneof(harmless, powerful),
  isAttached: fc.boolean(),
  isAbroad: fc.boolean(),
});

interface Parts {
  readonly userDocument: Say;
  readonly groupDocument: Say;
  readonly hasLogin: boolean;
  readonly isMember: boolean;
  readonly isShared: boolean;
  readonly roles: readonly {
    readonly trust: Value;
    readonly document: Say;
    readonly isAttached: boolean;
    readonly isAbroad: boolean;
  }[];
}

function draftsOf({ userDocument, groupDocument, hasLogin, isMember, isShared, roles }: Parts): readonly Draft[] {
  const isAbroad = roles.some((one) => one.isAbroad);
  const arn = (type: string, name: string, account = ACCOUNT) => `arn:aws:iam::${account}:${type}/${name}`;
  return [
    {
      type: TYPES.user,
      name: "dana",
      properties: { name: "dana", path: "/", forceDestroy: false },
      outputs: { arn: USER, id: "dana", uniqueId: "AIDACKCEVSQ6C2EXAMPLE" },
    },
    {
      type: TYPES.group,
      name: "desk",
      properties: { name: "desk", path: "/" },
      outputs: { arn: arn("group", "desk"), id: "desk" },
    },
    {
      type: TYPES.policy,
      name: "shared",
      properties: { name: "shared", path: "/", policy: groupDocument(isAbroad) },
      outputs: { arn: arn("policy", "shared"), id: arn("policy", "shared") },
    },
    isShared
      ? {
          type: "aws:iam/groupPolicyAttachment:GroupPolicyAttachment",
          name: "desk-shared",
          properties: { group: "desk", policyArn: { later: arn("policy", "shared"), from: "shared" } },
        }
      : {
          type: "aws:iam/userPolicyAttachment:UserPolicyAttachment",
          name: "dana-shared",
          properties: { user: "dana", policyArn: { later: arn("policy", "shared"), from: "shared" } },
        },
    {
      type: "aws:iam/userPolicy:UserPolicy",
      name: "dana-own",
      properties: { name: "dana-own", user: "dana", policy: userDocument(isAbroad) },
    },
    ...(hasLogin
      ? [{ type: "aws:iam/userLoginProfile:UserLoginProfile", name: "dana-login", properties: { user: "dana" } }]
      : []),
    ...(isMember
      ? [
          {
            type: "aws:iam/userGroupMembership:UserGroupMembership",
            name: "dana-desk",
            properties: { user: "dana", groups: ["desk"] },
          },
        ]
      : []),
    ...roles.flatMap((one, i): Draft[] => {
      const name = ROLES[i] ?? "builder";
      const where = { abroad: one.isAbroad };
      const made = {
        type: TYPES.role,
        name,
        properties: { name, path: "/", assumeRolePolicy: one.trust },
        outputs: { arn: roleArn(name, one.isAbroad), id: name },
        ...where,
      };
      const policy = one.document(isAbroad);
      if (!one.isAttached)
        return [
          made,
          {
            type: "aws:iam/rolePolicy:RolePolicy",
            name: `${name}-own`,
            properties: { name: `${name}-own`, role: name, policy },
            ...where,
          },
        ];
      const own = arn("policy", `${name}-rights`, one.isAbroad ? OTHER : ACCOUNT);
      return [
        made,
        {
          type: TYPES.policy,
          name: `${name}-rights`,
          properties: { name: `${name}-rights`, path: "/", policy },
          outputs: { arn: own, id: own },
          ...where,
        },
        {
          type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
          name: `${name}-attached`,
          properties: { role: name, policyArn: { later: own, from: `${name}-rights` } },
          ...where,
        },
      ];
    }),
  ];
}

function registered(drafts: readonly Draft[], isKnown: boolean): readonly Registered[] {
  const typeOf = (name: string) => drafts.find((draft) => draft.name === name)?.type ?? TYPES.user;
  const show = (value: Value): Fields[string] => {
    if (isLater(value)) return isKnown ? value.later : unknownText;
    return Array.isArray(value) ? value.map(show) : (value as string | number | boolean);
  };
  const abroad = {
    name: "abroad",
    type: TYPES.provider,
    urn: urnOf(TYPES.provider, "abroad"),
    inputs: providerInputs(),
  };
  return [
    { type: TYPES.provider, name: "abroad", inputs: providerInputs() },
    ...drafts.map((draft): Registered => {
      const entries = Object.entries(draft.properties);
      const outputs = Object.entries(draft.outputs ?? {}).map(([key, value]) => [key, isKnown ? value : unknownText]);
      return {
        type: draft.type,
        name: draft.name,
        inputs: Object.fromEntries(entries.map(([key, value]) => [key, show(value)])),
        outputs: Object.fromEntries(outputs),
        from: Object.fromEntries(
          entries.flatMap(([key, value]) => (isLater(value) ? [[key, [urnOf(typeOf(value.from), value.from)]]] : [])),
        ),
        ...(draft.abroad === true ? { provider: abroad } : {}),
      };
    }),
  ];

  function providerInputs(): Fields {
    return { region: "eu-central-1", allowedAccountIds: JSON.stringify([OTHER]) };
  }
}

export const stack: fc.Arbitrary<Stack> = fc
  .record({
    userDocument: document,
    groupDocument: document,
    hasLogin: fc.boolean(),
    isMember: fc.boolean(),
    isShared: fc.boolean(),
    roles: fc.array(role, { minLength: 1, maxLength: 2 }),
  })
  .map((parts) => {
    const drafts = draftsOf(parts);
    return {
      known: registered(drafts, true),
      preview: registered(drafts, false),
    };
  });
