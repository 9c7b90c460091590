import assert from "node:assert/strict";
import { AdminGroup, type AdminGroupArgs } from "../../../stacks/components";
import { type Answers, only, type Registered, refusalOf, registeredBy, UNKNOWN_STRING } from "../registered";

function adminGroup(args: AdminGroupArgs, answers?: Answers): Promise<readonly Registered[]> {
  return registeredBy(() => new AdminGroup("admins", args), answers);
}

function refusal(args: AdminGroupArgs): Promise<readonly [string, readonly Registered[]]> {
  return refusalOf(() => new AdminGroup("admins", args));
}

function documentOf(registered: readonly Registered[], type: string, property: string): unknown {
  return JSON.parse(String(only(registered, type).inputs[property]));
}

const ROLE = "aws:iam/role:Role";
const POLICY = "aws:iam/policy:Policy";
const MEMBERSHIP = "aws:iam/userGroupMembership:UserGroupMembership";

describe("stacks: AdminGroup", () => {
  it("makes a role that the named users of the account assume with MFA for an hour at most", async () => {
    const registered = await adminGroup({ members: ["first-admin", "second-admin"] });
    assert.equal(only(registered, ROLE).inputs.name, "administrator");
    assert.equal(only(registered, ROLE).inputs.maxSessionDuration, 3600);
    assert.deepEqual(documentOf(registered, ROLE, "assumeRolePolicy"), {
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "MembersWithMfa",
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::123456789012:root" },
          Action: "sts:AssumeRole",
          Condition: {
            StringEquals: { "aws:username": ["first-admin", "second-admin"] },
            Bool: { "aws:MultiFactorAuthPresent": "true" },
            NumericLessThan: { "aws:MultiFactorAuthAge": "3600" },
          },
        },
      ],
    });
  });

  it("gives AdministratorAccess to the role and to nothing else", async () => {
    const registered = await adminGroup({ members: ["first-admin"] });
    assert.deepEqual(only(registered, "aws:iam/rolePolicyAttachment:RolePolicyAttachment").inputs, {
      role: "administrator",
      policyArn: "arn:aws:iam::aws:policy/AdministratorAccess",
    });
    assert.equal(JSON.stringify(registered).match(/AdministratorAccess/g)?.length, 1);
  });

  it("gives the group self-service, that one role, and the MFA gate", async () => {
    const registered = await adminGroup({ members: ["first-admin"] });
    const ownUser = [
      "arn:aws:iam::123456789012:user/$" + "{aws:username}",
      "arn:aws:iam::123456789012:user/*/$" + "{aws:username}",
    ];
    const withoutMfa = { BoolIfExists: { "aws:MultiFactorAuthPresent": "false" } };
    assert.deepEqual(documentOf(registered, POLICY, "policy"), {
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "SeeWhatSelfServiceNeeds",
          Effect: "Allow",
          Action: ["iam:GetAccountPasswordPolicy", "iam:ListVirtualMFADevices"],
          Resource: "*",
        },
        {
          Sid: "NameNewMfaDevice",
          Effect: "Allow",
          Action: "iam:CreateVirtualMFADevice",
          Resource: "arn:aws:iam::123456789012:mfa/*",
        },
        {
          Sid: "ManageOwnPasswordAndMfa",
          Effect: "Allow",
          Action: [
            "iam:ChangePassword",
            "iam:DeactivateMFADevice",
            "iam:EnableMFADevice",
            "iam:GetMFADevice",
            "iam:GetUser",
            "iam:ListMFADevices",
            "iam:ResyncMFADevice",
          ],
          Resource: ownUser,
        },
        {
          Sid: "SignInOnTheCommandLine",
          Effect: "Allow",
          Action: ["signin:AuthorizeOAuth2Access", "signin:CreateOAuth2Token"],
          Resource: "arn:aws:signin:*:123456789012:oauth2/public-client/*",
        },
        {
          Sid: "BecomeAdministrator",
          Effect: "Allow",
          Action: "sts:AssumeRole",
          Resource: "arn:aws:iam::123456789012:role/administrator",
        },
        {
          Sid: "NothingButSelfServiceWithoutMfa",
          Effect: "Deny",
          NotAction: [
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
          ],
          Resource: "*",
          Condition: withoutMfa,
        },
        {
          Sid: "OnlyOwnUserWithoutMfa",
          Effect: "Deny",
          Action: ["iam:ChangePassword", "iam:EnableMFADevice", "iam:ResyncMFADevice"],
          NotResource: ownUser,
          Condition: withoutMfa,
        },
      ],
    });
  });

  it("adds members one by one, so that memberships kept elsewhere stay", async () => {
    const registered = await adminGroup({ members: ["first-admin", "second-admin"], groupName: "admins" });
    assert.deepEqual(
      registered.filter(({ type }) => type === MEMBERSHIP).map(({ inputs }) => inputs),
      [
        { user: "first-admin", groups: ["admins"] },
        { user: "second-admin", groups: ["admins"] },
      ],
    );
    assert.equal(
      registered.find(({ type }) => type === "aws:iam/groupMembership:GroupMembership"),
      undefined,
    );
  });

  it("adds the first member after the gate is attached", async () => {
    const types = (await adminGroup({ members: ["first-admin"] })).map(({ type }) => type);
    assert.ok(types.indexOf(MEMBERSHIP) > types.indexOf("aws:iam/groupPolicyAttachment:GroupPolicyAttachment"));
  });

  it("writes the policies for AWS GovCloud (US)", async () => {
    const registered = await adminGroup(
      { members: ["first-admin"] },
      { getPartition: { partition: "aws-us-gov" }, getCallerIdentity: { accountId: "210987654321" } },
    );
    const texts = [
      String(only(registered, ROLE).inputs.assumeRolePolicy),
      String(only(registered, POLICY).inputs.policy),
      String(only(registered, "aws:iam/rolePolicyAttachment:RolePolicyAttachment").inputs.policyArn),
    ].join("\n");
    assert.deepEqual(
      new Set(texts.match(/arn:[^:]+:iam::[^:]+:/g)),
      new Set(["arn:aws-us-gov:iam::210987654321:", "arn:aws-us-gov:iam::aws:"]),
    );
  });

  it("goes through a preview in which the account is not known yet", async () => {
    const registered = await adminGroup(
      { members: ["first-admin"] },
      { getCallerIdentity: { accountId: UNKNOWN_STRING } },
    );
    assert.equal(only(registered, MEMBERSHIP).inputs.user, "first-admin");
    assert.equal(typeof only(registered, POLICY).inputs.policy, "object");
  });

  it("stays within the 6,144 characters of a managed policy with the longest names", async () => {
    const registered = await adminGroup(
      { members: ["first-admin"], roleName: "r".repeat(64), groupName: "g".repeat(114) },
      { getPartition: { partition: "aws-us-gov" }, getCallerIdentity: { accountId: "210987654321" } },
    );
    assert.ok(String(only(registered, POLICY).inputs.policy).length <= 6144);
    assert.ok(String(only(registered, POLICY).inputs.name).length <= 128);
  });

  it("refuses an empty list of members, before anything is registered", async () => {
    assert.deepEqual(await refusal({ members: [] }), [
      "AdminGroup: members is empty, and IAM refuses a trust policy that names nobody. List the first administrator.",
      [],
    ]);
  });

  it("refuses a member given by ARN", async () => {
    const [message] = await refusal({ members: ["first-admin", "arn:aws:iam::123456789012:user/second-admin"] });
    assert.match(
      message,
      /^AdminGroup: members\[1\] is "arn:aws:iam::123456789012:user\/second-admin", which is not the name/,
    );
  });

  it("refuses a wildcard for a member", async () => {
    const [message] = await refusal({ members: ["*"] });
    assert.match(message, /^AdminGroup: members\[0\] is "\*", which is not the name/);
  });

  it("refuses the same member twice, in another letter case too", async () => {
    const [message] = await refusal({ members: ["first-admin", "First-Admin"] });
    assert.equal(message, 'AdminGroup: members[1] repeats "First-Admin" of members[0]. Remove one of the two.');
  });

  it("takes 100 members with short names and refuses 100 with long ones", async () => {
    const names = Array.from({ length: 100 }, (_, index) => `admin${index}`);
    assert.equal((await adminGroup({ members: names })).filter(({ type }) => type === MEMBERSHIP).length, 100);
    const [message] = await refusal({ members: names.map((name) => `${name}-of-the-platform-team`) });
    assert.match(
      message,
      /^AdminGroup: members has 100 names, which make a trust policy of \d+ characters; IAM allows 2048/,
    );
  });

  it("refuses a role name with a slash", async () => {
    const [message] = await refusal({ members: ["first-admin"], roleName: "people/administrator" });
    assert.match(message, /^AdminGroup: roleName is "people\/administrator", which is not a role's name/);
  });
});
