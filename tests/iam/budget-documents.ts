import { type Document, type Policy, type Principal, parseDocument } from "../../policypack/iam";

/** Policies that are hard on a solver, and the ones of everyday, for the tests of the budget and for the benchmark. */

export function documentOf(...statements: readonly unknown[]): Document {
  return parsed(textOf(...statements));
}

export function textOf(...statements: readonly unknown[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}

export function parsed(text: string, kind: "identity" | "scp" = "identity"): Document {
  const { document } = parseDocument(text, kind);
  if (document === undefined) throw new Error("the text is no policy");
  return document;
}

export function userWith(...documents: readonly Document[]): Principal {
  const identity: readonly Policy[] = documents.map((document, index) => ({ origin: `policy ${index}`, document }));
  return { kind: "user", name: "alice", account: "111122223333", identity };
}

/** `a*a*a*…`: every position of the text can be one of many positions of the pattern. */
export function wildcards(count: number): string {
  return "a*".repeat(count);
}

/** Allows what ends like one of many, and denies what looks like one of many others. */
export const thousandsOfWildcards: string = textOf(
  {
    Effect: "Allow",
    Action: "s3:GetObject",
    Resource: Array.from({ length: 40 }, (_, i) => `arn:aws:s3:::*${wildcards(25)}b${i}`),
  },
  {
    Effect: "Deny",
    Action: "s3:*",
    Resource: Array.from({ length: 40 }, (_, i) => `arn:aws:s3:::*${wildcards(25)}*${i}`),
  },
);

/** Denies on everything but the matches of patterns that overlap, on conditions that exclude each other's values. */
export const nestedNegation: string = textOf(
  { Effect: "Allow", NotAction: "iam:*", NotResource: `arn:aws:s3:::${wildcards(12)}` },
  ...Array.from({ length: 24 }, (_, i) => ({
    Effect: "Deny",
    NotAction: [`s3:Get*`, `s3:Put*${i}`],
    NotResource: [`arn:aws:s3:::*${i}${wildcards(6)}`, `arn:aws:s3:::${wildcards(6)}${i}*`],
    Condition: {
      StringNotLike: { "aws:PrincipalTag/team": [`*${i}${wildcards(4)}`, `${wildcards(4)}${i}*`] },
      StringNotEqualsIfExists: { "aws:RequestTag/team": [`${i}`] },
    },
  })),
);

/** Many Denies with two conditions each, all of which a request has to get past at once. */
export const manyConditions: string = textOf(
  { Effect: "Allow", Action: "*", Resource: "*" },
  ...Array.from({ length: 60 }, (_, i) => ({
    Effect: "Deny",
    Action: "*",
    Resource: "*",
    Condition: {
      StringLike: { [`aws:PrincipalTag/k${i % 12}`]: `*${i % 7}*` },
      StringNotLike: { [`aws:RequestTag/r${i % 9}`]: `*${i % 5}*` },
    },
  })),
);

/** As many different statements as AWS's limit for a managed policy lets in (6,144 characters), up to 200. */
export const longestManagedPolicy: string = fitting(6_144, 200, (i) => ({
  Effect: i % 9 === 8 ? "Deny" : "Allow",
  Action: `${["s3", "ec2", "sqs", "sns"][i % 4]}:${["Get", "List", "Put"][i % 3]}*`,
  Resource: "*",
}));

/** 200 statements, which is more than fits into a managed policy. */
export const twoHundredStatements: string = fitting(20_480, 200, (i) => ({
  Effect: i % 9 === 8 ? "Deny" : "Allow",
  Action: `${["s3", "ec2", "sqs", "sns"][i % 4]}:${["Get", "List", "Put"][i % 3]}*`,
  Resource: `arn:aws:s3:::b${i}/*`,
}));

function fitting(characters: number, most: number, statement: (index: number) => unknown): string {
  const statements: unknown[] = [];
  for (let i = 0; i < most; i++) {
    if (textOf(...statements, statement(i)).length > characters) break;
    statements.push(statement(i));
  }
  return textOf(...statements);
}

export const administrator: string = textOf({ Effect: "Allow", Action: "*", Resource: "*" });

export const gatedAdministrator: string = textOf(
  { Effect: "Allow", Action: "*", Resource: "*" },
  {
    Effect: "Deny",
    NotAction: ["iam:CreateVirtualMFADevice", "iam:EnableMFADevice", "iam:ListMFADevices", "sts:GetSessionToken"],
    Resource: "*",
    Condition: { BoolIfExists: { "aws:MultiFactorAuthPresent": "false" } },
  },
);

export const bucketReader: string = textOf(
  { Effect: "Allow", Action: ["s3:GetObject", "s3:PutObject"], Resource: "arn:aws:s3:::shop-*/*" },
  { Effect: "Allow", Action: "s3:ListBucket", Resource: "arn:aws:s3:::shop-*" },
);

export const deployer: string = textOf(
  {
    Effect: "Allow",
    Action: ["lambda:CreateFunction", "lambda:UpdateFunctionCode", "lambda:InvokeFunction", "cloudformation:*"],
    Resource: "*",
  },
  {
    Effect: "Allow",
    Action: "iam:PassRole",
    Resource: "arn:aws:iam::111122223333:role/app-*",
    Condition: { StringEquals: { "iam:PassedToService": "lambda.amazonaws.com" } },
  },
);

export const ownCredentials: string = textOf({
  Effect: "Allow",
  Action: ["iam:CreateAccessKey", "iam:DeleteAccessKey", "iam:ListAccessKeys", "iam:ChangePassword"],
  Resource: "arn:aws:iam::*:user/${aws:username}",
});

export const developer: string = textOf(
  { Effect: "Allow", NotAction: ["iam:*", "organizations:*", "account:*"], Resource: "*" },
  {
    Effect: "Deny",
    Action: ["ec2:*", "rds:*"],
    Resource: "*",
    Condition: { StringNotEquals: { "aws:RequestedRegion": ["eu-central-1", "eu-west-1"] } },
  },
  {
    Effect: "Deny",
    Action: "*",
    Resource: "*",
    Condition: { NotIpAddress: { "aws:SourceIp": "203.0.113.0/24" }, Bool: { "aws:ViaAWSService": "false" } },
  },
);

export const rootGuard: string = textOf({
  Effect: "Deny",
  NotAction: ["account:CloseAccount", "iam:GetUser", "s3:PutBucketPolicy", "sqs:SetQueueAttributes"],
  Resource: "*",
  Condition: { ArnLike: { "aws:PrincipalArn": "arn:*:iam::*:root" }, Null: { "aws:AssumedRoot": "true" } },
});

export const regionalRootGuard: string = textOf({
  Effect: "Deny",
  Action: "*",
  Resource: "*",
  Condition: {
    StringLike: { "aws:PrincipalArn": "arn:aws:iam::*:root" },
    StringEquals: { "aws:RequestedRegion": ["us-east-1"] },
  },
});
