import type { ExampleResource } from "./example";

/** The resources that the rules' examples are made of, written once. */

type Properties = Readonly<Record<string, unknown>>;

/** A policy document of the current version, as text. */
export function policy(...statements: readonly unknown[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}

export const everything = { Effect: "Allow", Action: "*", Resource: "*" };
export const reading = { Effect: "Allow", Action: "s3:Get*", Resource: "arn:aws:s3:::reports/*" };
export const administratorAccess = "arn:aws:iam::aws:policy/AdministratorAccess";

export function user(name: string, more: Properties = {}): ExampleResource {
  return { type: "aws:iam/user:User", name, properties: { name, path: "/", ...more } };
}

export function group(name: string): ExampleResource {
  return { type: "aws:iam/group:Group", name, properties: { name, path: "/" } };
}

export function role(name: string, trust: string, more: Properties = {}): ExampleResource {
  return { type: "aws:iam/role:Role", name, properties: { name, path: "/", assumeRolePolicy: trust, ...more } };
}

export function managedPolicy(name: string, text: unknown): ExampleResource {
  return { type: "aws:iam/policy:Policy", name, properties: { name, path: "/", policy: text } };
}

export function userPolicy(name: string, ofUser: unknown, text: unknown): ExampleResource {
  return { type: "aws:iam/userPolicy:UserPolicy", name, properties: { name, user: ofUser, policy: text } };
}

export function groupPolicy(name: string, ofGroup: unknown, text: unknown): ExampleResource {
  return { type: "aws:iam/groupPolicy:GroupPolicy", name, properties: { name, group: ofGroup, policy: text } };
}

export function userAttachment(name: string, toUser: unknown, policyArn: unknown): ExampleResource {
  return {
    type: "aws:iam/userPolicyAttachment:UserPolicyAttachment",
    name,
    properties: { user: toUser, policyArn },
  };
}

export function groupAttachment(name: string, toGroup: unknown, policyArn: unknown): ExampleResource {
  return {
    type: "aws:iam/groupPolicyAttachment:GroupPolicyAttachment",
    name,
    properties: { group: toGroup, policyArn },
  };
}

export function membership(name: string, ofUser: unknown, groups: readonly unknown[]): ExampleResource {
  return {
    type: "aws:iam/userGroupMembership:UserGroupMembership",
    name,
    properties: { user: ofUser, groups },
  };
}

export function loginProfile(name: string, ofUser: unknown, more: Properties = {}): ExampleResource {
  return { type: "aws:iam/userLoginProfile:UserLoginProfile", name, properties: { user: ofUser, ...more } };
}

export function accessKey(name: string, ofUser: unknown, more: Properties = {}): ExampleResource {
  return { type: "aws:iam/accessKey:AccessKey", name, properties: { user: ofUser, ...more } };
}

const identityCenter = "arn:aws:sso:::instance/ssoins-1111222233334444";

export function permissionSet(name: string, more: Properties = {}): ExampleResource {
  return {
    type: "aws:ssoadmin/permissionSet:PermissionSet",
    name,
    properties: { name, instanceArn: identityCenter, ...more },
  };
}

export function policyOfSet(name: string, ofSet: unknown, managedPolicyArn: unknown): ExampleResource {
  return {
    type: "aws:ssoadmin/managedPolicyAttachment:ManagedPolicyAttachment",
    name,
    properties: { instanceArn: identityCenter, permissionSetArn: ofSet, managedPolicyArn },
  };
}

export function inlinePolicyOfSet(name: string, ofSet: unknown, text: unknown): ExampleResource {
  return {
    type: "aws:ssoadmin/permissionSetInlinePolicy:PermissionSetInlinePolicy",
    name,
    properties: { instanceArn: identityCenter, permissionSetArn: ofSet, inlinePolicy: text },
  };
}

/** The trust policy of a role that one principal may assume. */
export function trust(principal: unknown, condition?: unknown): string {
  const statement = { Effect: "Allow", Principal: principal, Action: "sts:AssumeRole" };
  return policy(condition === undefined ? statement : { ...statement, Condition: condition });
}

export const withMfa = { Bool: { "aws:MultiFactorAuthPresent": "true" } };
export const ownAccount = { AWS: "arn:aws:iam::111122223333:root" };
export const lambdaService = { Service: "lambda.amazonaws.com" };

/** The statement that leaves a user without MFA nothing but setting it up. */
export const mfaGate = {
  Effect: "Deny",
  NotAction: ["iam:CreateVirtualMFADevice", "iam:EnableMFADevice", "iam:ListMFADevices", "sts:GetSessionToken"],
  Resource: "*",
  Condition: { BoolIfExists: { "aws:MultiFactorAuthPresent": "false" } },
};

export function organization(name: string, more: Properties): ExampleResource {
  return { type: "aws:organizations/organization:Organization", name, properties: more };
}

export function organizationPolicy(name: string, content: unknown, more: Properties = {}): ExampleResource {
  return { type: "aws:organizations/policy:Policy", name, properties: { name, content, ...more } };
}

export function policyTarget(name: string, policyId: unknown, targetId: unknown): ExampleResource {
  return { type: "aws:organizations/policyAttachment:PolicyAttachment", name, properties: { policyId, targetId } };
}

export function memberAccount(name: string, email: unknown): ExampleResource {
  return { type: "aws:organizations/account:Account", name, properties: { name, email } };
}

export function alternateContact(name: string, accountId: unknown, alternateContactType: unknown): ExampleResource {
  return {
    type: "aws:account/alternativeContact:AlternativeContact",
    name,
    properties: {
      accountId,
      alternateContactType,
      name: "Duty desk",
      title: "Duty desk",
      emailAddress: "duty@acme.example",
      phoneNumber: "+15555550100",
    },
  };
}

export function organizationsFeatures(name: string, enabledFeatures: unknown): ExampleResource {
  return {
    type: "aws:iam/organizationsFeatures:OrganizationsFeatures",
    name,
    properties: { enabledFeatures },
  };
}
