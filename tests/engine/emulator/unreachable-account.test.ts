import assert from "node:assert/strict";
import { compiledCompanion } from "../companion";
import { Workspace } from "../workspace";
import { type Account, accountAt, environmentOf } from "./account";
import { succeeded } from "./deployment";
import { Gate } from "./gate";
import { Moto } from "./moto";
import { needsEmulator } from "./suite";

const CONFIG = `config:
  aws:region: us-east-1
  aws-identity-guardrails:component: password-policy
  aws-identity-guardrails:accounts:
    - { id: "444455556666", roleName: deployer, region: us-east-1 }
    - { id: "111122223333", roleName: deployer, region: us-east-1 }
`;

// The emulator lets anybody assume any role of any account, so that the call for one account has to get lost on the way.
describe("an account that cannot be reached", function () {
  needsEmulator(this);
  let moto: Moto;
  let gate: Gate;
  let stack: Workspace;
  before(async () => {
    moto = await Moto.start();
    gate = new Gate(moto.endpoint);
    await gate.open();
    const project = compiledCompanion("password-policy");
    stack = await Workspace.open({
      ...project,
      files: { ...project.files, "stacks/Pulumi.password-policy.yaml": CONFIG },
      env: environmentOf(gate.endpoint),
    });
  });
  after(async () => {
    stack?.dispose();
    gate?.close();
    await moto?.kill();
  });

  /** The shortest password in an account; undefined where it has no policy. */
  async function minimumLengthIn(id: string): Promise<number | undefined> {
    const { sts }: Account = accountAt(moto.endpoint);
    const RoleArn = `arn:aws:iam::${id}:role/deployer`;
    const { Credentials: session } = await sts.assumeRole({ RoleArn, RoleSessionName: "tests" });
    const { iam } = accountAt(moto.endpoint, {
      accessKeyId: session?.AccessKeyId ?? "",
      secretAccessKey: session?.SecretAccessKey ?? "",
      sessionToken: session?.SessionToken ?? "",
    });
    const { PasswordPolicy } = await iam.getAccountPasswordPolicy({}).catch(() => ({ PasswordPolicy: undefined }));
    return PasswordPolicy?.MinimumPasswordLength;
  }

  // An older engine ends a run whose provider cannot be configured, whatever --continue-on-error says, so it has to come last.
  it("is named, nothing is done in it, and the other account is done", async () => {
    gate.lose("AssumeRole", "444455556666");
    const up = await stack.up("--skip-preview", "--continue-on-error");
    assert.match(
      up.output,
      /pulumi:providers:aws \(account-444455556666\):\s+error: cannot assume IAM role arn:aws:iam::444455556666:role\/deployer: /,
    );
    assert.notEqual(up.code, 0);
    assert.equal(await minimumLengthIn("444455556666"), undefined);
    assert.equal(await minimumLengthIn("111122223333"), 14);
  });

  it("is done at the next up, when it can be reached", async () => {
    gate.findAll();
    succeeded(await stack.up("--skip-preview"));
    assert.equal(await minimumLengthIn("111122223333"), 14);
    assert.equal(await minimumLengthIn("444455556666"), 14);
    succeeded(await stack.up("--skip-preview", "--expect-no-changes"));
  });
});
