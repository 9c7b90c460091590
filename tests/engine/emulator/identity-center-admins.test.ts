import assert from "node:assert/strict";
import { type Deployment, deployment, succeeded } from "./deployment";
import { needsEmulator } from "./suite";

const ADMINISTRATOR = "arn:aws:iam::aws:policy/AdministratorAccess";

// Permissions boundaries of permission sets and the account access manager are beyond the emulator.
describe("the stack identity-center-admins, deployed", function () {
  needsEmulator(this);
  let here: Deployment;
  let instance: string;
  before(async () => {
    here = await deployment("identity-center-admins");
    const { Instances = [] } = await here.account.ssoAdmin.listInstances({});
    instance = Instances[0]?.InstanceArn ?? "";
  });
  after(() => here?.dispose());

  async function permissionSets(): Promise<string[]> {
    const { PermissionSets = [] } = await here.account.ssoAdmin.listPermissionSets({ InstanceArn: instance });
    return PermissionSets;
  }

  async function described() {
    const [PermissionSetArn] = await permissionSets();
    const asked = { InstanceArn: instance, PermissionSetArn };
    const { PermissionSet } = await here.account.ssoAdmin.describePermissionSet(asked);
    const { AttachedManagedPolicies = [] } = await here.account.ssoAdmin.listManagedPoliciesInPermissionSet(asked);
    return [PermissionSet?.Name, PermissionSet?.SessionDuration, AttachedManagedPolicies.map((it) => it.Arn)];
  }

  async function assignedIn(AccountId: string): Promise<number> {
    const [PermissionSetArn] = await permissionSets();
    const asked = { InstanceArn: instance, PermissionSetArn, AccountId };
    const { AccountAssignments = [] } = await here.account.ssoAdmin.listAccountAssignments(asked);
    return AccountAssignments.length;
  }

  it("makes the permission set and assigns it to the group in each account", async () => {
    succeeded(await here.stack.up("--skip-preview"));
    assert.deepEqual(await described(), ["administrator", "PT1H", [ADMINISTRATOR]]);
    assert.equal(await assignedIn("111122223333"), 1);
    assert.equal(await assignedIn("444455556666"), 1);
  });

  it("has nothing to do at a second up", async () => {
    succeeded(await here.stack.up("--skip-preview", "--expect-no-changes"));
  });

  it("shows at refresh what somebody changed by hand, and repairs it", async () => {
    const [PermissionSetArn] = await permissionSets();
    await here.account.ssoAdmin.updatePermissionSet({
      InstanceArn: instance,
      PermissionSetArn,
      SessionDuration: "PT12H",
    });
    const refresh = succeeded(await here.stack.refresh("--diff"));
    assert.match(refresh.output, /~ sessionDuration *: "PT1H" => "PT12H"/);

    succeeded(await here.stack.up("--skip-preview"));
    assert.deepEqual(await described(), ["administrator", "PT1H", [ADMINISTRATOR]]);
  });

  it("refuses a user who does not exist, by name", async () => {
    await here.stack.configure({ "aws-identity-guardrails:adminUsers[0]": "anna" });
    const up = await here.stack.up("--skip-preview");
    assert.match(up.output, /IdentityCenterAdmins: the user anna cannot be read in IAM Identity Center: /);
    assert.notEqual(up.code, 0);
    assert.equal(await assignedIn("111122223333"), 1);
  });

  it("leaves nothing behind", async () => {
    succeeded(await here.stack.destroy("--skip-preview"));
    assert.deepEqual(await permissionSets(), []);
  });
});
