import assert from "node:assert/strict";
import { OWN_ACCOUNT } from "./account";
import { type Deployment, deployment, succeeded } from "./deployment";
import { needsEmulator } from "./suite";

const SELF_SERVICE = `arn:aws:iam::${OWN_ACCOUNT}:policy/administrators-self-service`;

describe("the stack admin-group, deployed", function () {
  needsEmulator(this);
  let here: Deployment;
  before(async () => {
    here = await deployment("admin-group");
    const { iam } = here.account;
    for (const UserName of ["first-admin", "second-admin", "third-admin"]) await iam.createUser({ UserName });
    await iam.createGroup({ GroupName: "readers" });
    await iam.addUserToGroup({ GroupName: "readers", UserName: "first-admin" });
  });
  after(() => here?.dispose());

  async function groupsOf(user: string): Promise<string[]> {
    const { Groups = [] } = await here.account.iam.listGroupsForUser({ UserName: user });
    return Groups.map((it) => it.GroupName ?? "").sort();
  }

  async function groupPolicies(group: string): Promise<string[]> {
    const { AttachedPolicies = [] } = await here.account.iam.listAttachedGroupPolicies({ GroupName: group });
    return AttachedPolicies.map((it) => it.PolicyArn ?? "").sort();
  }

  async function rolePolicies(): Promise<string[]> {
    const { AttachedPolicies = [] } = await here.account.iam.listAttachedRolePolicies({ RoleName: "administrator" });
    return AttachedPolicies.map((it) => it.PolicyArn ?? "");
  }

  async function trustedNames(): Promise<unknown> {
    const { Role } = await here.account.iam.getRole({ RoleName: "administrator" });
    const trust = JSON.parse(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? ""));
    return trust.Statement[0].Condition.StringEquals["aws:username"];
  }

  /** Everything in the account that the stack could have made. */
  async function ownNames() {
    const { iam } = here.account;
    const { Groups = [] } = await iam.listGroups({});
    const { Policies = [] } = await iam.listPolicies({ Scope: "Local" });
    const { Roles = [] } = await iam.listRoles({});
    return {
      groups: Groups.map((it) => it.GroupName).sort(),
      policies: Policies.map((it) => it.PolicyName).sort(),
      roles: Roles.map((it) => it.RoleName).sort(),
    };
  }

  it("makes the group, its policy and the role, and adds the members", async () => {
    succeeded(await here.stack.up("--skip-preview"));
    assert.deepEqual(await groupsOf("first-admin"), ["administrators", "readers"]);
    assert.deepEqual(await groupsOf("second-admin"), ["administrators"]);
    assert.deepEqual(await groupsOf("third-admin"), []);
    assert.deepEqual(await groupPolicies("administrators"), [SELF_SERVICE]);
    assert.deepEqual(await rolePolicies(), ["arn:aws:iam::aws:policy/AdministratorAccess"]);
    assert.deepEqual(await trustedNames(), ["first-admin", "second-admin"]);
  });

  it("has nothing to do at a second up", async () => {
    succeeded(await here.stack.up("--skip-preview", "--expect-no-changes"));
  });

  it("shows at refresh what somebody changed by hand, and repairs it", async () => {
    const { iam } = here.account;
    const open = { Effect: "Allow", Principal: { AWS: "*" }, Action: "sts:AssumeRole" };
    await iam.updateAssumeRolePolicy({
      RoleName: "administrator",
      PolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: [open] }),
    });
    await iam.detachGroupPolicy({ GroupName: "administrators", PolicyArn: SELF_SERVICE });
    await iam.removeUserFromGroup({ GroupName: "administrators", UserName: "second-admin" });

    const refresh = succeeded(await here.stack.refresh("--diff"));
    assert.match(refresh.output, /~ AWS: "arn:aws:iam::123456789012:root" => "\*"/);
    assert.match(refresh.output, /- aws:iam\/groupPolicyAttachment:GroupPolicyAttachment: \(delete\)/);
    assert.match(refresh.output, /~ groups: \[\s+- \[0\]: "administrators"/);

    succeeded(await here.stack.up("--skip-preview"));
    assert.deepEqual(await trustedNames(), ["first-admin", "second-admin"]);
    assert.deepEqual(await groupPolicies("administrators"), [SELF_SERVICE]);
    assert.deepEqual(await groupsOf("second-admin"), ["administrators"]);
  });

  it("takes a member out and another one in, in the group and in the trust", async () => {
    await here.stack.configure({ "aws-identity-guardrails:members[1]": "third-admin" });
    succeeded(await here.stack.up("--skip-preview"));
    assert.deepEqual(await groupsOf("first-admin"), ["administrators", "readers"]);
    assert.deepEqual(await groupsOf("second-admin"), []);
    assert.deepEqual(await groupsOf("third-admin"), ["administrators"]);
    assert.deepEqual(await trustedNames(), ["first-admin", "third-admin"]);
  });

  it("replaces group and policy when the group gets another name", async () => {
    await here.stack.configure({ "aws-identity-guardrails:groupName": "keepers" });
    succeeded(await here.stack.up("--skip-preview"));
    assert.deepEqual(await groupsOf("first-admin"), ["keepers", "readers"]);
    assert.deepEqual(await groupsOf("third-admin"), ["keepers"]);
    assert.deepEqual(await groupPolicies("keepers"), [`arn:aws:iam::${OWN_ACCOUNT}:policy/keepers-self-service`]);
    assert.deepEqual(await ownNames(), {
      groups: ["keepers", "readers"],
      policies: ["keepers-self-service"],
      roles: ["administrator"],
    });
    succeeded(await here.stack.refresh("--skip-preview", "--expect-no-changes"));
  });

  it("leaves nothing behind but what was there before", async () => {
    succeeded(await here.stack.destroy("--skip-preview"));
    assert.deepEqual(await ownNames(), { groups: ["readers"], policies: [], roles: [] });
    assert.deepEqual(await groupsOf("first-admin"), ["readers"]);
  });
});
