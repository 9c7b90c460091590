import assert from "node:assert/strict";
import { type Deployment, deployment, succeeded } from "./deployment";
import { needsEmulator } from "./suite";

/** The configuration that makes two policies of their own. */
const TWO = `config:
  aws:region: us-east-1
  aws-identity-guardrails:component: guardrail-scps
  aws-identity-guardrails:targets: [unit-follows]
  aws-identity-guardrails:guardrails: [leave-organization, admin-roles]
`;

describe("the stack guardrail-scps, deployed", function () {
  needsEmulator(this);
  let here: Deployment;
  let root: string;
  let unit: string;
  before(async () => {
    here = await deployment("guardrail-scps", async () => ({ config: TWO }));
    const { organizations } = here.account;
    await organizations.createOrganization({ FeatureSet: "ALL" });
    root = (await organizations.listRoots({})).Roots?.[0]?.Id ?? "";
    await organizations.enablePolicyType({ RootId: root, PolicyType: "SERVICE_CONTROL_POLICY" });
    const created = await organizations.createOrganizationalUnit({ ParentId: root, Name: "workloads" });
    unit = created.OrganizationalUnit?.Id ?? "";
    await here.stack.configure({ "aws-identity-guardrails:targets[0]": "ou-ab12-nothere0" });
  });
  after(() => here?.dispose());

  /** The names of the service control policies of a root, unit or account. */
  async function policiesOf(target: string): Promise<string[]> {
    const asked = { TargetId: target, Filter: "SERVICE_CONTROL_POLICY" } as const;
    const { Policies = [] } = await here.account.organizations.listPoliciesForTarget(asked);
    return Policies.map((it) => it.Name ?? "").sort();
  }

  async function policies(): Promise<string[]> {
    const { Policies = [] } = await here.account.organizations.listPolicies({ Filter: "SERVICE_CONTROL_POLICY" });
    return Policies.map((it) => it.Name ?? "").sort();
  }

  async function described(name: string) {
    const { organizations } = here.account;
    const { Policies = [] } = await organizations.listPolicies({ Filter: "SERVICE_CONTROL_POLICY" });
    const { Policy } = await organizations.describePolicy({ PolicyId: Policies.find((it) => it.Name === name)?.Id });
    return { id: Policy?.PolicySummary?.Id, statements: JSON.parse(Policy?.Content ?? "").Statement };
  }

  it("stops before anything is made where a target does not exist", async () => {
    const up = await here.stack.up("--skip-preview");
    assert.match(up.output, /GuardrailScps: organization o-\w+ has no organizational unit ou-ab12-nothere0/);
    assert.notEqual(up.code, 0);
    assert.deepEqual(await policies(), ["FullAWSAccess"]);
  });

  it("makes the policies and attaches them to one unit", async () => {
    await here.stack.configure({ "aws-identity-guardrails:targets[0]": unit });
    succeeded(await here.stack.up("--skip-preview"));
    assert.deepEqual(await policiesOf(unit), [
      "FullAWSAccess",
      "guardrail-admin-roles",
      "guardrail-leave-organization",
    ]);
    assert.deepEqual((await described("guardrail-leave-organization")).statements, [
      {
        Sid: "StayInTheOrganization",
        Effect: "Deny",
        Action: "organizations:LeaveOrganization",
        Resource: "*",
      },
    ]);
  });

  it("has nothing to do at a second up", async () => {
    succeeded(await here.stack.up("--skip-preview", "--expect-no-changes"));
  });

  it("shows at refresh what somebody opened by hand, and repairs it", async () => {
    const { organizations } = here.account;
    const before = await described("guardrail-admin-roles");
    const nothing = { Effect: "Deny", Action: "support:Dummy", Resource: "*" };
    const Content = JSON.stringify({ Version: "2012-10-17", Statement: [nothing] });
    await organizations.updatePolicy({ PolicyId: before.id, Content });
    await organizations.detachPolicy({ PolicyId: before.id, TargetId: unit });

    const refresh = succeeded(await here.stack.refresh("--diff"));
    assert.match(refresh.output, /"support:Dummy"/);
    assert.match(refresh.output, /- aws:organizations\/policyAttachment:PolicyAttachment: \(delete\)/);

    succeeded(await here.stack.up("--skip-preview"));
    assert.deepEqual(await described("guardrail-admin-roles"), before);
    assert.equal((await policiesOf(unit)).length, 3);
  });

  it("goes into one policy on the whole organization", async () => {
    await here.stack.configure({
      "aws-identity-guardrails:targets[0]": root,
      "aws-identity-guardrails:onePolicy": "true",
    });
    succeeded(await here.stack.up("--skip-preview"));
    assert.deepEqual(await policiesOf(unit), ["FullAWSAccess"]);
    assert.deepEqual(await policiesOf(root), ["FullAWSAccess", "guardrail-all"]);
    assert.deepEqual(await policies(), ["FullAWSAccess", "guardrail-all"]);
  });

  it("leaves the organization as it was", async () => {
    succeeded(await here.stack.destroy("--skip-preview"));
    assert.deepEqual(await policies(), ["FullAWSAccess"]);
  });
});
