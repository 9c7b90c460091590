import assert from "node:assert/strict";
import { OWN_ACCOUNT } from "./account";
import { type Deployment, deployment, succeeded } from "./deployment";
import { needsEmulator } from "./suite";

const GATE = `arn:aws:iam::${OWN_ACCOUNT}:policy/user-mfa`;

describe("the stack user-mfa, deployed", function () {
  needsEmulator(this);
  let here: Deployment;
  before(async () => {
    here = await deployment("user-mfa");
    const { iam } = here.account;
    await iam.createUser({ UserName: "first-user" });
    await iam.createUser({ UserName: "ci", Path: "/machines/" });
    await iam.createGroup({ GroupName: "developers" });
    await iam.addUserToGroup({ GroupName: "developers", UserName: "first-user" });
  });
  after(() => here?.dispose());

  async function groupsOf(user: string): Promise<string[]> {
    const { Groups = [] } = await here.account.iam.listGroupsForUser({ UserName: user });
    return Groups.map((it) => it.GroupName ?? "").sort();
  }

  async function policiesOf(group: string): Promise<string[]> {
    const { AttachedPolicies = [] } = await here.account.iam.listAttachedGroupPolicies({ GroupName: group });
    return AttachedPolicies.map((it) => it.PolicyArn ?? "");
  }

  /** The names of the policy's Denies. */
  async function denies(): Promise<string[]> {
    const { iam } = here.account;
    const { Policy } = await iam.getPolicy({ PolicyArn: GATE });
    const { PolicyVersion } = await iam.getPolicyVersion({ PolicyArn: GATE, VersionId: Policy?.DefaultVersionId });
    const { Statement } = JSON.parse(decodeURIComponent(PolicyVersion?.Document ?? ""));
    return Statement.flatMap((it: { Effect: string; Sid: string }) => (it.Effect === "Deny" ? [it.Sid] : []));
  }

  it("stops before anything is made where a user does not exist, and says which", async () => {
    const up = await here.stack.up("--skip-preview");
    assert.match(up.output, /UserMfa: the user second-user of users cannot be read: .*aws iam list-users/);
    assert.notEqual(up.code, 0);
    const { Policies = [] } = await here.account.iam.listPolicies({ Scope: "Local" });
    assert.deepEqual(Policies, []);
  });

  it("makes the policy and its group, and puts the users in beside their other groups", async () => {
    await here.account.iam.createUser({ UserName: "second-user" });
    succeeded(await here.stack.up("--skip-preview"));
    assert.deepEqual(await groupsOf("first-user"), ["developers", "mfa-required"]);
    assert.deepEqual(await groupsOf("second-user"), ["mfa-required"]);
    assert.deepEqual(await groupsOf("ci"), []);
    assert.deepEqual(await policiesOf("mfa-required"), [GATE]);
    assert.deepEqual(await denies(), [
      "NothingButEnrolmentWithoutMfa",
      "OnlyOwnUserWithoutMfa",
      "MachinesFromTheirNetworksOnly",
    ]);
  });

  it("has nothing to do at a second up", async () => {
    succeeded(await here.stack.up("--skip-preview", "--expect-no-changes"));
  });

  it("shows at refresh what somebody opened by hand, and repairs it", async () => {
    const { iam } = here.account;
    const open = { Effect: "Allow", Action: "iam:GetUser", Resource: "*" };
    const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: [open] });
    await iam.createPolicyVersion({ PolicyArn: GATE, PolicyDocument, SetAsDefault: true });
    await iam.removeUserFromGroup({ GroupName: "mfa-required", UserName: "second-user" });

    const refresh = succeeded(await here.stack.refresh("--diff"));
    assert.match(refresh.output, /- *Sid *: "NothingButEnrolmentWithoutMfa"/);
    assert.match(refresh.output, /~ groups: \[\s+- \[0\]: "mfa-required"/);

    succeeded(await here.stack.up("--skip-preview"));
    assert.equal((await denies()).length, 3);
    assert.deepEqual(await groupsOf("second-user"), ["mfa-required"]);
  });

  it("leaves nothing behind but what was there before", async () => {
    succeeded(await here.stack.destroy("--skip-preview"));
    const { Policies = [] } = await here.account.iam.listPolicies({ Scope: "Local" });
    assert.deepEqual(Policies, []);
    assert.deepEqual(await groupsOf("first-user"), ["developers"]);
  });
});

const EVERYBODY = `config:
  aws:region: us-east-1
  aws-identity-guardrails:component: user-mfa
  aws-identity-guardrails:allUsers: true
  aws-identity-guardrails:gatedGroups: [developers]
`;

describe("the stack user-mfa, deployed for every user and an existing group", function () {
  needsEmulator(this);
  let here: Deployment;
  before(async () => {
    here = await deployment("user-mfa", async (_moto, { iam }) => {
      await iam.createUser({ UserName: "first-user" });
      await iam.createUser({ UserName: "ci", Path: "/machines/" });
      await iam.createGroup({ GroupName: "developers" });
      return { config: EVERYBODY };
    });
  });
  after(() => here?.dispose());

  async function gatedUsers(): Promise<string[]> {
    const { Users = [] } = await here.account.iam.getGroup({ GroupName: "mfa-required" });
    return Users.map((it) => it.UserName ?? "").sort();
  }

  it("takes those that there are, and those made since at the next up", async () => {
    succeeded(await here.stack.up("--skip-preview"));
    assert.deepEqual(await gatedUsers(), ["ci", "first-user"]);
    const { AttachedPolicies = [] } = await here.account.iam.listAttachedGroupPolicies({ GroupName: "developers" });
    assert.deepEqual(
      AttachedPolicies.map((it) => it.PolicyArn),
      [GATE],
    );

    await here.account.iam.createUser({ UserName: "second-user" });
    succeeded(await here.stack.up("--skip-preview"));
    assert.deepEqual(await gatedUsers(), ["ci", "first-user", "second-user"]);
  });

  it("leaves the group that it found", async () => {
    succeeded(await here.stack.destroy("--skip-preview"));
    const { Groups = [] } = await here.account.iam.listGroups({});
    assert.deepEqual(
      Groups.map((it) => it.GroupName),
      ["developers"],
    );
  });
});
