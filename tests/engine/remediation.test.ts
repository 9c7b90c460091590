import assert from "node:assert/strict";
import { PACK } from "./checkout";
import { findingsIn } from "./findings";
import { needsEngine } from "./suite";
import { Workspace } from "./workspace";

const WEAK = `
  const aws = require("@pulumi/aws");
  new aws.iam.AccountPasswordPolicy("weak", { minimumPasswordLength: 8, maxPasswordAge: 30, requireSymbols: true });
`;

describe("remediation of the password policy under the engine", function () {
  needsEngine(this);
  let workspace: Workspace;
  before(async () => {
    workspace = await Workspace.open({ files: { "index.js": WEAK } });
  });
  after(() => workspace?.dispose());

  it("makes a strong policy of a weak one where the level is remediate, and keeps what is stricter", async () => {
    const level = { "password-policy-strength": { enforcementLevel: "remediate" } };
    const configuration = workspace.write("remediate.json", JSON.stringify(level));
    const up = await workspace.up("--policy-pack", PACK, "--policy-pack-config", configuration);
    assert.equal(up.code, 0, up.output);
    assert.deepEqual(
      findingsIn(up).filter((it) => it.level === "mandatory"),
      [],
    );

    const policy = (await workspace.deployed()).find(
      (it) => it.type === "aws:iam/accountPasswordPolicy:AccountPasswordPolicy",
    );
    const { __defaults, ...inputs } = policy?.inputs ?? {};
    assert.deepEqual(inputs, {
      allowUsersToChangePassword: true,
      maxPasswordAge: 30,
      minimumPasswordLength: 14,
      passwordReusePrevention: 24,
      requireLowercaseCharacters: true,
      requireNumbers: true,
      requireSymbols: true,
      requireUppercaseCharacters: true,
    });
  });

  it("changes nothing at the rule's own level, and blocks", async () => {
    const preview = await workspace.preview("--policy-pack", PACK);
    assert.ok(findingsIn(preview).some((it) => it.level === "mandatory" && it.rule === "password-policy-strength"));
    assert.notEqual(preview.code, 0);
  });
});
