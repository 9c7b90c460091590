import type { Declares, IdentityKind, TypeTable } from "./vocabulary";

const ownSet = { kind: "permission set", at: "self" } as const;

/** The policies that users, groups and roles carry within themselves. */
function ownPolicies(kind: IdentityKind): readonly Declares[] {
  const on = { kind, at: "self" } as const;
  return [
    { declares: "inline policy", on, document: "policies[].policyDocument", name: "policies[].policyName" },
    { declares: "attachment", on, policy: "managedPolicyArns[]" },
  ];
}

/** The types of @pulumi/aws-native. Property names: AWS CloudFormation Template Reference, "AWS::IAM", in camel case. */
export const awsNative: TypeTable = {
  "pulumi:providers:aws-native": [{ declares: "provider" }],

  "aws-native:iam:User": [
    { declares: "user", name: "userName", path: "path", tags: "tags", boundary: "permissionsBoundary" },
    ...ownPolicies("user"),
    { declares: "membership", user: { kind: "user", at: "self" }, group: { kind: "group", at: "groups[]" } },
    {
      declares: "credential",
      credential: "login profile",
      user: { kind: "user", at: "self" },
      when: "loginProfile",
      password: { text: "loginProfile.password", resetRequired: "loginProfile.passwordResetRequired" },
    },
  ],
  "aws-native:iam:Group": [{ declares: "group", name: "groupName", path: "path" }, ...ownPolicies("group")],
  "aws-native:iam:Role": [
    {
      declares: "role",
      name: "roleName",
      path: "path",
      tags: "tags",
      boundary: "permissionsBoundary",
      trust: "assumeRolePolicyDocument",
      maxSession: "maxSessionDuration",
    },
    ...ownPolicies("role"),
  ],
  "aws-native:iam:ManagedPolicy": [
    { declares: "managed policy", name: "managedPolicyName", path: "path", document: "policyDocument" },
    { declares: "attachment", on: { kind: "user", at: "users[]" }, policy: "self" },
    { declares: "attachment", on: { kind: "group", at: "groups[]" }, policy: "self" },
    { declares: "attachment", on: { kind: "role", at: "roles[]" }, policy: "self" },
  ],
  "aws-native:iam:Policy": [
    { declares: "inline policy", on: { kind: "user", at: "users[]" }, document: "policyDocument", name: "policyName" },
    {
      declares: "inline policy",
      on: { kind: "group", at: "groups[]" },
      document: "policyDocument",
      name: "policyName",
    },
    { declares: "inline policy", on: { kind: "role", at: "roles[]" }, document: "policyDocument", name: "policyName" },
  ],
  "aws-native:iam:UserPolicy": [
    { declares: "inline policy", on: { kind: "user", at: "userName" }, document: "policyDocument", name: "policyName" },
  ],
  "aws-native:iam:GroupPolicy": [
    {
      declares: "inline policy",
      on: { kind: "group", at: "groupName" },
      document: "policyDocument",
      name: "policyName",
    },
  ],
  "aws-native:iam:RolePolicy": [
    { declares: "inline policy", on: { kind: "role", at: "roleName" }, document: "policyDocument", name: "policyName" },
  ],
  "aws-native:iam:UserToGroupAddition": [
    { declares: "membership", user: { kind: "user", at: "users[]" }, group: { kind: "group", at: "groupName" } },
  ],
  "aws-native:iam:AccessKey": [
    { declares: "credential", credential: "access key", user: { kind: "user", at: "userName" }, status: "status" },
  ],

  "aws-native:organizations:Policy": [
    { declares: "organization policy", type: "type", content: "content" },
    { declares: "organization attachment", policy: "self", targets: "targetIds[]" },
  ],
  "aws-native:organizations:ResourcePolicy": [{ declares: "organization resource policy", content: "content" }],
  "aws-native:organizations:Account": [
    { declares: "organization account", name: "accountName", email: "email", parent: "parentIds[]" },
  ],
  "aws-native:organizations:OrganizationalUnit": [{ declares: "organizational unit", parent: "parentId" }],
  "aws-native:organizations:Organization": [{ declares: "organization", featureSet: "featureSet" }],
  "aws-native:iam:OidcProvider": [{ declares: "identity provider", protocol: "OIDC", url: "url" }],
  "aws-native:iam:SamlProvider": [{ declares: "identity provider", protocol: "SAML" }],

  "aws-native:sso:PermissionSet": [
    { declares: "permission set", name: "name", session: "sessionDuration" },
    { declares: "inline policy", on: ownSet, document: "inlinePolicy" },
    { declares: "attachment", on: ownSet, policy: "managedPolicies[]" },
    { declares: "attachment", on: ownSet, policy: "customerManagedPolicyReferences[]", written: "name and path" },
    { declares: "boundary", on: ownSet, policy: "permissionsBoundary.managedPolicyArn" },
    {
      declares: "boundary",
      on: ownSet,
      policy: "permissionsBoundary.customerManagedPolicyReference",
      written: "name and path",
    },
  ],
  "aws-native:sso:Assignment": [
    {
      declares: "assignment",
      permissionSet: "permissionSetArn",
      principalType: "principalType",
      principal: "principalId",
      account: "targetId",
    },
  ],

  "aws-native:accountaccess:Entitlement": [
    {
      declares: "entitlement",
      role: "entitlement.principalRole.roleArn",
      group: "entitlement.principalRole.principal.identityCenter.groupId",
      user: "entitlement.principalRole.principal.identityCenter.userId",
    },
  ],

  "aws-native:cloudformation:Stack": [
    { declares: "template", body: "templateBody", urls: ["templateUrl"], parameters: "parameters" },
  ],
  "aws-native:cloudformation:StackSet": [
    {
      declares: "template",
      body: "templateBody",
      urls: ["templateUrl"],
      parameters: "parameters",
      inOtherAccounts: true,
    },
  ],
  "aws-native:index:ExtensionResource": [{ declares: "desired state", type: "type", state: "properties" }],
};
