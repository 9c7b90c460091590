import assert from "node:assert/strict";
import { type Deployment, deployment, succeeded } from "./deployment";
import { needsEmulator } from "./suite";

/** The example configuration: 60 days instead of 90. */
const STRONG = {
  AllowUsersToChangePassword: true,
  ExpirePasswords: true,
  HardExpiry: false,
  MaxPasswordAge: 60,
  MinimumPasswordLength: 14,
  PasswordReusePrevention: 24,
  RequireLowercaseCharacters: true,
  RequireNumbers: true,
  RequireSymbols: true,
  RequireUppercaseCharacters: true,
};

describe("the stack password-policy, deployed", function () {
  needsEmulator(this);
  let here: Deployment;
  before(async () => {
    here = await deployment("password-policy");
  });
  after(() => here?.dispose());

  async function present() {
    return (await here.account.iam.getAccountPasswordPolicy({})).PasswordPolicy;
  }

  it("overwrites the policy that the account has", async () => {
    await here.account.iam.updateAccountPasswordPolicy({
      MinimumPasswordLength: 8,
      HardExpiry: true,
      MaxPasswordAge: 365,
    });
    succeeded(await here.stack.up("--skip-preview"));
    assert.deepEqual(await present(), STRONG);
  });

  it("has nothing to do at a second up", async () => {
    succeeded(await here.stack.up("--skip-preview", "--expect-no-changes"));
  });

  it("shows at refresh what somebody weakened by hand, and repairs it", async () => {
    await here.account.iam.updateAccountPasswordPolicy({ MinimumPasswordLength: 6 });
    const refresh = succeeded(await here.stack.refresh("--diff"));
    assert.match(refresh.output, /~ minimumPasswordLength +: 14 => 6/);

    const up = succeeded(await here.stack.up("--skip-preview", "--diff"));
    assert.match(up.output, /~ minimumPasswordLength +: 6 => 14/);

    assert.deepEqual(await present(), STRONG);
  });

  it("changes the policy in place", async () => {
    await here.stack.configure({ "aws-identity-guardrails:maxPasswordAge": "45" });
    succeeded(await here.stack.up("--skip-preview"));
    assert.deepEqual(await present(), { ...STRONG, MaxPasswordAge: 45 });
  });

  it("is taken down to the default of IAM, not to what was there before", async () => {
    succeeded(await here.stack.destroy("--skip-preview"));
    await assert.rejects(present(), { name: "NoSuchEntityException" });
  });
});
