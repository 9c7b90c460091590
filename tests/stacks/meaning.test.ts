import assert from "node:assert/strict";
import { AdminGroup, type AdminGroupArgs, RootScp, type RootScpArgs } from "../../stacks/components";
import { isAllowed, trusts } from "../iam/reference";
import { only, registeredBy } from "./registered";

const ALLOW_EVERYTHING = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] };
const USER = "arn:aws:iam::123456789012:user/first-admin";
const OTHER_USER = "arn:aws:iam::123456789012:user/someone-else";
const ROLE = "arn:aws:iam::123456789012:role/administrator";

/** A request with a long-term access key: AWS puts no MFA key into it. */
const accessKey = { "aws:username": "first-admin" };
const consoleWithoutMfa = { "aws:username": "first-admin", "aws:MultiFactorAuthPresent": "false" };
const withMfa = {
  "aws:username": "first-admin",
  "aws:MultiFactorAuthPresent": "true",
  "aws:MultiFactorAuthAge": "60",
};

const members: AdminGroupArgs = { members: ["first-admin", "second-admin"] };

async function groupPolicy(): Promise<string> {
  const registered = await registeredBy(() => new AdminGroup("admins", members));
  return String(only(registered, "aws:iam/policy:Policy").inputs.policy);
}

async function trustPolicy(): Promise<string> {
  const registered = await registeredBy(() => new AdminGroup("admins", members));
  return String(only(registered, "aws:iam/role:Role").inputs.assumeRolePolicy);
}

async function scpContent(args: Omit<RootScpArgs, "targets"> = {}): Promise<string> {
  const registered = await registeredBy(() => new RootScp("scp", { targets: ["r-ab12"], ...args }));
  return String(only(registered, "aws:organizations/policy:Policy").inputs.content);
}

describe("stacks: what the group's policy means for a member", () => {
  let policy = "";
  before(async () => {
    policy = await groupPolicy();
  });

  /** With the group's policy alone. */
  function may(action: string, resource: string, context: Record<string, string>): boolean {
    return isAllowed({ action, resource, context }, { identity: [policy] });
  }

  /** With the group's policy beside one that allows everything. */
  function mayAtMost(action: string, resource: string, context: Record<string, string>): boolean {
    return isAllowed({ action, resource, context }, { identity: [policy, ALLOW_EVERYTHING] });
  }

  it("assumes the administrator role with MFA", () => assert.equal(may("sts:AssumeRole", ROLE, withMfa), true));
  it("does not assume it with an access key", () => assert.equal(mayAtMost("sts:AssumeRole", ROLE, accessKey), false));
  it("does not assume it from the console without MFA", () =>
    assert.equal(mayAtMost("sts:AssumeRole", ROLE, consoleWithoutMfa), false));
  it("does not assume another role", () =>
    assert.equal(may("sts:AssumeRole", "arn:aws:iam::123456789012:role/administrator2", withMfa), false));
  it("has no administrator's power of its own", () => assert.equal(may("iam:CreateUser", OTHER_USER, withMfa), false));
  it("does not attach a policy to itself", () => assert.equal(may("iam:AttachUserPolicy", USER, withMfa), false));

  it("uses nothing without MFA, whatever else the user has", () =>
    assert.equal(mayAtMost("s3:ListAllMyBuckets", "*", accessKey), false));
  it("uses what else the user has with MFA", () => assert.equal(mayAtMost("s3:ListAllMyBuckets", "*", withMfa), true));

  it("makes an MFA device without MFA", () =>
    assert.equal(may("iam:CreateVirtualMFADevice", "arn:aws:iam::123456789012:mfa/phone", consoleWithoutMfa), true));
  it("enables it for itself without MFA", () =>
    assert.equal(may("iam:EnableMFADevice", USER, consoleWithoutMfa), true));
  it("enables it for itself where the user has a path", () =>
    assert.equal(
      may("iam:EnableMFADevice", "arn:aws:iam::123456789012:user/people/first-admin", consoleWithoutMfa),
      true,
    ));
  it("does not enable one for another user without MFA, whatever else the user has", () =>
    assert.equal(mayAtMost("iam:EnableMFADevice", OTHER_USER, consoleWithoutMfa), false));
  it("does not take its device away without MFA", () =>
    assert.equal(mayAtMost("iam:DeactivateMFADevice", USER, consoleWithoutMfa), false));
  it("takes its device away with MFA", () => assert.equal(may("iam:DeactivateMFADevice", USER, withMfa), true));
  it("does not take another user's device away", () =>
    assert.equal(may("iam:DeactivateMFADevice", OTHER_USER, withMfa), false));

  it("changes its password at the first sign-in", () =>
    assert.equal(may("iam:ChangePassword", USER, consoleWithoutMfa), true));
  it("changes nobody else's, whatever else the user has", () =>
    assert.equal(mayAtMost("iam:ChangePassword", OTHER_USER, consoleWithoutMfa), false));
  const cli = "arn:aws:signin:us-east-1:123456789012:oauth2/public-client/localhost";
  it("signs in on the command line, by a browser", () => {
    assert.equal(may("signin:AuthorizeOAuth2Access", cli, withMfa), true);
    assert.equal(may("signin:CreateOAuth2Token", cli, {}), true);
  });
  it("does nothing else of AWS Sign-In", () =>
    assert.equal(may("signin:CreateOAuth2TokenWithIAM", cli, withMfa), false));
  it("makes no access key without MFA, whatever else the user has", () =>
    assert.equal(mayAtMost("iam:CreateAccessKey", USER, accessKey), false));
  it("gets a session with MFA from an access key", () =>
    assert.equal(mayAtMost("sts:GetSessionToken", "*", accessKey), true));
});

describe("stacks: whom the administrator role trusts", () => {
  let policy = "";
  before(async () => {
    policy = await trustPolicy();
  });

  function trust(arn: string, context: Record<string, string>): string {
    return trusts(policy, { arn, account: arn.split(":")[4] ?? "" }, { action: "sts:AssumeRole", context });
  }

  it("lets the account's policies decide about a member with MFA", () => assert.equal(trust(USER, withMfa), "account"));
  it("refuses a member with an access key", () => assert.equal(trust(USER, accessKey), "no"));
  it("refuses a member without MFA", () => assert.equal(trust(USER, consoleWithoutMfa), "no"));
  it("takes an MFA sign-in of 3,599 seconds ago", () =>
    assert.equal(trust(USER, { ...withMfa, "aws:MultiFactorAuthAge": "3599" }), "account"));
  it("refuses an MFA sign-in of an hour ago", () =>
    assert.equal(trust(USER, { ...withMfa, "aws:MultiFactorAuthAge": "3600" }), "no"));
  it("refuses another user of the account with MFA", () =>
    assert.equal(trust(OTHER_USER, { ...withMfa, "aws:username": "someone-else" }), "no"));
  it("refuses a role session, which has no user name", () =>
    assert.equal(
      trust("arn:aws:iam::123456789012:role/deploy", {
        "aws:MultiFactorAuthPresent": "true",
        "aws:MultiFactorAuthAge": "60",
      }),
      "no",
    ));
  it("refuses a user of the same name in another account", () =>
    assert.equal(trust("arn:aws:iam::210987654321:user/first-admin", withMfa), "no"));
});

describe("stacks: what the root SCP means in a member account", () => {
  function may(content: string, action: string, context: Record<string, string>): boolean {
    const scps = [[ALLOW_EVERYTHING, content]];
    return isAllowed({ action, resource: "*", context }, { identity: [ALLOW_EVERYTHING], scps });
  }

  const root = { "aws:PrincipalArn": "arn:aws:iam::123456789012:root", "aws:RequestedRegion": "eu-west-1" };
  const assumedRoot = { ...root, "aws:AssumedRoot": "true" };

  it("denies root an action that works on no resource", async () =>
    assert.equal(may(await scpContent(), "s3:ListAllMyBuckets", root), false));
  it("denies root a service that does not exist yet", async () =>
    assert.equal(may(await scpContent(), "tomorrow:DoThings", root), false));
  it("denies root in China", async () =>
    assert.equal(
      may(await scpContent(), "s3:ListAllMyBuckets", { "aws:PrincipalArn": "arn:aws-cn:iam::123456789012:root" }),
      false,
    ));
  it("denies root in AWS GovCloud (US)", async () =>
    assert.equal(
      may(await scpContent(), "s3:ListAllMyBuckets", { "aws:PrincipalArn": "arn:aws-us-gov:iam::123456789012:root" }),
      false,
    ));
  it("denies root in the AWS European Sovereign Cloud", async () =>
    assert.equal(
      may(await scpContent(), "s3:ListAllMyBuckets", { "aws:PrincipalArn": "arn:aws-eusc:iam::123456789012:root" }),
      false,
    ));
  it("leaves a user whose name is root alone", async () =>
    assert.equal(
      may(await scpContent(), "s3:ListAllMyBuckets", { "aws:PrincipalArn": "arn:aws:iam::123456789012:user/root" }),
      true,
    ));
  it("spares a listed task", async () =>
    assert.equal(may(await scpContent({ allowedRootTasks: ["close-account"] }), "account:CloseAccount", root), true));
  it("denies a task that is not listed", async () =>
    assert.equal(
      may(await scpContent({ allowedRootTasks: ["close-account"] }), "account:PutAccountName", root),
      false,
    ));
  it("leaves AssumeRoot sessions alone by default", async () =>
    assert.equal(may(await scpContent(), "sqs:SetQueueAttributes", assumedRoot), true));
  it("denies AssumeRoot sessions when they are not exempt", async () =>
    assert.equal(may(await scpContent({ exemptAssumeRoot: false }), "sqs:SetQueueAttributes", assumedRoot), false));
});
