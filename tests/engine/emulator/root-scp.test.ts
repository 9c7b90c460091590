import assert from "node:assert/strict";
import { type Deployment, deployment, succeeded } from "./deployment";
import { needsEmulator } from "./suite";

describe("the stack root-scp, deployed", function () {
  needsEmulator(this);
  let here: Deployment;
  let root: string;
  let unit: string;
  before(async () => {
    here = await deployment("root-scp");
    const { organizations } = here.account;
    await organizations.createOrganization({ FeatureSet: "ALL" });
    root = (await organizations.listRoots({})).Roots?.[0]?.Id ?? "";
    await organizations.enablePolicyType({ RootId: root, PolicyType: "SERVICE_CONTROL_POLICY" });
    const created = await organizations.createOrganizationalUnit({ ParentId: root, Name: "workloads" });
    unit = created.OrganizationalUnit?.Id ?? "";
    await here.stack.configure({ "aws-identity-guardrails:targets[0]": unit });
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

  /** What the policy says, and what it is called. */
  async function deployed() {
    const { organizations } = here.account;
    const { Policies = [] } = await organizations.listPolicies({ Filter: "SERVICE_CONTROL_POLICY" });
    const own = Policies.find((it) => it.Name !== "FullAWSAccess");
    const { Policy } = await organizations.describePolicy({ PolicyId: own?.Id });
    return { id: own?.Id, name: own?.Name, statements: JSON.parse(Policy?.Content ?? "").Statement };
  }

  it("makes the policy and attaches it to one unit", async () => {
    succeeded(await here.stack.up("--skip-preview"));
    assert.deepEqual(await policiesOf(unit), ["FullAWSAccess", "deny-root-user"]);
    assert.deepEqual(await policiesOf(root), ["FullAWSAccess"]);
    assert.deepEqual((await deployed()).statements, [
      {
        Sid: "DenyRootUser",
        Effect: "Deny",
        NotAction: [
          "s3:DeleteBucketPolicy",
          "s3:GetBucketPolicy",
          "s3:ListAllMyBuckets",
          "s3:PutBucketPolicy",
          "sqs:GetQueueAttributes",
          "sqs:GetQueueUrl",
          "sqs:ListQueues",
          "sqs:SetQueueAttributes",
        ],
        Resource: "*",
        Condition: {
          ArnLike: {
            "aws:PrincipalArn": [
              "arn:aws:iam::*:root",
              "arn:aws-cn:iam::*:root",
              "arn:aws-eusc:iam::*:root",
              "arn:aws-us-gov:iam::*:root",
            ],
          },
          Null: { "aws:AssumedRoot": "true" },
        },
      },
    ]);
  });

  it("has nothing to do at a second up", async () => {
    succeeded(await here.stack.up("--skip-preview", "--expect-no-changes"));
  });

  it("shows at refresh what somebody opened by hand, and repairs it", async () => {
    const { organizations } = here.account;
    const before = await deployed();
    const nothing = { Effect: "Deny", Action: "support:Dummy", Resource: "*" };
    const content = JSON.stringify({ Version: "2012-10-17", Statement: [nothing] });
    await organizations.updatePolicy({ PolicyId: before.id, Content: content });
    await organizations.detachPolicy({ PolicyId: before.id, TargetId: unit });

    const refresh = succeeded(await here.stack.refresh("--diff"));
    assert.match(refresh.output, /\+ Action *: "support:Dummy"/);
    assert.match(refresh.output, /- aws:organizations\/policyAttachment:PolicyAttachment: \(delete\)/);

    succeeded(await here.stack.up("--skip-preview"));
    assert.deepEqual(await deployed(), before);
    assert.deepEqual(await policiesOf(unit), ["FullAWSAccess", "deny-root-user"]);
  });

  it("changes the policy in place", async () => {
    const { id } = await deployed();
    await here.stack.configure({
      "aws-identity-guardrails:policyName": "deny-root",
      "aws-identity-guardrails:exemptAssumeRoot": "false",
    });
    succeeded(await here.stack.up("--skip-preview"));
    const after = await deployed();
    assert.deepEqual([after.id, after.name], [id, "deny-root"]);
    assert.deepEqual(Object.keys(after.statements[0].Condition), ["ArnLike"]);
    assert.deepEqual(await policiesOf(unit), ["FullAWSAccess", "deny-root"]);
  });

  it("goes from the unit to the whole organization", async () => {
    await here.stack.configure({ "aws-identity-guardrails:targets[0]": root });
    succeeded(await here.stack.up("--skip-preview"));
    assert.deepEqual(await policiesOf(unit), ["FullAWSAccess"]);
    assert.deepEqual(await policiesOf(root), ["FullAWSAccess", "deny-root"]);
  });

  it("leaves the organization as it was", async () => {
    succeeded(await here.stack.destroy("--skip-preview"));
    assert.deepEqual(await policies(), ["FullAWSAccess"]);
    assert.deepEqual(await policiesOf(root), ["FullAWSAccess"]);
  });
});
