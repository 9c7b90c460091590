import assert from "node:assert/strict";
import { CentralRootAccess, type CentralRootAccessArgs, RootScp } from "../../../stacks/components";
import { type Answers, all, ORGANIZATION, only, refusalOf, registeredBy } from "../registered";

/** What RootScp says, attached to `target`, in an organization that differs from the usual one. */
async function scpRefusal(target: string, organization: object | Error = {}): Promise<string> {
  const found = organization instanceof Error ? organization : { ...ORGANIZATION, ...organization };
  const [message] = await refusalOf(() => new RootScp("scp", { targets: [target] }), { getOrganization: found });
  return message.split("\n")[0] ?? "";
}

describe("stacks: RootScp looks into the organization first", () => {
  it("takes a root, a unit and an account that are there", async () => {
    const targets = ["r-ab12", "ou-ab12-cdef3456", "210987654321"];
    const registered = await registeredBy(() => new RootScp("scp", { targets }));
    assert.equal(all(registered, "aws:organizations/policyAttachment:PolicyAttachment").length, 3);
  });

  it("stops at a unit that is not there", async () => {
    assert.equal(
      await scpRefusal("ou-ab12-00000000"),
      "RootScp: organization o-exampleorg has no organizational unit ou-ab12-00000000. See: aws organizations " +
        "list-organizational-units-for-parent --parent-id r-ab12",
    );
  });

  it("looks before the policy is made, and before each attachment that a later run adds", async () => {
    const [message] = await refusalOf(() => new RootScp("scp", { targets: ["r-ab12", "999999999999"] }));
    const once = "RootScp: organization o-exampleorg has no account 999999999999. See: aws organizations list-accounts";
    assert.deepEqual(message.split("\n"), [once, once]);
  });

  it("stops at an account that is not there", async () => {
    assert.equal(
      await scpRefusal("999999999999"),
      "RootScp: organization o-exampleorg has no account 999999999999. See: aws organizations list-accounts",
    );
  });

  it("stops at the root of another organization", async () => {
    assert.equal(
      await scpRefusal("r-zz99"),
      "RootScp: organization o-exampleorg has no root r-zz99. See: aws organizations list-roots",
    );
  });

  it("stops at the management account, which no service control policy binds", async () => {
    assert.equal(
      await scpRefusal("123456789012"),
      "RootScp: target 123456789012 is the management account, which no service control policy binds. Take it out; " +
        "guard its root user with MFA and without access keys.",
    );
  });

  it("stops where service control policies are switched off", async () => {
    assert.equal(
      await scpRefusal("r-ab12", { enabledPolicyTypes: ["TAG_POLICY"] }),
      "RootScp: service control policies are switched off in organization o-exampleorg. Enable them with: " +
        "aws organizations enable-policy-type --root-id r-ab12 --policy-type SERVICE_CONTROL_POLICY",
    );
  });

  it("stops at consolidated billing", async () => {
    assert.equal(
      await scpRefusal("r-ab12", { featureSet: "CONSOLIDATED_BILLING" }),
      "RootScp: organization o-exampleorg has the feature set CONSOLIDATED_BILLING. Enable all features with: " +
        "aws organizations enable-all-features",
    );
  });

  it("stops where credentials may not read the organization", async () => {
    const denied = new Error(
      "invocation of aws:organizations/getOrganization:getOrganization returned an error: invoking " +
        "aws:organizations/getOrganization:getOrganization: 1 error occurred:\n\t* AccessDeniedException: no permission\n\n",
    );
    assert.equal(
      await scpRefusal("r-ab12", denied),
      "RootScp: the organization cannot be read: AccessDeniedException: no permission. Use credentials of the management " +
        "account, or of a delegated administrator, that may call organizations:Describe* and organizations:List*. Where " +
        "there is no organization yet, make one with: aws organizations create-organization --feature-set ALL",
    );
  });

  it("stops in a member account, which sees nothing of the organization", async () => {
    assert.equal(
      await scpRefusal("r-ab12", { roots: [], masterAccountId: "210987654321" }),
      "RootScp: these credentials belong to a member account that may not look into organization o-exampleorg. " +
        "Use those of its management account 210987654321 or of a delegated administrator.",
    );
  });
});

describe("stacks: RootScp in stages", () => {
  const attachedTo = async (stagedUnit?: string) => {
    const args = { targets: ["r-ab12"], ...(stagedUnit === undefined ? {} : { stagedUnit }) };
    const registered = await registeredBy(() => new RootScp("scp", args));
    return all(registered, "aws:organizations/policyAttachment:PolicyAttachment").map(({ inputs }) => inputs.targetId);
  };

  it("is attached to the staged unit alone", async () => {
    assert.deepEqual(await attachedTo("ou-ab12-cdef3456"), ["ou-ab12-cdef3456"]);
  });

  it("is attached to its targets without one", async () => {
    assert.deepEqual(await attachedTo(), ["r-ab12"]);
  });

  it("refuses a root as staged unit", async () => {
    const [message] = await refusalOf(() => new RootScp("scp", { targets: ["r-ab12"], stagedUnit: "r-ab12" }));
    assert.match(message, /^RootScp: stagedUnit is "r-ab12", which is not the id of an organizational unit/);
  });
});

describe("stacks: CentralRootAccess", () => {
  const ACCESS = "aws:organizations/awsServiceAccess:AwsServiceAccess";
  const trusting = { getOrganization: { ...ORGANIZATION, awsServiceAccessPrincipals: ["iam.amazonaws.com"] } };

  const central = (args?: CentralRootAccessArgs, answers?: Answers) =>
    registeredBy(() => new CentralRootAccess("root", args), answers);
  const refusal = async (args?: CentralRootAccessArgs, answers?: Answers) => {
    const [message] = await refusalOf(() => new CentralRootAccess("root", args), answers);
    return message.split("\n")[0];
  };

  it("gives IAM trusted access and switches both features on", async () => {
    const registered = await central();
    assert.deepEqual(only(registered, ACCESS).inputs, { servicePrincipal: "iam.amazonaws.com" });
    assert.deepEqual(only(registered, "aws:iam/organizationsFeatures:OrganizationsFeatures").inputs, {
      enabledFeatures: ["RootCredentialsManagement", "RootSessions"],
    });
  });

  it("stops where somebody gave trusted access already, and says which setting to change", async () => {
    assert.equal(
      await refusal({}, trusting),
      "CentralRootAccess: IAM has trusted access in organization o-exampleorg already. Set trustedAccess to existing, and " +
        "this stack leaves it alone.",
    );
  });

  it("leaves existing trusted access alone", async () => {
    const registered = await central({ trustedAccess: "existing" }, trusting);
    assert.deepEqual(all(registered, ACCESS), []);
    assert.equal(all(registered, "aws:iam/organizationsFeatures:OrganizationsFeatures").length, 1);
  });

  it("stops where trusted access is said to exist and does not", async () => {
    assert.equal(
      await refusal({ trustedAccess: "existing" }),
      "CentralRootAccess: IAM has no trusted access in organization o-exampleorg. Set trustedAccess to create, or give it " +
        "with: aws organizations enable-aws-service-access --service-principal iam.amazonaws.com",
    );
  });

  it("stops in an account that does not manage the organization", async () => {
    assert.equal(
      await refusal({}, { getCallerIdentity: { accountId: "210987654321" } }),
      "CentralRootAccess: account 210987654321 is not the management account of organization o-exampleorg. " +
        "Deploy this stack with credentials of account 123456789012.",
    );
  });

  it("refuses another word for trusted access", async () => {
    assert.equal(
      await refusal({ trustedAccess: "yes" as "create" }),
      'CentralRootAccess: trustedAccess is "yes", which is none of: create, existing.',
    );
  });

  const DELEGATION = "aws:organizations/delegatedAdministrator:DelegatedAdministrator";

  it("delegates to a member account where one is named, and to nobody otherwise", async () => {
    const registered = await central({ delegatedAdministrator: "210987654321" });
    assert.deepEqual(only(registered, DELEGATION).inputs, {
      accountId: "210987654321",
      servicePrincipal: "iam.amazonaws.com",
    });
    assert.deepEqual(all(await central(), DELEGATION), []);
  });

  it("stops at an account that the organization does not have, and at its management account", async () => {
    assert.equal(
      await refusal({ delegatedAdministrator: "999999999999" }),
      "CentralRootAccess: organization o-exampleorg has no account 999999999999 to delegate to. See: " +
        "aws organizations list-accounts",
    );
    assert.match(
      (await refusal({ delegatedAdministrator: "123456789012" })) ?? "",
      /delegatedAdministrator 123456789012 is the management account, which needs no delegation\./,
    );
  });

  it("refuses a delegate that is no account's id", async () => {
    assert.match(
      (await refusal({ delegatedAdministrator: "security" })) ?? "",
      /delegatedAdministrator is "security", which is not an account's id: 12 digits, quoted\.$/,
    );
  });

  it("refuses to keep features whose trusted access destroy takes back", async () => {
    assert.match(
      (await refusal({ switchOffOnDestroy: false })) ?? "",
      /^CentralRootAccess: switchOffOnDestroy is false, but destroy takes back the trusted access/,
    );
  });
});
