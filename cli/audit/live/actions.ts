/** Every action that a live audit calls: what `audit --print-policy` allows, and no call is made of another. All of them only read. */
export const AUDIT_ACTIONS = [
  "account:GetAlternateContact",
  "iam:GenerateCredentialReport",
  "iam:GetAccountAuthorizationDetails",
  "iam:GetAccountPasswordPolicy",
  "iam:GetAccountSummary",
  "iam:GetCredentialReport",
  "iam:ListOrganizationsFeatures",
  "iam:ListVirtualMFADevices",
  "organizations:DescribeOrganization",
  "organizations:DescribePolicy",
  "organizations:ListAccounts",
  "organizations:ListParents",
  "organizations:ListPoliciesForTarget",
  "sso:DescribePermissionSet",
  "sso:GetInlinePolicyForPermissionSet",
  "sso:GetPermissionsBoundaryForPermissionSet",
  "sso:ListAccountAssignments",
  "sso:ListCustomerManagedPolicyReferencesInPermissionSet",
  "sso:ListInstances",
  "sso:ListManagedPoliciesInPermissionSet",
  "sso:ListPermissionSetsProvisionedToAccount",
] as const;

export type AuditAction = (typeof AUDIT_ACTIONS)[number];

/** The least that an audit needs, as an identity policy. `sts:GetCallerIdentity` needs no permission. */
export function auditPolicy(): object {
  return {
    Version: "2012-10-17",
    Statement: [{ Sid: "ReadIdentity", Effect: "Allow", Action: AUDIT_ACTIONS, Resource: "*" }],
  };
}
