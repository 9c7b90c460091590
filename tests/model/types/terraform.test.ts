import assert from "node:assert/strict";
import { declaresOf } from "../../../policypack/model/types";
import { aws } from "../../../policypack/model/types/aws";
import { awsNative } from "../../../policypack/model/types/aws-native";
import { terraform } from "../../../policypack/model/types/terraform";
import { type ExampleResource, unknownFrom } from "../../../policypack/rules/authoring/example";
import {
  administratorAccess,
  everything,
  mfaGate,
  policy,
  trust,
} from "../../../policypack/rules/authoring/example-resources";
import { blockedBy, preview } from "../../rules/told";

/** A resource of a program that uses Terraform's provider `aws`. */
function tf(name: string, kind: string, properties: Readonly<Record<string, unknown>>): ExampleResource {
  return { type: `aws:index/${kind}:${kind.charAt(0).toUpperCase()}${kind.slice(1)}`, name, properties };
}

function cc(name: string, kind: string, properties: Readonly<Record<string, unknown>>): ExampleResource {
  return { type: `awscc:index/${kind}:${kind.charAt(0).toUpperCase()}${kind.slice(1)}`, name, properties };
}

const alice = tf("alice", "iamUser", { name: "alice" });
const login = tf("login", "iamUserLoginProfile", { user: "alice", passwordLength: 20, passwordResetRequired: true });
const s3 = { Effect: "Allow", Action: "s3:*", Resource: "*" };
const own = { AWS: "arn:aws:iam::111122223333:root" };
const stranger = { AWS: "*" };

function role(more: Readonly<Record<string, unknown>>, principal: unknown = stranger): ExampleResource {
  return tf("door", "iamRole", { name: "door", assumeRolePolicy: trust(principal), ...more });
}

describe("resources of Terraform's bridge", () => {
  it("groups and users with their policies, attachments and memberships", async () => {
    const group = tf("ops", "iamGroup", { name: "ops" });
    const all = tf("all", "iamGroupPolicyAttachment", { group: "ops", policyArn: administratorAccess });
    assert.deepEqual(await blockedBy([group, all]), ["no-overbroad-group"]);
    const some = tf("some", "iamGroupPolicyAttachment", {
      group: "ops",
      policyArn: "arn:aws:iam::aws:policy/ReadOnlyAccess",
    });
    assert.deepEqual(await blockedBy([group, some]), []);

    const policyOfGroup = (text: string) => tf("work", "iamGroupPolicy", { group: "ops", policy: text });
    const member = tf("in", "iamUserGroupMembership", { user: "alice", groups: ["ops"] });
    assert.deepEqual(await blockedBy([group, policyOfGroup(policy(s3)), alice, login, member]), ["require-user-mfa"]);
    assert.deepEqual(await blockedBy([group, policyOfGroup(policy(s3, mfaGate)), alice, login, member]), []);
  });

  it("policies known by dependency only", async () => {
    const power = tf("power", "iamPolicy", { name: "power", policy: policy(everything) });
    const attached = tf("attached", "iamUserPolicyAttachment", { user: "alice", policyArn: unknownFrom("power") });
    assert.deepEqual(await blockedBy([alice, power, attached]), ["no-overbroad-user"]);
    assert.deepEqual(await blockedBy([alice, power]), []);
  });

  it("blocks with one element, as an object or as a list, in Terraform's spelling or in Pulumi's", async () => {
    const inline = { name: "all", policy: policy(everything) };
    for (const more of [{ inlinePolicy: inline }, { inlinePolicy: [inline] }, { inlinePolicies: [inline] }]) {
      assert.deepEqual(await blockedBy([role(more)]), ["no-open-admin-role"], JSON.stringify(more));
    }
    assert.deepEqual(await blockedBy([role({ inlinePolicy: { name: "some", policy: policy(s3) } })]), []);
    assert.deepEqual(await blockedBy([role({ managedPolicyArns: [administratorAccess] }, own)]), []);
  });

  it("permission sets with a boundary block", async () => {
    const set = tf("admins", "ssoadminPermissionSet", { name: "admins", sessionDuration: "PT1H" });
    const all = tf("all", "ssoadminManagedPolicyAttachment", {
      permissionSetArn: unknownFrom("admins"),
      managedPolicyArn: administratorAccess,
    });
    const bounded = (boundary: unknown) =>
      tf("bound", "ssoadminPermissionsBoundaryAttachment", {
        permissionSetArn: unknownFrom("admins"),
        permissionsBoundary: boundary,
      });
    const strict = { "no-overbroad-permission-set": { enforcementLevel: "mandatory", sanctionedPermissionSets: [] } };
    const readOnly = { managedPolicyArn: "arn:aws:iam::aws:policy/ReadOnlyAccess" };
    assert.deepEqual(await blockedBy([set, all], strict), ["no-overbroad-permission-set"]);
    assert.deepEqual(await blockedBy([set, all, bounded(readOnly)], strict), []);
    assert.deepEqual(await blockedBy([set, all, bounded([readOnly])], strict), []);
  });

  it("service control policies, the password policy, OIDC providers", async () => {
    const scp = (condition: unknown) =>
      tf("no-root", "organizationsPolicy", {
        name: "no-root",
        content: policy({ Effect: "Deny", Action: "*", Resource: "*", Condition: condition }),
      });
    const wrong = { StringEquals: { "aws:PrincipalArn": "arn:aws:iam::*:root" } };
    const right = { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:root" } };
    assert.deepEqual(await blockedBy([scp(wrong)]), ["root-scp-holds"]);
    assert.deepEqual(await blockedBy([scp(right)]), []);

    const strong = {
      maxPasswordAge: 90,
      minimumPasswordLength: 14,
      passwordReusePrevention: 24,
      requireLowercaseCharacters: true,
      requireUppercaseCharacters: true,
      requireNumbers: true,
      requireSymbols: true,
    };
    const passwords = (more: object) => tf("passwords", "iamAccountPasswordPolicy", { ...strong, ...more });
    assert.deepEqual(await blockedBy([passwords({ minimumPasswordLength: 8 })]), ["password-policy-strength"]);
    assert.deepEqual(await blockedBy([passwords({})]), []);

    const gitHub = tf("github", "iamOpenidConnectProvider", { url: "https://token.actions.githubusercontent.com" });
    const deploy = (sub: string) => {
      const condition = { StringLike: { "token.actions.githubusercontent.com:sub": sub } };
      const provider = "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com";
      const statement = {
        Effect: "Allow",
        Principal: { Federated: provider },
        Action: "sts:AssumeRoleWithWebIdentity",
        Condition: condition,
      };
      return tf("deploy", "iamRole", { name: "deploy", assumeRolePolicy: policy(statement) });
    };
    assert.deepEqual(await blockedBy([gitHub, deploy("repo:*")]), ["sound-federated-trust"]);
    assert.deepEqual(await blockedBy([gitHub, deploy("repo:acme/shop:*")]), []);
  });

  it("resources of the Cloud Control provider, in CloudFormation's properties", async () => {
    const open = (more: object, principal: unknown) =>
      cc("door", "iamRole", { roleName: "door", assumeRolePolicyDocument: trust(principal), ...more });
    const all = { policies: [{ policyName: "all", policyDocument: policy(everything) }] };
    assert.deepEqual(await blockedBy([open(all, stranger)]), ["no-open-admin-role"]);
    assert.deepEqual(await blockedBy([open({}, stranger)]), []);
    const user = cc("bob", "iamUser", { userName: "bob", managedPolicyArns: [administratorAccess] });
    assert.deepEqual(await blockedBy([user]), ["no-overbroad-user"]);
  });

  it("keys on their providers", async () => {
    const key = ["AKIA", "QWERTYUIOPASDF23"].join("");
    for (const provider of ["aws", "awscc", "terraform-provider"]) {
      const held = {
        type: `pulumi:providers:${provider}`,
        name: "main",
        properties: { accessKey: key, secretKey: "x" },
      };
      const none = { ...held, properties: { profile: "work" } };
      assert.deepEqual(await blockedBy([held]), ["no-static-provider-credentials"], provider);
      assert.deepEqual(await blockedBy([none]), [], provider);
    }
  });

  it("works in the account that a provider's block names", async () => {
    const inAccount = (account: string) => ({
      region: "us-east-1",
      assumeRole: JSON.stringify([{ roleArn: `arn:aws:iam::${account}:role/deploy` }]),
    });
    const group = { ...tf("ops", "iamGroup", { name: "ops" }), provider: inAccount("111122223333") };
    const attach = (account: string) => ({
      ...tf("all", "iamGroupPolicyAttachment", { group: "ops", policyArn: administratorAccess }),
      provider: inAccount(account),
    });
    const at = async (resources: readonly ExampleResource[]) =>
      (await preview(resources)).filter(({ level }) => level === "mandatory").map(({ urn }) => urn.split("::").at(-1));
    assert.deepEqual(await at([group, attach("111122223333")]), ["ops"]);
    assert.deepEqual(await at([group, attach("444455556666")]), ["all"]);
  });
});

describe("the bridge's types", () => {
  it("are all that the two tables read", () => {
    const isOwn = (type: string) => /^aws(-native)?:/.test(type) && !type.startsWith("aws-native:index:");
    const described = [...Object.keys(aws), ...Object.keys(awsNative)].filter(isOwn);
    assert.equal(Object.keys(terraform).filter((type) => /^aws(cc)?:index\//.test(type)).length, described.length);
  });

  it("have Terraform's names where Pulumi has others", () => {
    for (const kind of [
      "iamOpenidConnectProvider",
      "iamUserSshKey",
      "accountAlternateContact",
      "ssoadminPermissionSetInlinePolicy",
      "organizationsOrganization",
      "cloudformationStackSet",
      "cloudcontrolapiResource",
    ]) {
      const [first] = declaresOf(tf("x", kind, {}).type);
      assert.ok(first !== undefined && first.declares !== "unseen kind", kind);
    }
  });

  it("are named where nobody has looked into them, of whatever package, and left alone where they are harmless", async () => {
    const named = async (type: string) =>
      (await preview([{ type, name: "x", properties: {} }])).map(({ policy, level }) => `${level} ${policy}`);
    for (const type of [
      "aws:index/iamSuperUser:IamSuperUser",
      "awscc:index/ssoadminThing:SsoadminThing",
      "acme:iam:Team",
      "acme:index:OrganizationsUnit",
      "aws:index/accountaccessGrant:AccountaccessGrant",
      "aws:organizations/handoff:Handoff",
    ]) {
      assert.deepEqual(await named(type), ["advisory readable-identity"], type);
    }
    for (const type of [
      "aws:index/iamInstanceProfile:IamInstanceProfile",
      "aws:index/s3Bucket:S3Bucket",
      "aws:index/diamond:Diamond",
      "acme:index:Miami",
      "gcp:projects/iAMMember:IAMMember",
    ]) {
      assert.deepEqual(await named(type), [], type);
    }
  });
});

describe("values of the wrong type on the bridge's resources", () => {
  const texts = async (resource: ExampleResource) =>
    (await preview([resource]))
      .filter(({ policy }) => policy === "readable-identity")
      .map(({ level, message }) => `${level}: ${message.split("\nWhy")[0]?.replace(/\s+/g, " ")}`);

  it("are one clear message each", async () => {
    assert.deepEqual(await texts(tf("work", "iamUserPolicy", { user: ["alice"], policy: policy(s3) })), [
      'mandatory: In the aws:index/iamUserPolicy:IamUserPolicy "work", at user: is a list, where a text is expected.',
    ]);
    assert.deepEqual(await texts(role({ inlinePolicy: "all" })), [
      'mandatory: In the aws:index/iamRole:IamRole "door", at inlinePolicy: is a string, where a list is expected.',
    ]);
  });

  it("take nothing from the rest", async () => {
    const wrong = role({ inlinePolicy: 7, managedPolicyArns: [administratorAccess] });
    assert.deepEqual(await blockedBy([wrong]), ["no-open-admin-role", "readable-identity"]);
  });

  it("an entitlement without a role is told, one of the wrong shape as well", async () => {
    const entitled = (entitlement: unknown): ExampleResource => ({
      type: "aws:accountaccess/entitlement:Entitlement",
      name: "people",
      properties: { applicationArn: "arn:aws:account-access:eu-west-1:111122223333:application/a", entitlement },
    });
    const principal = { identityCenter: { groupId: "g-1" } };
    assert.deepEqual(await texts(entitled({ principalRole: { principal } })), [
      'advisory: In the aws:accountaccess/entitlement:Entitlement "people", at entitlement.principalRole.roleArn: names no role, so AWS refuses the entitlement.',
    ]);
    assert.deepEqual(await texts(entitled({ principalRole: { principal, roleArn: { arn: "x" } } })), [
      'mandatory: In the aws:accountaccess/entitlement:Entitlement "people", at entitlement.principalRole.roleArn: is an object, where a text is expected.',
    ]);
    assert.deepEqual(await texts(entitled({ principalRole: { principal, roleArn: 3 } })), [
      'mandatory: In the aws:accountaccess/entitlement:Entitlement "people", at entitlement.principalRole.roleArn: is a number, where a text is expected.',
    ]);
    assert.deepEqual(await texts(entitled({ principalRole: "arn:aws:iam::111122223333:role/operations" })), [
      'mandatory: In the aws:accountaccess/entitlement:Entitlement "people", at entitlement.principalRole: is a string, where an object is expected.',
    ]);
  });

  it("an entitlement is told by the names that were written, blocks as lists or as objects", async () => {
    const people = (entitlement: unknown) => tf("people", "accountaccessEntitlement", { entitlement });
    const at = 'In the aws:index/accountaccessEntitlement:AccountaccessEntitlement "people", at';
    assert.deepEqual(await texts(people([{ principalRole: [{}] }])), [
      `advisory: ${at} entitlement[0].principalRole[0].roleArn: names no role, so AWS refuses the entitlement.`,
    ]);
    assert.deepEqual(await texts(people({ principalRole: {} })), [
      `advisory: ${at} entitlement.principalRole.roleArn: names no role, so AWS refuses the entitlement.`,
    ]);
    assert.deepEqual(await texts(people([])), [
      `advisory: ${at} entitlement.principalRole.roleArn: names no role, so AWS refuses the entitlement.`,
    ]);
    assert.deepEqual(await texts(people([{ principalRole: [{ roleArn: true }] }])), [
      `mandatory: ${at} entitlement[0].principalRole[0].roleArn: is a boolean, where a text is expected.`,
    ]);
  });

  it("a number is no name and no path, and no group is called by it", async () => {
    assert.deepEqual(await texts(tf("alice", "iamUser", { name: ["alice"], path: 7 })), [
      'mandatory: In the aws:index/iamUser:IamUser "alice", at name: is a list, where a text is expected.',
      'mandatory: In the aws:index/iamUser:IamUser "alice", at path: is a number, where a text is expected.',
    ]);
    const group = tf("three", "iamGroup", { name: "3" });
    const everything = policy({ Effect: "Allow", Action: "*", Resource: "*" });
    const onGroup = (name: unknown) => [group, tf("all", "iamGroupPolicy", { group: name, policy: everything })];
    assert.deepEqual(await blockedBy(onGroup(3)), ["readable-identity"]);
    assert.deepEqual(await blockedBy(onGroup("3")), ["no-overbroad-group"]);
  });
});
