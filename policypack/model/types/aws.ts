import type { TypeTable } from "./vocabulary";

/** The types of @pulumi/aws 5, 6 and 7. Property names: Pulumi Registry, "AWS", API docs of the module iam. */
export const aws: TypeTable = {
  "pulumi:providers:aws": [{ declares: "provider" }],

  "aws:iam/user:User": [
    { declares: "user", name: "name", path: "path", tags: "tags", boundary: "permissionsBoundary" },
  ],
  "aws:iam/group:Group": [{ declares: "group", name: "name", path: "path" }],
  "aws:iam/role:Role": [
    {
      declares: "role",
      name: "name",
      path: "path",
      tags: "tags",
      boundary: "permissionsBoundary",
      trust: "assumeRolePolicy",
      maxSession: "maxSessionDuration",
    },
    {
      declares: "inline policy",
      on: { kind: "role", at: "self" },
      document: "inlinePolicies[].policy",
      name: "inlinePolicies[].name",
      computed: true,
    },
    { declares: "attachment", on: { kind: "role", at: "self" }, policy: "managedPolicyArns[]", computed: true },
  ],
  "aws:iam/policy:Policy": [{ declares: "managed policy", name: "name", path: "path", document: "policy" }],

  "aws:iam/userPolicy:UserPolicy": [
    { declares: "inline policy", on: { kind: "user", at: "user" }, document: "policy", name: "name" },
  ],
  "aws:iam/groupPolicy:GroupPolicy": [
    { declares: "inline policy", on: { kind: "group", at: "group" }, document: "policy", name: "name" },
  ],
  "aws:iam/rolePolicy:RolePolicy": [
    { declares: "inline policy", on: { kind: "role", at: "role" }, document: "policy", name: "name" },
  ],

  "aws:iam/userPolicyAttachment:UserPolicyAttachment": [
    { declares: "attachment", on: { kind: "user", at: "user" }, policy: "policyArn" },
  ],
  "aws:iam/groupPolicyAttachment:GroupPolicyAttachment": [
    { declares: "attachment", on: { kind: "group", at: "group" }, policy: "policyArn" },
  ],
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": [
    { declares: "attachment", on: { kind: "role", at: "role" }, policy: "policyArn" },
  ],
  "aws:iam/policyAttachment:PolicyAttachment": [
    { declares: "attachment", on: { kind: "user", at: "users[]" }, policy: "policyArn" },
    { declares: "attachment", on: { kind: "group", at: "groups[]" }, policy: "policyArn" },
    { declares: "attachment", on: { kind: "role", at: "roles[]" }, policy: "policyArn" },
  ],
  "aws:iam/userPolicyAttachmentsExclusive:UserPolicyAttachmentsExclusive": [
    { declares: "attachment", on: { kind: "user", at: "userName" }, policy: "policyArns[]" },
  ],
  "aws:iam/groupPolicyAttachmentsExclusive:GroupPolicyAttachmentsExclusive": [
    { declares: "attachment", on: { kind: "group", at: "groupName" }, policy: "policyArns[]" },
  ],
  "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive": [
    { declares: "attachment", on: { kind: "role", at: "roleName" }, policy: "policyArns[]" },
  ],
  "aws:iam/userPoliciesExclusive:UserPoliciesExclusive": [
    { declares: "inline policy names", on: { kind: "user", at: "userName" }, names: "policyNames[]" },
  ],
  "aws:iam/groupPoliciesExclusive:GroupPoliciesExclusive": [
    { declares: "inline policy names", on: { kind: "group", at: "groupName" }, names: "policyNames[]" },
  ],
  "aws:iam/rolePoliciesExclusive:RolePoliciesExclusive": [
    { declares: "inline policy names", on: { kind: "role", at: "roleName" }, names: "policyNames[]" },
  ],

  "aws:iam/userGroupMembership:UserGroupMembership": [
    { declares: "membership", user: { kind: "user", at: "user" }, group: { kind: "group", at: "groups[]" } },
  ],
  "aws:iam/groupMembership:GroupMembership": [
    { declares: "membership", user: { kind: "user", at: "users[]" }, group: { kind: "group", at: "group" } },
  ],

  "aws:iam/userLoginProfile:UserLoginProfile": [
    { declares: "credential", credential: "login profile", user: { kind: "user", at: "user" } },
  ],
  "aws:iam/accessKey:AccessKey": [
    { declares: "credential", credential: "access key", user: { kind: "user", at: "user" }, status: "status" },
  ],
  "aws:iam/sshKey:SshKey": [
    { declares: "credential", credential: "SSH key", user: { kind: "user", at: "username" }, status: "status" },
  ],
  "aws:iam/signingCertificate:SigningCertificate": [
    {
      declares: "credential",
      credential: "signing certificate",
      user: { kind: "user", at: "userName" },
      status: "status",
    },
  ],
  "aws:iam/serviceSpecificCredential:ServiceSpecificCredential": [
    {
      declares: "credential",
      credential: "service-specific credential",
      user: { kind: "user", at: "userName" },
      status: "status",
    },
  ],

  "aws:iam/accountPasswordPolicy:AccountPasswordPolicy": [{ declares: "password policy" }],
  "aws:organizations/policy:Policy": [{ declares: "organization policy" }],
  "aws:organizations/policyAttachment:PolicyAttachment": [
    { declares: "organization attachment", policy: "policyId", targets: "targetId" },
  ],
};
