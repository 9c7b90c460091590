import assert from "node:assert/strict";
import { OrgEnforcement, type OrgEnforcementArgs } from "../../../stacks/components";
import { only, refusalOf, registeredBy } from "../registered";

const args = { pulumiOrganization: "example-org", packVersion: "0.1.0", stacks: ["web/dev", "web/prod"] };

async function groupOf(different: Partial<OrgEnforcementArgs> = {}): Promise<Record<string, unknown>> {
  const registered = await registeredBy(() => new OrgEnforcement("enforcement", { ...args, ...different }));
  return only(registered, "pulumiservice:index:PolicyGroup").inputs;
}

async function refusal(different: object): Promise<string> {
  const [message, registered] = await refusalOf(() => new OrgEnforcement("enforcement", { ...args, ...different }));
  assert.deepEqual(registered, []);
  return message;
}

describe("stacks: OrgEnforcement", () => {
  it("puts the stacks into a group that runs one version of the pack, and reports only", async () => {
    assert.deepEqual(await groupOf(), {
      name: "aws-identity-guardrails",
      organizationName: "example-org",
      entityType: "stacks",
      mode: "audit",
      stacks: [
        { routingProject: "web", name: "dev" },
        { routingProject: "web", name: "prod" },
      ],
      policyPacks: [{ name: "aws-identity-guardrails", versionTag: "0.1.0" }],
    });
  });

  it("stops what is mandatory, with the pack's configuration", async () => {
    const packConfig = { all: "advisory", settings: { sanctionedGroups: ["administrators"] } };
    const { mode, policyPacks } = await groupOf({ enforcementMode: "preventative", packConfig });
    assert.equal(mode, "preventative");
    const config = { all: { enforcementLevel: "advisory" }, settings: { sanctionedGroups: ["administrators"] } };
    assert.deepEqual(policyPacks, [{ name: "aws-identity-guardrails", versionTag: "0.1.0", config }]);
  });

  it("refuses to hold nobody to it", async () => {
    assert.match(
      await refusal({ stacks: [] }),
      /^OrgEnforcement: stacks is empty, so nothing would be held to the pack/,
    );
  });

  it("refuses a stack without its project, and one with its organization", async () => {
    assert.match(
      await refusal({ stacks: ["dev"] }),
      /^OrgEnforcement: stacks\[0\] is "dev", which is not a stack as project/,
    );
    assert.match(
      await refusal({ stacks: ["example-org/web/dev"] }),
      /^OrgEnforcement: stacks\[0\] is "example-org\/web\/dev"/,
    );
  });

  it("refuses a missing version", async () => {
    assert.match(await refusal({ packVersion: "" }), /^OrgEnforcement: packVersion is "", which is not a version/);
  });

  it("refuses a level that would end every preview", async () => {
    assert.equal(
      await refusal({ packConfig: { all: "advise" } }),
      'OrgEnforcement: packConfig.all is "advise", which is none of: advisory, mandatory, remediate, disabled.',
    );
    assert.equal(
      await refusal({ packConfig: { "root-scp-holds": { enforcementLevel: "off" } } }),
      'OrgEnforcement: packConfig.root-scp-holds.enforcementLevel is "off", which is none of: advisory, mandatory, remediate, disabled.',
    );
    assert.equal(
      await refusal({ packConfig: { all: true } }),
      "OrgEnforcement: packConfig.all is neither a level (advisory, mandatory, remediate, disabled) nor an object with options.",
    );
  });

  it("refuses another mode", async () => {
    assert.equal(
      await refusal({ enforcementMode: "mandatory" }),
      'OrgEnforcement: enforcementMode is "mandatory", which is none of: audit, preventative.',
    );
  });

  it("refuses to make the group that every organization has, and gives the command", async () => {
    assert.match(
      await refusal({ policyGroup: "default-policy-group" }),
      /with: pulumi policy enable example-org\/aws-identity-guardrails 0\.1\.0$/,
    );
  });
});
