import type { TypeTable } from "./vocabulary";

const permissionSet = { kind: "permission set", at: "permissionSetArn" } as const;

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
    { declares: "attachment", on: { kind: "user", at: "userName" }, policy: "policyArns[]", exclusive: true },
  ],
  "aws:iam/groupPolicyAttachmentsExclusive:GroupPolicyAttachmentsExclusive": [
    { declares: "attachment", on: { kind: "group", at: "groupName" }, policy: "policyArns[]", exclusive: true },
  ],
  "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive": [
    { declares: "attachment", on: { kind: "role", at: "roleName" }, policy: "policyArns[]", exclusive: true },
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
    {
      declares: "credential",
      credential: "login profile",
      user: { kind: "user", at: "user" },
      password: { pgpKey: "pgpKey", length: "passwordLength", resetRequired: "passwordResetRequired" },
    },
  ],
  "aws:iam/accessKey:AccessKey": [
    {
      declares: "credential",
      credential: "access key",
      user: { kind: "user", at: "user" },
      status: "status",
      created: "createDate",
    },
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
  "aws:organizations/policy:Policy": [{ declares: "organization policy", type: "type", content: "content" }],
  "aws:organizations/resourcePolicy:ResourcePolicy": [{ declares: "organization resource policy", content: "content" }],
  "aws:organizations/policyAttachment:PolicyAttachment": [
    { declares: "organization attachment", policy: "policyId", targets: "targetId" },
  ],
  "aws:organizations/account:Account": [
    { declares: "organization account", name: "name", email: "email", parent: "parentId" },
  ],
  "aws:organizations/organizationalUnit:OrganizationalUnit": [{ declares: "organizational unit", parent: "parentId" }],
  "aws:organizations/organization:Organization": [
    { declares: "organization", featureSet: "featureSet", policyTypes: "enabledPolicyTypes[]" },
  ],
  "aws:iam/organizationsFeatures:OrganizationsFeatures": [
    { declares: "organizations features", enabled: "enabledFeatures[]" },
  ],
  "aws:account/alternativeContact:AlternativeContact": [
    { declares: "alternate contact", type: "alternateContactType", account: "accountId" },
  ],
  "aws:iam/openIdConnectProvider:OpenIdConnectProvider": [
    { declares: "identity provider", protocol: "OIDC", url: "url" },
  ],
  "aws:iam/samlProvider:SamlProvider": [{ declares: "identity provider", protocol: "SAML" }],

  "aws:ssoadmin/permissionSet:PermissionSet": [
    { declares: "permission set", name: "name", session: "sessionDuration" },
  ],
  "aws:ssoadmin/permissionSetInlinePolicy:PermissionSetInlinePolicy": [
    { declares: "inline policy", on: permissionSet, document: "inlinePolicy" },
  ],
  "aws:ssoadmin/managedPolicyAttachment:ManagedPolicyAttachment": [
    { declares: "attachment", on: permissionSet, policy: "managedPolicyArn" },
  ],
  "aws:ssoadmin/managedPolicyAttachmentsExclusive:ManagedPolicyAttachmentsExclusive": [
    { declares: "attachment", on: permissionSet, policy: "managedPolicyArns[]" },
  ],
  "aws:ssoadmin/customerManagedPolicyAttachment:CustomerManagedPolicyAttachment": [
    { declares: "attachment", on: permissionSet, policy: "customerManagedPolicyReference", written: "name and path" },
  ],
  "aws:ssoadmin/customerManagedPolicyAttachmentsExclusive:CustomerManagedPolicyAttachmentsExclusive": [
    {
      declares: "attachment",
      on: permissionSet,
      policy: "customerManagedPolicyReferences[]",
      written: "name and path",
    },
  ],
  "aws:ssoadmin/permissionsBoundaryAttachment:PermissionsBoundaryAttachment": [
    { declares: "boundary", on: permissionSet, policy: "permissionsBoundary.managedPolicyArn" },
    {
      declares: "boundary",
      on: permissionSet,
      policy: "permissionsBoundary.customerManagedPolicyReference",
      written: "name and path",
    },
  ],
  "aws:ssoadmin/accountAssignment:AccountAssignment": [
    {
      declares: "assignment",
      permissionSet: "permissionSetArn",
      principalType: "principalType",
      principal: "principalId",
      account: "targetId",
    },
  ],

  "aws:accountaccess/entitlement:Entitlement": [
    {
      declares: "entitlement",
      role: "entitlement.principalRole.roleArn",
      group: "entitlement.principalRole.principal.identityCenter.groupId",
      user: "entitlement.principalRole.principal.identityCenter.userId",
    },
  ],

  "aws:cloudformation/stack:Stack": [
    { declares: "template", body: "templateBody", urls: ["templateUrl"], parameters: "parameters" },
  ],
  "aws:cloudformation/stackSet:StackSet": [
    {
      declares: "template",
      body: "templateBody",
      urls: ["templateUrl"],
      parameters: "parameters",
      inOtherAccounts: true,
    },
  ],
  // Their templates are kept in a repository and a catalogue.
  "aws:serverlessrepository/cloudFormationStack:CloudFormationStack": [{ declares: "unseen kind" }],
  "aws:servicecatalog/provisionedProduct:ProvisionedProduct": [{ declares: "unseen kind" }],
  "aws:cloudcontrol/resource:Resource": [{ declares: "desired state", type: "typeName", state: "desiredState" }],
};
