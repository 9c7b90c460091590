import type { Account } from "../shared/provider-account";

/** What decides the text of both policies. */
export interface DeveloperBoundaryTerms {
  /** The path of the roles that teams make; it begins and ends with a slash, and has a name in between. */
  readonly teamPath: string;
  readonly boundaryName: string;
  /** ARNs, wildcards allowed, of roles elsewhere that teams may pass to a service. */
  readonly passableRoles: readonly string[];
  /** ARNs, wildcards allowed, of roles elsewhere that teams and their roles may assume. */
  readonly assumableRoles: readonly string[];
}

export function boundaryArnOf(account: Account, name: string): string {
  return `arn:${account.partition}:iam::${account.id}:policy/${name}`;
}

/**
 * Services that decide who an administrator is, here or in other accounts: nothing of them is within the boundary but what its
 * further statements name. IAM Roles Anywhere makes identities out of certificates, and the account access manager lets
 * people of IAM Identity Center into roles.
 */
const identityServices = [
  "account-access:*",
  "account:*",
  "iam:*",
  "identitystore:*",
  "organizations:*",
  "rolesanywhere:*",
  "sso-directory:*",
  "sso:*",
  "sts:Assume*",
];

/** Calls that carry the role's permissions boundary, so that it can be demanded in every one of them. */
const boundedRoleCalls = [
  "iam:AttachRolePolicy",
  "iam:CreateRole",
  "iam:DeleteRolePolicy",
  "iam:DetachRolePolicy",
  "iam:PutRolePermissionsBoundary",
  "iam:PutRolePolicy",
];

/** What else it takes to keep roles, their instance profiles and their policies. */
const keepingCalls = [
  "iam:AddRoleToInstanceProfile",
  "iam:CreateInstanceProfile",
  "iam:CreatePolicy",
  "iam:CreatePolicyVersion",
  "iam:DeleteInstanceProfile",
  "iam:DeletePolicy",
  "iam:DeletePolicyVersion",
  "iam:DeleteRole",
  "iam:RemoveRoleFromInstanceProfile",
  "iam:SetDefaultPolicyVersion",
  "iam:TagInstanceProfile",
  "iam:TagPolicy",
  "iam:TagRole",
  "iam:UntagInstanceProfile",
  "iam:UntagPolicy",
  "iam:UntagRole",
  "iam:UpdateAssumeRolePolicy",
  "iam:UpdateRole",
  "iam:UpdateRoleDescription",
];

const readingCalls = ["iam:Generate*", "iam:Get*", "iam:List*", "iam:Simulate*"];

/** Allows roles below the path, each with the boundary, and their policies; the same in both policies. */
function makingRoles(account: Account, { teamPath, boundaryName, passableRoles }: DeveloperBoundaryTerms) {
  const iam = `arn:${account.partition}:iam::${account.id}`;
  const roles = `${iam}:role${teamPath}*`;
  return [
    { Sid: "SeeIdentities", Effect: "Allow", Action: readingCalls, Resource: "*" },
    {
      Sid: "MakeBoundedRoles",
      Effect: "Allow",
      Action: boundedRoleCalls,
      Resource: roles,
      Condition: { StringEquals: { "iam:PermissionsBoundary": boundaryArnOf(account, boundaryName) } },
    },
    {
      Sid: "KeepOwnRolesAndPolicies",
      Effect: "Allow",
      Action: keepingCalls,
      Resource: [roles, `${iam}:instance-profile${teamPath}*`, `${iam}:policy${teamPath}*`],
    },
    { Sid: "PassOwnRoles", Effect: "Allow", Action: "iam:PassRole", Resource: [roles, ...passableRoles] },
    {
      Sid: "LetServicesMakeTheirRoles",
      Effect: "Allow",
      Action: ["iam:CreateServiceLinkedRole", "iam:DeleteServiceLinkedRole"],
      Resource: `${iam}:role/aws-service-role/*`,
    },
  ];
}

/**
 * The boundary: what a role that a team makes, and whoever else has it, can have at most. Everything but identities; of those,
 * roles below the team's path that have this boundary themselves, so that nobody with it makes anybody without it. IAM's
 * actions are listed, not taken away, so that one that is new is not in it. See "Permissions boundaries for IAM entities" and
 * "Delegating responsibility to others using permissions boundaries" in the IAM User Guide.
 */
export function boundaryPolicy(account: Account, terms: DeveloperBoundaryTerms): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      { Sid: "EverythingButIdentities", Effect: "Allow", NotAction: identityServices, Resource: "*" },
      {
        Sid: "SeeTheAccount",
        Effect: "Allow",
        Action: ["account:Get*", "account:List*", "organizations:Describe*", "organizations:List*"],
        Resource: "*",
      },
      ...makingRoles(account, terms),
      {
        Sid: "AssumeOwnRoles",
        Effect: "Allow",
        Action: "sts:AssumeRole",
        Resource: [`arn:${account.partition}:iam::${account.id}:role${terms.teamPath}*`, ...terms.assumableRoles],
      },
    ],
  });
}

/**
 * What teams are given, beside the permissions of their work: making roles below their path. Its Denies demand the boundary of
 * whoever has this policy, whatever its other policies say: no role without it, none whose boundary is taken off, neither of
 * these two policies rewritten, no other role passed.
 */
export function delegationPolicy(account: Account, terms: DeveloperBoundaryTerms): string {
  const iam = `arn:${account.partition}:iam::${account.id}`;
  const boundary = boundaryArnOf(account, terms.boundaryName);
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      ...makingRoles(account, terms),
      {
        Sid: "NoRoleWithoutTheBoundary",
        Effect: "Deny",
        Action: boundedRoleCalls,
        Resource: "*",
        Condition: { StringNotEquals: { "iam:PermissionsBoundary": boundary } },
      },
      {
        Sid: "NoIdentityOutsideThePath",
        Effect: "Deny",
        Action: [...boundedRoleCalls, ...keepingCalls],
        NotResource: [
          `${iam}:role${terms.teamPath}*`,
          `${iam}:instance-profile${terms.teamPath}*`,
          `${iam}:policy${terms.teamPath}*`,
        ],
      },
      {
        Sid: "NoOtherRolePassed",
        Effect: "Deny",
        Action: "iam:PassRole",
        NotResource: [`${iam}:role${terms.teamPath}*`, ...terms.passableRoles],
      },
      {
        Sid: "NoBoundaryTakenOff",
        Effect: "Deny",
        Action: [
          "iam:DeleteRolePermissionsBoundary",
          "iam:DeleteUserPermissionsBoundary",
          "iam:PutUserPermissionsBoundary",
        ],
        Resource: "*",
      },
    ],
  });
}
