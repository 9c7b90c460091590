import assert from "node:assert/strict";
import { type Deployment, deployment, succeeded } from "./deployment";
import { needsEmulator } from "./suite";

// What the emulator lacks is in provider/aws/kept.ts; what it has, the organization, is asked and changed there.
describe("the stack central-root-access, deployed (trusted access and root features are kept by the stand-in)", function () {
  needsEmulator(this);
  let here: Deployment;
  before(async () => {
    here = await deployment("central-root-access");
  });
  after(() => here?.dispose());

  it("stops before anything is made where there is no organization, and says how to make one", async () => {
    const up = await here.stack.up("--skip-preview");
    assert.match(
      up.output,
      /CentralRootAccess: the organization cannot be read: AWSOrganizationsNotInUseException: Your account is not a member of an organization\./,
    );
    assert.match(up.output, /aws organizations create-organization --feature-set ALL/);
    assert.notEqual(up.code, 0);
    assert.equal(here.stack.keptByStandIn(), undefined);
  });

  it("stops before anything is made where the organization has billing features only", async () => {
    await here.account.organizations.createOrganization({ FeatureSet: "CONSOLIDATED_BILLING" });
    const up = await here.stack.up("--skip-preview");
    assert.match(up.output, /has the feature set CONSOLIDATED_BILLING\. Enable all features with/);
    assert.notEqual(up.code, 0);
    assert.equal(here.stack.keptByStandIn(), undefined);
    await here.account.organizations.deleteOrganization({});
  });

  it("switches on trusted access and both features, and has nothing to do at a second up", async () => {
    await here.account.organizations.createOrganization({ FeatureSet: "ALL" });
    succeeded(await here.stack.up("--skip-preview"));
    assert.deepEqual(here.stack.keptByStandIn(), {
      trustedServices: ["iam.amazonaws.com"],
      rootFeatures: ["RootCredentialsManagement", "RootSessions"],
    });
    succeeded(await here.stack.up("--skip-preview", "--expect-no-changes"));
  });

  it("switches everything off again", async () => {
    succeeded(await here.stack.destroy("--skip-preview"));
    assert.deepEqual(here.stack.keptByStandIn(), { trustedServices: [], rootFeatures: [] });
  });

  it("leaves the features on, where others gave the trusted access", async () => {
    await here.stack.configure({ "aws-identity-guardrails:trustedAccess": "existing" });
    here.stack.keepInStandIn({ trustedServices: ["iam.amazonaws.com"], rootFeatures: ["RootSessions"] });
    const created = await here.account.organizations.createAccount({ Email: "security@example.com", AccountName: "s" });
    const delegatedAdministrator = created.CreateAccountStatus?.AccountId ?? "";
    await here.stack.configure({ "aws-identity-guardrails:delegatedAdministrator": delegatedAdministrator });
    succeeded(await here.stack.up("--skip-preview"));
    assert.deepEqual(here.stack.keptByStandIn(), {
      trustedServices: ["iam.amazonaws.com"],
      rootFeatures: ["RootCredentialsManagement", "RootSessions"],
      rootDelegates: [delegatedAdministrator],
    });
    succeeded(await here.stack.destroy("--skip-preview"));
    assert.deepEqual(here.stack.keptByStandIn(), {
      trustedServices: ["iam.amazonaws.com"],
      rootFeatures: ["RootCredentialsManagement", "RootSessions"],
      rootDelegates: [],
    });
  });
});
