import assert from "node:assert/strict";
import { type OwnKey, UserMfa, type UserMfaArgs } from "../../../stacks/components";
import { type Answers, all, only, type Registered, refusalOf, registeredBy } from "../registered";

const POLICY = "aws:iam/policy:Policy";
const GROUP = "aws:iam/group:Group";
const ATTACHMENT = "aws:iam/groupPolicyAttachment:GroupPolicyAttachment";
const MEMBERSHIP = "aws:iam/userGroupMembership:UserGroupMembership";

const EVERYBODY_EXISTS: Answers = { getUser: {}, getGroup: {} };

function userMfa(args: UserMfaArgs, answers: Answers = {}): Promise<readonly Registered[]> {
  return registeredBy(() => new UserMfa("mfa", args), { ...EVERYBODY_EXISTS, ...answers });
}

async function refusalMessage(args: UserMfaArgs): Promise<string> {
  const [message, registered] = await refusalOf(() => new UserMfa("mfa", args), EVERYBODY_EXISTS);
  assert.deepEqual(registered, []);
  return message;
}

async function statementsOf(args: UserMfaArgs): Promise<readonly Record<string, unknown>[]> {
  return JSON.parse(String(only(await userMfa(args), POLICY).inputs.policy)).Statement;
}

describe("stacks: UserMfa", () => {
  it("makes a group behind the gate and puts the named users into it, one by one", async () => {
    const registered = await userMfa({ users: ["first-user", "second-user"] });
    assert.equal(only(registered, GROUP).inputs.name, "mfa-required");
    assert.equal(only(registered, POLICY).inputs.name, "user-mfa");
    assert.equal(only(registered, ATTACHMENT).inputs.group, "mfa-required");
    assert.deepEqual(
      all(registered, MEMBERSHIP).map(({ inputs }) => inputs),
      [
        { user: "first-user", groups: ["mfa-required"] },
        { user: "second-user", groups: ["mfa-required"] },
      ],
    );
  });

  it("puts a user in after the gate is attached", async () => {
    const types = (await userMfa({ users: ["first-user"] })).map(({ type }) => type);
    assert.ok(types.indexOf(MEMBERSHIP) > types.indexOf(ATTACHMENT));
  });

  it("puts every user of the account in", async () => {
    const registered = await userMfa({ allUsers: true }, { getUsers: { names: ["second-user", "ci", "first-user"] } });
    assert.deepEqual(
      all(registered, MEMBERSHIP).map(({ name, inputs }) => [name, inputs.user]),
      [
        ["mfa-user-ci", "ci"],
        ["mfa-user-first-user", "first-user"],
        ["mfa-user-second-user", "second-user"],
      ],
    );
  });

  it("attaches the gate to groups that exist, and makes none then", async () => {
    const registered = await userMfa({ gatedGroups: ["developers", "support"] });
    assert.deepEqual(
      all(registered, ATTACHMENT).map(({ inputs }) => inputs.group),
      ["developers", "support"],
    );
    assert.deepEqual(all(registered, GROUP), []);
  });

  it("does both where users are named beside groups", async () => {
    const registered = await userMfa({ users: ["first-user"], gatedGroups: ["developers"] });
    assert.deepEqual(
      all(registered, ATTACHMENT)
        .map(({ inputs }) => inputs.group)
        .sort(),
      ["developers", "mfa-required"],
    );
  });

  it("lets users see and delete their keys, and make none", async () => {
    const [own] = (await statementsOf({ users: ["first-user"] })).filter(
      ({ Sid }) => Sid === "ManageOwnPasswordMfaAndKeys",
    );
    assert.deepEqual(own?.Action, [
      "iam:ChangePassword",
      "iam:DeactivateMFADevice",
      "iam:EnableMFADevice",
      "iam:GetMFADevice",
      "iam:GetUser",
      "iam:ListMFADevices",
      "iam:ResyncMFADevice",
      "iam:DeleteAccessKey",
      "iam:DeleteSSHPublicKey",
      "iam:DeleteServiceSpecificCredential",
      "iam:DeleteSigningCertificate",
      "iam:GetAccessKeyLastUsed",
      "iam:GetSSHPublicKey",
      "iam:ListAccessKeys",
      "iam:ListSSHPublicKeys",
      "iam:ListServiceSpecificCredentials",
      "iam:ListSigningCertificates",
      "iam:UpdateAccessKey",
      "iam:UpdateSSHPublicKey",
      "iam:UpdateServiceSpecificCredential",
      "iam:UpdateSigningCertificate",
    ]);
  });

  it("lets them make what ownKeys lists, and no other key", async () => {
    const text = JSON.stringify(await statementsOf({ users: ["first-user"], ownKeys: ["access-keys", "ssh-keys"] }));
    assert.deepEqual(text.match(/iam:(Create|Upload|Reset)\w+/g), [
      "iam:CreateVirtualMFADevice",
      "iam:CreateAccessKey",
      "iam:UploadSSHPublicKey",
      "iam:CreateVirtualMFADevice",
    ]);
  });

  it("spares no password in the gate where passwordBeforeMfa is false", async () => {
    const gate = async (args: UserMfaArgs) =>
      (await statementsOf(args)).find(({ Sid }) => Sid === "NothingButEnrolmentWithoutMfa")?.NotAction;
    assert.deepEqual(await gate({ users: ["first-user"], passwordBeforeMfa: false }), [
      "iam:CreateVirtualMFADevice",
      "iam:EnableMFADevice",
      "iam:GetMFADevice",
      "iam:GetUser",
      "iam:ListMFADevices",
      "iam:ListVirtualMFADevices",
      "iam:ResyncMFADevice",
      "signin:AuthorizeOAuth2Access",
      "signin:CreateOAuth2Token",
      "sts:GetSessionToken",
    ]);
    assert.deepEqual(await gate({ users: ["first-user"] }), [
      "iam:ChangePassword",
      "iam:CreateVirtualMFADevice",
      "iam:EnableMFADevice",
      "iam:GetAccountPasswordPolicy",
      "iam:GetMFADevice",
      "iam:GetUser",
      "iam:ListMFADevices",
      "iam:ListVirtualMFADevices",
      "iam:ResyncMFADevice",
      "signin:AuthorizeOAuth2Access",
      "signin:CreateOAuth2Token",
      "sts:GetSessionToken",
    ]);
  });

  it("writes the policy for AWS GovCloud (US)", async () => {
    const registered = await userMfa(
      { users: ["first-user"], machineUserPaths: ["/machines/"], machineUserSources: ["203.0.113.0/24"] },
      { getPartition: { partition: "aws-us-gov" }, getCallerIdentity: { accountId: "210987654321" } },
    );
    const text = String(only(registered, POLICY).inputs.policy);
    assert.deepEqual(
      new Set(text.match(/arn:[^:]+:[^:]+:[^:]*:[^:]*:/g)),
      new Set(["arn:aws-us-gov:iam::210987654321:", "arn:aws-us-gov:signin:*:*:"]),
    );
  });

  it("refuses to gate nobody", async () => {
    assert.equal(
      await refusalMessage({}),
      "UserMfa: users is empty, so nobody would need MFA. List users, set allUsers, or name groups in gatedGroups.",
    );
  });

  it("refuses users beside all users", async () => {
    assert.equal(
      await refusalMessage({ users: ["first-user"], allUsers: true }),
      "UserMfa: users has no effect beside allUsers. Take one of the two out.",
    );
  });

  it("refuses a user given with its path", async () => {
    assert.match(
      await refusalMessage({ users: ["machines/ci"] }),
      /^UserMfa: users\[0\] is "machines\/ci", which is not the name/,
    );
  });

  it("refuses to make the group that it is to find", async () => {
    assert.equal(
      await refusalMessage({ users: ["first-user"], gatedGroups: ["mfa-required"] }),
      'UserMfa: userGroupName is "mfa-required", which gatedGroups names as a group that exists. Choose another name.',
    );
  });

  it("refuses the path / for machine users, which would spare everybody", async () => {
    assert.match(
      await refusalMessage({
        users: ["first-user"],
        machineUserPaths: ["/"],
        machineUserSources: ["203.0.113.0/24"],
      }),
      /^UserMfa: machineUserPaths\[0\] is "\/", which is not a path such as \/machines\/.*spare everybody/,
    );
  });

  it("refuses a wildcard in a path", async () => {
    assert.match(
      await refusalMessage({
        users: ["first-user"],
        machineUserPaths: ["/*/"],
        machineUserSources: ["203.0.113.0/24"],
      }),
      /^UserMfa: machineUserPaths\[0\] is "\/\*\/", which is not a path/,
    );
  });

  it("refuses machine users that nothing holds", async () => {
    assert.equal(
      await refusalMessage({ users: ["first-user"], machineUserPaths: ["/machines/"] }),
      "UserMfa: machineUserPaths spares users from MFA, so something else has to hold them: name the networks that they " +
        "call from in machineUserSources or machineUserVpcs.",
    );
  });

  it("refuses networks without machine users", async () => {
    assert.equal(
      await refusalMessage({ users: ["first-user"], machineUserVpcs: ["vpc-0a1b2c3d"] }),
      "UserMfa: machineUserPaths is empty, so machineUserSources and machineUserVpcs would hold nobody. Name a path.",
    );
  });

  it("refuses a misspelt kind of key and lists the kinds", async () => {
    assert.equal(
      await refusalMessage({ users: ["first-user"], ownKeys: ["acces-keys" as OwnKey] }),
      'UserMfa: ownKeys[0] is "acces-keys", which is none of: access-keys, ssh-keys, service-credentials, signing-certificates.',
    );
  });

  it("takes twenty networks and refuses more than a policy can hold", async () => {
    const networks = Array.from({ length: 200 }, (_, index) => `203.0.${index}.128/25`);
    const args = { users: ["first-user"], machineUserPaths: ["/machines/"] };
    assert.equal(all(await userMfa({ ...args, machineUserSources: networks.slice(0, 20) }), POLICY).length, 1);
    assert.match(
      await refusalMessage({ ...args, machineUserSources: networks }),
      /^UserMfa: machineUserPaths and the networks make a policy of \d+ characters; IAM allows 6144\. List fewer\.$/,
    );
  });

  it("stops for a user and a group that do not exist, and says which", async () => {
    const missing = {
      getUser: new Error("NoSuchEntity: The user with name second-user cannot be found."),
      getGroup: new Error("NoSuchEntity: The group with name developers cannot be found."),
    };
    const [message] = await refusalOf(
      () => new UserMfa("mfa", { users: ["second-user"], gatedGroups: ["developers"] }),
      missing,
    );
    assert.match(
      message,
      /^UserMfa: the group developers of gatedGroups cannot be read: NoSuchEntity: The group with name developers cannot be found\. Make it first, or take it out; see: aws iam list-groups$/m,
    );
    assert.match(
      message,
      /^UserMfa: the user second-user of users cannot be read: NoSuchEntity: .* aws iam list-users$/m,
    );
  });
});
