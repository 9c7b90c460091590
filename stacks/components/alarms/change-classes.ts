import type { EventCondition } from "./event-condition";

/** The classes of changes that {@link changesOf} tells apart: each has an alarm, so that no event hides one of another class. */
export const changeClassNames = [
  "administrators",
  "policies",
  "trust",
  "credentials",
  "mfa",
  "password-policy",
  "sign-in-without-mfa",
  "organization",
  "identity-center",
  "trail",
] as const;

export type ChangeClassName = (typeof changeClassNames)[number];

/** A class of events that make or unmake power over an account or an organization. */
export interface ChangeClass {
  readonly name: ChangeClassName;
  /** What happened, as a sentence. */
  readonly description: string;
  readonly condition: EventCondition;
}

/**
 * All classes, for administrators' groups and roles of these names. Attempts that AWS refused count, but for sign-ins. The
 * names of calls are those of "Actions, resources, and condition keys" of each service in the Service Authorization Reference;
 * sign-ins have the form of "AWS Management Console sign-in events" in the AWS CloudTrail User Guide.
 */
export function changeClasses(groups: readonly string[], roles: readonly string[]): readonly ChangeClass[] {
  return [
    {
      name: "administrators",
      description:
        "Administrators changed: their group, their role, the group's policy, or AdministratorAccess or IAMFullAccess attached.",
      condition: {
        all: [
          { field: "eventSource", is: [IAM] },
          { field: "readOnly", flag: false },
        ],
        any: [
          ...tested("requestParameters.groupName", groups),
          ...tested("requestParameters.roleName", roles),
          ...tested("requestParameters.policyArn", [
            ...groups.map((group) => `*:policy/${group}-self-service`),
            "*:aws:policy/AdministratorAccess",
            "*:aws:policy/IAMFullAccess",
          ]),
        ],
      },
    },
    {
      name: "policies",
      description:
        "A policy of a user, group or role was written, attached or taken away, a managed policy got a new version, or a permissions boundary changed.",
      condition: calls(IAM, [
        "PutUserPolicy",
        "PutGroupPolicy",
        "PutRolePolicy",
        "AttachUserPolicy",
        "AttachGroupPolicy",
        "AttachRolePolicy",
        "DeleteUserPolicy",
        "DeleteGroupPolicy",
        "DeleteRolePolicy",
        "DetachUserPolicy",
        "DetachGroupPolicy",
        "DetachRolePolicy",
        "CreatePolicyVersion",
        "SetDefaultPolicyVersion",
        "PutUserPermissionsBoundary",
        "PutRolePermissionsBoundary",
        "DeleteUserPermissionsBoundary",
        "DeleteRolePermissionsBoundary",
      ]),
    },
    {
      name: "trust",
      description: "Who may assume a role changed: its trust policy, or an identity provider of the account.",
      condition: calls(IAM, [
        "UpdateAssumeRolePolicy",
        "CreateOpenIDConnectProvider",
        "AddClientIDToOpenIDConnectProvider",
        "UpdateOpenIDConnectProviderThumbprint",
        "CreateSAMLProvider",
        "UpdateSAMLProvider",
      ]),
    },
    {
      name: "credentials",
      description: "An IAM user got an access key, a password for the console or another long-lived credential.",
      condition: calls(IAM, [
        "CreateAccessKey",
        "UpdateAccessKey",
        "CreateLoginProfile",
        "UpdateLoginProfile",
        "CreateServiceSpecificCredential",
        "UpdateServiceSpecificCredential",
        "ResetServiceSpecificCredential",
        "UploadSigningCertificate",
        "UpdateSigningCertificate",
        "UploadSSHPublicKey",
        "UpdateSSHPublicKey",
      ]),
    },
    {
      name: "mfa",
      description: "An MFA device was given to a user, or taken away.",
      condition: calls(IAM, ["EnableMFADevice", "DeactivateMFADevice", "DeleteVirtualMFADevice"]),
    },
    {
      name: "password-policy",
      description: "The password policy of an account was deleted or changed.",
      condition: calls(IAM, ["DeleteAccountPasswordPolicy", "UpdateAccountPasswordPolicy"]),
    },
    {
      name: "sign-in-without-mfa",
      description: "An IAM user signed in to the console without MFA.",
      condition: {
        all: [
          { field: "eventSource", is: ["signin.amazonaws.com"] },
          { field: "eventName", is: ["ConsoleLogin"] },
          { field: "userIdentity.type", is: ["IAMUser"] },
          { field: "responseElements.ConsoleLogin", is: ["Success"] },
          { field: "additionalEventData.MFAUsed", is: ["No"] },
        ],
      },
    },
    {
      name: "organization",
      description:
        "A policy of the organization was detached, changed or deleted, an account left or moved, a delegation was made, or central root access was switched off.",
      condition: {
        all: [],
        any: [
          [
            { field: "eventSource", is: ["organizations.amazonaws.com"] },
            {
              field: "eventName",
              is: [
                "DetachPolicy",
                "UpdatePolicy",
                "DeletePolicy",
                "DisablePolicyType",
                "LeaveOrganization",
                "RemoveAccountFromOrganization",
                "MoveAccount",
                "DeleteOrganization",
                "RegisterDelegatedAdministrator",
                "PutResourcePolicy",
                "DisableAWSServiceAccess",
              ],
            },
          ],
          [
            { field: "eventSource", is: [IAM] },
            {
              field: "eventName",
              is: ["DisableOrganizationsRootCredentialsManagement", "DisableOrganizationsRootSessions"],
            },
          ],
        ],
      },
    },
    {
      name: "identity-center",
      description:
        "IAM Identity Center lets somebody into an account or changes what they may do there: an assignment, a permission set or an entitlement.",
      condition: {
        all: [],
        any: [
          [
            { field: "eventSource", is: ["sso.amazonaws.com"] },
            {
              field: "eventName",
              is: [
                "CreateAccountAssignment",
                "AttachManagedPolicyToPermissionSet",
                "DetachManagedPolicyFromPermissionSet",
                "AttachCustomerManagedPolicyReferenceToPermissionSet",
                "PutInlinePolicyToPermissionSet",
                "DeleteInlinePolicyFromPermissionSet",
                "PutPermissionsBoundaryToPermissionSet",
                "DeletePermissionsBoundaryFromPermissionSet",
                "UpdatePermissionSet",
              ],
            },
          ],
          [
            { field: "eventSource", is: ["account-access.amazonaws.com", "accountaccess.amazonaws.com"] },
            { field: "eventName", is: ["CreateEntitlement", "DeleteEntitlement"] },
          ],
        ],
      },
    },
    {
      name: "trail",
      description: "A trail of CloudTrail was stopped, deleted or changed, so that these alarms may be blind.",
      condition: calls("cloudtrail.amazonaws.com", ["StopLogging", "DeleteTrail", "UpdateTrail", "PutEventSelectors"]),
    },
  ];
}

const IAM = "iam.amazonaws.com";

function calls(source: string, names: readonly [string, ...string[]]): EventCondition {
  return {
    all: [
      { field: "eventSource", is: [source] },
      { field: "eventName", is: names },
    ],
  };
}

/** One test of a field for all of these texts, none for no text. */
function tested(field: string, [first, ...others]: readonly string[]): EventCondition["any"] & object {
  return first === undefined ? [] : [[{ field, is: [first, ...others] }]];
}
