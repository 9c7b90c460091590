import assert from "node:assert/strict";
import { type Deployment, deployment, succeeded } from "./deployment";
import { needsEmulator } from "./suite";

describe("the stack root-scp, deployed with permissions that do not suffice", function () {
  needsEmulator(this);
  let here: Deployment;
  let root: string;
  before(async () => {
    here = await deployment("root-scp", async (_moto, { iam, organizations }) => {
      await organizations.createOrganization({ FeatureSet: "ALL" });
      root = (await organizations.listRoots({})).Roots?.[0]?.Id ?? "";
      await organizations.enablePolicyType({ RootId: root, PolicyType: "SERVICE_CONTROL_POLICY" });
      await iam.createUser({ UserName: "deployer" });
      const { AccessKey: key } = await iam.createAccessKey({ UserName: "deployer" });
      return { key: { accessKeyId: key?.AccessKeyId ?? "", secretAccessKey: key?.SecretAccessKey ?? "" } };
    });
    await here.stack.configure({ "aws-identity-guardrails:targets[0]": root });
  });
  after(() => here?.dispose());

  /** What the user of the stack's key may do from now on; the emulator holds it to that while `act` runs. */
  async function permitted<T>(actions: readonly string[], act: () => Promise<T>): Promise<T> {
    const statement = { Effect: "Allow", Action: actions, Resource: "*" };
    const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
    await here.account.iam.putUserPolicy({ UserName: "deployer", PolicyName: "permitted", PolicyDocument });
    await here.moto.enforcePermissions();
    try {
      return await act();
    } finally {
      await here.moto.permitAll();
    }
  }

  /** The service control policies of the organization, each with how often it is attached. */
  async function policies(): Promise<string[]> {
    const { organizations } = here.account;
    const { Policies = [] } = await organizations.listPolicies({ Filter: "SERVICE_CONTROL_POLICY" });
    const described = Policies.map(async ({ Id, Name }) => {
      const { Targets = [] } = await organizations.listTargetsForPolicy({ PolicyId: Id });
      return `${Name}: ${Targets.length}`;
    });
    return (await Promise.all(described)).sort();
  }

  it("stops before anything is made where the organization cannot be read, and says which call is not permitted", async () => {
    const up = await permitted(["iam:*", "sts:*"], () => here.stack.up("--skip-preview"));
    assert.match(
      up.output,
      /RootScp: the organization cannot be read: AccessDenied: User: arn:aws:iam::123456789012:user\/deployer is not authorized to perform: organizations:DescribeOrganization\./,
    );
    assert.notEqual(up.code, 0);
    assert.deepEqual(await policies(), ["FullAWSAccess: 2"]);
  });

  it("names the attachment that is not permitted, and makes it at the next up when it is", async () => {
    const reading = ["organizations:Describe*", "organizations:List*", "organizations:CreatePolicy"];
    const partly = await permitted(reading, () => here.stack.up("--skip-preview"));
    assert.match(
      partly.output,
      /creating aws:organizations\/policyAttachment:PolicyAttachment \(root-scp-r-\w+\): AccessDenied: User: \S+ is not authorized to perform: organizations:AttachPolicy/,
    );
    assert.notEqual(partly.code, 0);
    assert.deepEqual(await policies(), ["FullAWSAccess: 2", "deny-root-user: 0"]);

    succeeded(await permitted(["organizations:*"], () => here.stack.up("--skip-preview")));
    assert.deepEqual(await policies(), ["FullAWSAccess: 2", "deny-root-user: 1"]);
  });
});
