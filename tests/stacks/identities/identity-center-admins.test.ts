import assert from "node:assert/strict";
import { IdentityCenterAdmins, type IdentityCenterAdminsArgs } from "../../../stacks/components";
import { type Answers, all, only, type Registered, refusalOf, registeredBy } from "../registered";

const INSTANCE = "arn:aws:sso:::instance/ssoins-1234567890abcdef";
const CENTER: Answers = {
  getInstances: { arns: [INSTANCE], identityStoreIds: ["d-1234567890"] },
  getGroup: { groupId: "group-of-the-provider" },
  getUser: { userId: "anna-of-the-store" },
};
const ASSIGNMENT = "aws:ssoadmin/accountAssignment:AccountAssignment";
const BOUNDARY = "aws:ssoadmin/permissionsBoundaryAttachment:PermissionsBoundaryAttachment";
const POLICY = "aws:ssoadmin/managedPolicyAttachment:ManagedPolicyAttachment";
const ENTITLEMENT = "aws:accountaccess/entitlement:Entitlement";

const args: IdentityCenterAdminsArgs = { administeredAccounts: ["111122223333", "444455556666"] };

function admins(different: IdentityCenterAdminsArgs = {}, answers: Answers = CENTER): Promise<readonly Registered[]> {
  return registeredBy(() => new IdentityCenterAdmins("center", { ...args, ...different }), answers);
}

async function refusalMessage(given: IdentityCenterAdminsArgs): Promise<string> {
  const [message, registered] = await refusalOf(() => new IdentityCenterAdmins("center", given), CENTER);
  assert.deepEqual(registered, []);
  return message;
}

describe("stacks: IdentityCenterAdmins", () => {
  it("makes a group and a permission set of an hour, and assigns them in each account", async () => {
    const registered = await admins();
    const group = only(registered, "aws:identitystore/group:Group").inputs;
    assert.deepEqual([group.displayName, group.identityStoreId], ["administrators", "d-1234567890"]);
    const set = only(registered, "aws:ssoadmin/permissionSet:PermissionSet").inputs;
    assert.deepEqual([set.name, set.sessionDuration, set.instanceArn], ["administrator", "PT1H", INSTANCE]);
    assert.equal(only(registered, POLICY).inputs.managedPolicyArn, "arn:aws:iam::aws:policy/AdministratorAccess");
    assert.deepEqual(
      all(registered, ASSIGNMENT)
        .map(({ inputs }) => [inputs.targetId, inputs.targetType, inputs.principalType])
        .sort(),
      [
        ["111122223333", "AWS_ACCOUNT", "GROUP"],
        ["444455556666", "AWS_ACCOUNT", "GROUP"],
      ],
    );
  });

  it("assigns a group that is kept elsewhere, and makes none", async () => {
    const registered = await admins({ adminGroupOrigin: "existing" });
    assert.deepEqual(all(registered, "aws:identitystore/group:Group"), []);
    assert.deepEqual(
      all(registered, ASSIGNMENT).map(({ inputs }) => inputs.principalId),
      ["group-of-the-provider", "group-of-the-provider"],
    );
  });

  it("puts users into the group that it makes", async () => {
    const membership = only(
      await admins({ adminUsers: ["anna"] }),
      "aws:identitystore/groupMembership:GroupMembership",
    );
    assert.equal(membership.inputs.memberId, "anna-of-the-store");
  });

  it("bounds the permission set by a policy of the accounts, before it has power", async () => {
    const registered = await admins({ permissionSetBoundary: "/limits/developer-boundary" });
    assert.deepEqual(only(registered, BOUNDARY).inputs.permissionsBoundary, {
      customerManagedPolicyReference: { path: "/limits/", name: "developer-boundary" },
    });
    const types = registered.map(({ type }) => type);
    assert.ok(types.indexOf(BOUNDARY) < types.indexOf(POLICY));
    assert.ok(types.indexOf(POLICY) < types.indexOf(ASSIGNMENT));
  });

  it("bounds it by a policy of AWS", async () => {
    const arn = "arn:aws:iam::aws:policy/PowerUserAccess";
    const registered = await admins({ permissionSetBoundary: arn });
    assert.deepEqual(only(registered, BOUNDARY).inputs.permissionsBoundary, { managedPolicyArn: arn });
  });

  it("entitles the group to roles, without a permission set where no account is listed", async () => {
    const application = "arn:aws:account-access:eu-west-1:111122223333:application/app-1";
    const role = "arn:aws:iam::111122223333:role/administrator";
    const registered = await admins({
      administeredAccounts: [],
      adminGroupOrigin: "existing",
      accountAccessApplication: application,
      entitledRoles: [role],
    });
    assert.deepEqual(only(registered, ENTITLEMENT).inputs, {
      applicationArn: application,
      entitlement: {
        principalRole: { principal: { identityCenter: { groupId: "group-of-the-provider" } }, roleArn: role },
      },
    });
    assert.deepEqual(all(registered, "aws:ssoadmin/permissionSet:PermissionSet"), []);
  });

  it("writes the policy's ARN for AWS GovCloud (US)", async () => {
    const registered = await admins({}, { ...CENTER, getPartition: { partition: "aws-us-gov" } });
    assert.equal(
      only(registered, POLICY).inputs.managedPolicyArn,
      "arn:aws-us-gov:iam::aws:policy/AdministratorAccess",
    );
  });

  it("stops where there is no IAM Identity Center", async () => {
    const [message] = await refusalOf(() => new IdentityCenterAdmins("center", args), {
      ...CENTER,
      getInstances: { arns: [], identityStoreIds: [] },
    });
    assert.match(
      message,
      /^IdentityCenterAdmins: there is no IAM Identity Center in this account and region\. .*aws sso-admin list-instances/,
    );
  });

  it("refuses to administer nothing", async () => {
    assert.equal(
      await refusalMessage({}),
      "IdentityCenterAdmins: administeredAccounts is empty, and so is entitledRoles: nobody would administer anything. " +
        "List an account.",
    );
  });

  it("refuses an account of eleven digits", async () => {
    assert.match(
      await refusalMessage({ administeredAccounts: ["11112222333"] }),
      /^IdentityCenterAdmins: administeredAccounts\[0\] is "11112222333", which is not an account's id/,
    );
  });

  it("refuses users of a group that is kept elsewhere", async () => {
    assert.match(
      await refusalMessage({ ...args, adminGroupOrigin: "existing", adminUsers: ["anna"] }),
      /^IdentityCenterAdmins: adminUsers has no effect on a group that is kept elsewhere/,
    );
  });

  it("refuses entitlements without their application, and an application without entitlements", async () => {
    assert.match(
      await refusalMessage({ entitledRoles: ["arn:aws:iam::111122223333:role/administrator"] }),
      /^IdentityCenterAdmins: accountAccessApplication is missing/,
    );
    assert.match(
      await refusalMessage({
        ...args,
        accountAccessApplication: "arn:aws:account-access:eu-west-1:111122223333:application/app-1",
      }),
      /^IdentityCenterAdmins: entitledRoles is empty, so accountAccessApplication has no effect/,
    );
  });

  it("refuses a boundary that is the ARN of one account's policy", async () => {
    assert.match(
      await refusalMessage({ ...args, permissionSetBoundary: "arn:aws:iam::111122223333:policy/limits" }),
      /^IdentityCenterAdmins: permissionSetBoundary is "arn:aws:iam::111122223333:policy\/limits", which is not the ARN of an AWS managed policy/,
    );
  });

  it("refuses a permission set's name of 33 characters", async () => {
    assert.match(
      await refusalMessage({ ...args, permissionSetName: "a".repeat(33) }),
      /^IdentityCenterAdmins: permissionSetName is "a{33}", which is not a permission set's name/,
    );
  });
});
