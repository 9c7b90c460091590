import assert from "node:assert/strict";
import { type AwsCli, awsCli } from "./aws-cli";
import { type Deployment, deployment, succeeded } from "./deployment";
import { needsEmulator } from "./suite";

describe("the old values of what a stack overwrites", function () {
  needsEmulator(this);
  let cli: AwsCli;
  let here: Deployment;
  const { PATH } = process.env;
  before(async () => {
    cli = awsCli();
    process.env.PATH = cli.path;
    here = await deployment("password-policy");
  });
  after(async () => {
    process.env.PATH = PATH;
    await here?.dispose();
    cli?.dispose();
  });

  it("are not spoken of where there are none", async () => {
    const preview = succeeded(await here.stack.preview());
    assert.doesNotMatch(preview.output, /is replaced/);
  });

  it("stand in the preview", async () => {
    await here.account.iam.updateAccountPasswordPolicy({ MinimumPasswordLength: 8, MaxPasswordAge: 365 });
    const preview = succeeded(await here.stack.preview());
    assert.match(
      preview.output,
      /warning: The password policy that the account has now is replaced as a whole: MinimumPasswordLength 8, .*MaxPasswordAge 365/,
    );
  });

  it("give way to the command that shows them, where there is no AWS CLI", async () => {
    cli.dispose();
    const preview = succeeded(await here.stack.preview());
    assert.match(preview.output, /if any, is replaced as a whole\. To see it: aws iam get-account-password-policy/);
  });
});
