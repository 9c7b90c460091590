import { nameOf, typeOf } from "../../pulumi/urn";

/** What an account keeps under a name of its own, and a stack makes. */
export type KeptKind = "user" | "group" | "role" | "policy" | "permission set";

/** By the type in the account's URNs; what hangs on an identity stands with it: `anna/1` is a key of the user `anna`. */
const kinds: Readonly<Record<string, KeptKind>> = {
  "aws:iam/user:User": "user",
  "aws:iam/userPolicy:UserPolicy": "user",
  "aws:iam/userPolicyAttachment:UserPolicyAttachment": "user",
  "aws:iam/userGroupMembership:UserGroupMembership": "user",
  "aws:iam/userLoginProfile:UserLoginProfile": "user",
  "aws:iam/accessKey:AccessKey": "user",
  "aws:iam/signingCertificate:SigningCertificate": "user",
  "aws:iam/group:Group": "group",
  "aws:iam/groupPolicy:GroupPolicy": "group",
  "aws:iam/groupPolicyAttachment:GroupPolicyAttachment": "group",
  "aws:iam/role:Role": "role",
  "aws:iam/rolePolicy:RolePolicy": "role",
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": "role",
  "aws:iam/policy:Policy": "policy",
  "aws:ssoadmin/permissionSet:PermissionSet": "permission set",
  "aws:ssoadmin/permissionSetInlinePolicy:PermissionSetInlinePolicy": "permission set",
  "aws:ssoadmin/managedPolicyAttachment:ManagedPolicyAttachment": "permission set",
  "aws:ssoadmin/customerManagedPolicyAttachment:CustomerManagedPolicyAttachment": "permission set",
  "aws:ssoadmin/permissionsBoundaryAttachment:PermissionsBoundaryAttachment": "permission set",
  "aws:ssoadmin/accountAssignment:AccountAssignment": "permission set",
};

/** The identity or policy that a resource of an audited account is, or hangs on; undefined for what is neither, as its root user. */
export function keptIn(urn: string): { readonly kind: KeptKind; readonly name: string } | undefined {
  const kind = kinds[typeOf(urn)];
  const [name = ""] = nameOf(urn).split("/");
  return kind === undefined ? undefined : { kind, name };
}
