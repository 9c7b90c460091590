import assert from "node:assert/strict";
import { PACK } from "./checkout";
import { printedFindings } from "./findings";
import { needsEngine } from "./suite";
import { type Result, Workspace } from "./workspace";

/** A program of the Automation API: `automation.js RISKY|SAFE METHOD` runs that method of a stack and says what came of it. */
const AUTOMATION = `
  const { LocalWorkspace } = require("@pulumi/pulumi/automation");
  const aws = require("@pulumi/aws");

  const programs = {
    RISKY: async () => {
      const group = new aws.iam.Group("admins", { name: "admins" });
      const policyArn = "arn:aws:iam::aws:policy/AdministratorAccess";
      new aws.iam.GroupPolicyAttachment("all", { group: group.name, policyArn });
    },
    SAFE: async () => {
      new aws.iam.Group("admins", { name: "admins" });
    },
  };

  (async () => {
    const [program, method, pack, configuration] = process.argv.slice(2);
    const stack = await LocalWorkspace.createOrSelectStack({
      stackName: "automated",
      projectName: "engine-test",
      program: programs[program],
    });
    const policyPackConfigs = configuration === undefined ? undefined : [configuration];
    const options = { policyPacks: [pack], policyPackConfigs, color: "never", onOutput: (text) => process.stdout.write(text) };
    try {
      await stack[method](options);
      console.log("ENDED WELL");
    } catch (error) {
      console.log("REJECTED", error.name);
    }
    const { resources = [] } = (await stack.exportStack()).deployment ?? {};
    console.log("HOLDS", resources.map((it) => it.type).filter((type) => type.startsWith("aws:")).join());
  })();
`;

describe("the policy pack under the Automation API", function () {
  needsEngine(this);
  let workspace: Workspace;

  before(async () => {
    workspace = await Workspace.open({ files: { "automation.js": AUTOMATION } });
  });
  after(() => workspace?.dispose());

  const automate = (program: "RISKY" | "SAFE", method: "preview" | "up", ...configuration: string[]): Promise<Result> =>
    workspace.execute(process.execPath, ["automation.js", program, method, PACK, ...configuration]);

  it("rejects the preview of a risky program", async () => {
    const { stdout } = await automate("RISKY", "preview");
    assert.deepEqual(
      printedFindings(stdout).map((it) => `${it.level} ${it.rule} ${it.name}`),
      ["mandatory no-overbroad-group admins"],
    );
    assert.match(stdout, /^REJECTED CommandError\nHOLDS $/m);
  });

  it("stops a grant in an update, which has no preview, before it exists", async () => {
    const { stdout } = await automate("RISKY", "up");
    assert.deepEqual(
      printedFindings(stdout).map((it) => `${it.level} ${it.rule} ${it.name}`),
      ["mandatory no-overbroad-group all"],
    );
    assert.match(stdout, /When: stopped before aws:iam\/groupPolicyAttachment:GroupPolicyAttachment "all" is made/);
    assert.match(stdout, /^REJECTED CommandError\nHOLDS aws:iam\/group:Group$/m);
  });

  it("lets the safe program finish what was stopped", async () => {
    const { stdout } = await automate("SAFE", "up");
    assert.deepEqual(printedFindings(stdout), []);
    assert.match(stdout, /^ENDED WELL\nHOLDS aws:iam\/group:Group$/m);
  });

  it("lets the risky one pass with its findings where rules are advisory", async () => {
    const configuration = workspace.write("advisory.json", '{ "all": "advisory" }');
    const { stdout } = await automate("RISKY", "up", configuration);
    assert.deepEqual(
      printedFindings(stdout).map((it) => `${it.level} ${it.rule} ${it.name}`),
      ["advisory no-overbroad-group admins"],
    );
    assert.match(
      stdout,
      /^ENDED WELL\nHOLDS aws:iam\/group:Group,aws:iam\/groupPolicyAttachment:GroupPolicyAttachment$/m,
    );
  });
});
