import assert from "node:assert/strict";
import { OWN_ACCOUNT } from "./account";
import { type Deployment, deployment, succeeded } from "./deployment";
import { needsEmulator } from "./suite";

const BOUNDARY = `arn:aws:iam::${OWN_ACCOUNT}:policy/developer-boundary`;
const DELEGATION = `arn:aws:iam::${OWN_ACCOUNT}:policy/developer-delegation`;
const TRUST = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }],
});

describe("the stack developer-boundary, deployed", function () {
  needsEmulator(this);
  let here: Deployment;
  before(async () => {
    here = await deployment("developer-boundary");
    const { iam } = here.account;
    await iam.createGroup({ GroupName: "developers" });
    await iam.createRole({ RoleName: "old-admin", Path: "/teams/", AssumeRolePolicyDocument: TRUST });
  });
  after(() => here?.dispose());

  async function policiesOf(group: string): Promise<string[]> {
    const { AttachedPolicies = [] } = await here.account.iam.listAttachedGroupPolicies({ GroupName: group });
    return AttachedPolicies.map((it) => it.PolicyArn ?? "");
  }

  async function localPolicies(): Promise<string[]> {
    const { Policies = [] } = await here.account.iam.listPolicies({ Scope: "Local" });
    return Policies.map((it) => it.Arn ?? "").sort();
  }

  async function boundaryText(): Promise<string> {
    const { iam } = here.account;
    const { Policy } = await iam.getPolicy({ PolicyArn: BOUNDARY });
    const { PolicyVersion } = await iam.getPolicyVersion({ PolicyArn: BOUNDARY, VersionId: Policy?.DefaultVersionId });
    return decodeURIComponent(PolicyVersion?.Document ?? "");
  }

  it("stops before anything is made where a role is below the path", async () => {
    const up = await here.stack.up("--skip-preview");
    assert.match(up.output, /DeveloperBoundary: the role old-admin is below \/teams\/ already/);
    assert.notEqual(up.code, 0);
    assert.deepEqual(await localPolicies(), []);
  });

  it("makes both policies and gives the group the delegation", async () => {
    await here.account.iam.deleteRole({ RoleName: "old-admin" });
    succeeded(await here.stack.up("--skip-preview"));
    assert.deepEqual(await localPolicies(), [BOUNDARY, DELEGATION]);
    assert.deepEqual(await policiesOf("developers"), [DELEGATION]);
  });

  it("has nothing to do at a second up, with a team's role below the path", async () => {
    const role = { RoleName: "app", Path: "/teams/", PermissionsBoundary: BOUNDARY, AssumeRolePolicyDocument: TRUST };
    await here.account.iam.createRole(role);
    succeeded(await here.stack.up("--skip-preview", "--expect-no-changes"));
    await here.account.iam.deleteRole({ RoleName: "app" });
  });

  it("shows at refresh what somebody opened by hand, and repairs it", async () => {
    const { iam } = here.account;
    const before = await boundaryText();
    const open = { Effect: "Allow", Action: "*", Resource: "*" };
    const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: [open] });
    await iam.createPolicyVersion({ PolicyArn: BOUNDARY, PolicyDocument, SetAsDefault: true });

    const refresh = succeeded(await here.stack.refresh("--diff"));
    assert.match(refresh.output, /\+ Action *: "\*"/);

    succeeded(await here.stack.up("--skip-preview"));
    assert.equal(await boundaryText(), before);
  });

  it("leaves nothing behind but what was there before", async () => {
    succeeded(await here.stack.destroy("--skip-preview"));
    assert.deepEqual(await localPolicies(), []);
    assert.deepEqual(await policiesOf("developers"), []);
  });
});
