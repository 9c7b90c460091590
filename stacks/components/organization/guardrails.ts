/** What the guardrails are told. */
export interface GuardrailTerms {
  /** Paths and names of roles that may do what the guardrails deny, and that nobody else may change; wildcards allowed. */
  readonly exemptRoles: readonly string[];
  /** Paths and names of further roles that nobody else may change; wildcards allowed. */
  readonly protectedRoles: readonly string[];
  /** Paths of users that may be made and may have keys. */
  readonly exemptUserPaths: readonly string[];
  /** Names of trails; every trail where none is named. */
  readonly protectedTrails: readonly string[];
  /** Regions outside which nothing is done; any region where none is named. */
  readonly allowedRegions: readonly string[];
}

interface Statement {
  readonly Sid: string;
  readonly Effect: "Deny";
  readonly [element: string]: unknown;
}

/**
 * What each guardrail denies in member accounts, for everybody in them, root users included: "Service control policies (SCPs)" in
 * the AWS Organizations User Guide. Actions are those of the "Service Authorization Reference". None of them names a partition, so that
 * the same text holds in each.
 */
export const guardrails = {
  /** An account that leaves takes itself out of every other guardrail. */
  "leave-organization": () => [
    { Sid: "StayInTheOrganization", Effect: "Deny", Action: "organizations:LeaveOrganization", Resource: "*" },
  ],

  /** UpdateUser among them, or a user would be moved to a path that is exempt. */
  "iam-users": ({ exemptRoles, exemptUserPaths }: GuardrailTerms) => [
    {
      Sid: "NoUsersAndKeys",
      Effect: "Deny",
      Action: [
        "iam:CreateAccessKey",
        "iam:CreateLoginProfile",
        "iam:CreateServiceSpecificCredential",
        "iam:CreateUser",
        "iam:UpdateUser",
        "iam:UploadSSHPublicKey",
        "iam:UploadSigningCertificate",
      ],
      ...(exemptUserPaths.length === 0
        ? { Resource: "*" }
        : { NotResource: exemptUserPaths.map((path) => `arn:*:iam::*:user${path}*`) }),
      ...everybodyBut(exemptRoles),
    },
  ],

  /** CreateRole among them, or somebody would make a role of an exempt one's name where there is none. */
  "admin-roles": ({ exemptRoles, protectedRoles }: GuardrailTerms) => [
    {
      Sid: "AdminRolesStayAsTheyAre",
      Effect: "Deny",
      Action: [
        "iam:AttachRolePolicy",
        "iam:CreateRole",
        "iam:DeleteRole",
        "iam:DeleteRolePermissionsBoundary",
        "iam:DeleteRolePolicy",
        "iam:DetachRolePolicy",
        "iam:PutRolePermissionsBoundary",
        "iam:PutRolePolicy",
        "iam:TagRole",
        "iam:UntagRole",
        "iam:UpdateAssumeRolePolicy",
        "iam:UpdateRole",
        "iam:UpdateRoleDescription",
      ],
      Resource: [...new Set([...protectedRoles, ...exemptRoles])].map(roleArn),
      ...everybodyBut(exemptRoles),
    },
  ],

  trail: ({ exemptRoles, protectedTrails }: GuardrailTerms) => [
    {
      Sid: "TrailsGoOn",
      Effect: "Deny",
      Action: [
        "cloudtrail:DeleteTrail",
        "cloudtrail:PutEventSelectors",
        "cloudtrail:StopLogging",
        "cloudtrail:UpdateTrail",
      ],
      Resource:
        protectedTrails.length === 0 ? "*" : protectedTrails.map((name) => `arn:*:cloudtrail:*:*:trail/${name}`),
      ...everybodyBut(exemptRoles),
    },
  ],

  "password-policy": ({ exemptRoles }: GuardrailTerms) => [
    {
      Sid: "PasswordPolicyStays",
      Effect: "Deny",
      Action: ["iam:DeleteAccountPasswordPolicy", "iam:UpdateAccountPasswordPolicy"],
      Resource: "*",
      ...everybodyBut(exemptRoles),
    },
  ],

  /** In the account of a delegated administrator: the management account is bound by no such policy. */
  "central-root-access": ({ exemptRoles }: GuardrailTerms) => [
    {
      Sid: "CentralRootAccessStaysOn",
      Effect: "Deny",
      Action: ["iam:DisableOrganizationsRootCredentialsManagement", "iam:DisableOrganizationsRootSessions"],
      Resource: "*",
      ...everybodyBut(exemptRoles),
    },
  ],
} as const satisfies Record<string, (terms: GuardrailTerms) => readonly Statement[]>;

/** A guardrail that is chosen by name; the one for regions comes with `allowedRegions`. */
export type Guardrail = keyof typeof guardrails;

/** Every name, in the order of the table. */
export const guardrailNames = Object.keys(guardrails) as readonly Guardrail[];

/**
 * Services whose requests are made to one region of the partition, or to none that the caller chooses, and the few such
 * actions of others. See "AWS: Denies access to AWS based on the requested Region" in the IAM User Guide and "Service endpoints and quotas" in
 * the AWS General Reference.
 */
const global = [
  "account-access:*",
  "account:*",
  "artifact:*",
  "aws-marketplace:*",
  "aws-portal:*",
  "bcm-data-exports:*",
  "bcm-pricing-calculator:*",
  "bcm-recommended-actions:*",
  "billing:*",
  "budgets:*",
  "ce:*",
  "chatbot:*",
  "cloudfront:*",
  "consolidatedbilling:*",
  "cost-optimization-hub:*",
  "cur:*",
  "ec2:DescribeRegions",
  "freetier:*",
  "globalaccelerator:*",
  "health:*",
  "iam:*",
  "invoicing:*",
  "networkmanager:*",
  "notifications:*",
  "organizations:*",
  "partnercentral:*",
  "payments:*",
  "pricing:*",
  "purchase-orders:*",
  "route53:*",
  "route53domains:*",
  "s3:GetAccountPublicAccessBlock",
  "s3:ListAllMyBuckets",
  "s3:PutAccountPublicAccessBlock",
  "savingsplans:*",
  "shield:*",
  "signin:*",
  "sts:*",
  "support:*",
  "supportplans:*",
  "sustainability:*",
  "tax:*",
  "trustedadvisor:*",
  "waf:*",
];

/** What CloudFront takes from us-east-1 only: its certificates and web ACLs. "Requirements for using SSL/TLS certificates with CloudFront". */
const cloudFrontParts = ["acm:*", "wafv2:*"];

/** Nothing regional outside the regions; services without regions, and what CloudFront needs in its own, stay. */
export function regionGuard({ allowedRegions, exemptRoles }: GuardrailTerms): readonly Statement[] {
  return [
    {
      Sid: "RegionsInUse",
      Effect: "Deny",
      NotAction: [...global, ...cloudFrontParts].sort(),
      Resource: "*",
      Condition: { StringNotEquals: { "aws:RequestedRegion": allowedRegions }, ...but(exemptRoles) },
    },
    {
      Sid: "RegionsInUseAndCloudFronts",
      Effect: "Deny",
      Action: cloudFrontParts,
      Resource: "*",
      Condition: {
        StringNotEquals: { "aws:RequestedRegion": [...new Set([...allowedRegions, "us-east-1"])] },
        ...but(exemptRoles),
      },
    },
  ];
}

/** The text of a policy of these statements, compact. */
export function scpOf(statements: readonly Statement[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}

function roleArn(pathAndName: string): string {
  return `arn:*:iam::*:role/${pathAndName}`;
}

function everybodyBut(exemptRoles: readonly string[]): object {
  return exemptRoles.length === 0 ? {} : { Condition: but(exemptRoles) };
}

function but(exemptRoles: readonly string[]): object {
  return exemptRoles.length === 0 ? {} : { ArnNotLike: { "aws:PrincipalArn": exemptRoles.map(roleArn) } };
}
