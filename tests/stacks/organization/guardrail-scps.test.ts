import assert from "node:assert/strict";
import { type Guardrail, GuardrailScps, type GuardrailScpsArgs } from "../../../stacks/components";
import { all, type Registered, refusalOf, registeredBy } from "../registered";

const POLICY = "aws:organizations/policy:Policy";
const ATTACHMENT = "aws:organizations/policyAttachment:PolicyAttachment";

function scps(args: GuardrailScpsArgs): Promise<readonly Registered[]> {
  return registeredBy(() => new GuardrailScps("scps", args));
}

async function namesOf(args: GuardrailScpsArgs): Promise<readonly unknown[]> {
  return all(await scps(args), POLICY).map(({ inputs }) => inputs.name);
}

async function refusalMessage(args: GuardrailScpsArgs): Promise<string> {
  const [message, registered] = await refusalOf(() => new GuardrailScps("scps", args));
  assert.deepEqual(registered, []);
  return message;
}

describe("stacks: GuardrailScps", () => {
  it("makes a policy for each guardrail", async () => {
    assert.deepEqual(await namesOf({ targets: ["r-ab12"] }), [
      "guardrail-leave-organization",
      "guardrail-iam-users",
      "guardrail-admin-roles",
      "guardrail-trail",
      "guardrail-password-policy",
      "guardrail-central-root-access",
    ]);
  });

  it("makes those that are listed, and the one for regions where regions are", async () => {
    assert.deepEqual(await namesOf({ targets: ["r-ab12"], guardrails: ["leave-organization"] }), [
      "guardrail-leave-organization",
    ]);
    assert.deepEqual(
      await namesOf({
        targets: ["r-ab12"],
        guardrails: ["leave-organization", "admin-roles"],
        allowedRegions: ["eu-central-1"],
        policyPrefix: "acme-",
      }),
      ["acme-leave-organization", "acme-admin-roles", "acme-regions"],
    );
  });

  it("puts all of them into one policy, within its size", async () => {
    const [policy, ...more] = all(
      await scps({ targets: ["r-ab12"], onePolicy: true, allowedRegions: ["eu-central-1", "eu-west-1"] }),
      POLICY,
    );
    assert.deepEqual(more, []);
    assert.equal(policy?.inputs.name, "guardrail-all");
    const content = String(policy?.inputs.content);
    assert.ok(content.length <= 5120);
    assert.deepEqual(
      JSON.parse(content).Statement.map(({ Sid }: { Sid: string }) => Sid),
      [
        "StayInTheOrganization",
        "NoUsersAndKeys",
        "AdminRolesStayAsTheyAre",
        "TrailsGoOn",
        "PasswordPolicyStays",
        "CentralRootAccessStaysOn",
        "RegionsInUse",
        "RegionsInUseAndCloudFronts",
      ],
    );
  });

  it("attaches each to each target", async () => {
    const args = { guardrails: ["leave-organization"], targets: ["r-ab12", "210987654321"] } as const;
    assert.deepEqual(
      all(await scps(args), ATTACHMENT)
        .map(({ name, inputs }) => [name, inputs.targetId])
        .sort(),
      [
        ["scps-leave-organization-210987654321", "210987654321"],
        ["scps-leave-organization-r-ab12", "r-ab12"],
      ],
    );
  });

  it("attaches them to the staged unit alone while there is one", async () => {
    const registered = await scps({
      targets: ["r-ab12"],
      stagedUnit: "ou-ab12-cdef3456",
      guardrails: ["leave-organization"],
    });
    assert.deepEqual(
      all(registered, ATTACHMENT).map(({ inputs }) => inputs.targetId),
      ["ou-ab12-cdef3456"],
    );
  });

  it("stops for a target that the organization does not have", async () => {
    const [message] = await refusalOf(
      () => new GuardrailScps("scps", { targets: ["ou-ab12-99999999"], guardrails: ["leave-organization"] }),
    );
    assert.match(message, /^GuardrailScps: organization o-exampleorg has no organizational unit ou-ab12-99999999\./);
  });

  it("refuses to bind nobody", async () => {
    assert.match(await refusalMessage({ targets: [] }), /^GuardrailScps: targets is empty/);
  });

  it("refuses a misspelt guardrail and lists them", async () => {
    assert.equal(
      await refusalMessage({ targets: ["r-ab12"], guardrails: ["trails" as Guardrail] }),
      'GuardrailScps: guardrails[0] is "trails", which is none of: leave-organization, iam-users, admin-roles, trail, ' +
        "password-policy, central-root-access.",
    );
  });

  it("refuses to make nothing", async () => {
    assert.equal(
      await refusalMessage({ targets: ["r-ab12"], guardrails: [] }),
      "GuardrailScps: guardrails is empty, so nothing would be made. List a guardrail, or set allowedRegions.",
    );
  });

  it("refuses to spare roles that anybody could make, and takes the same without them", async () => {
    assert.equal(
      await refusalMessage({ targets: ["r-ab12"], guardrails: ["iam-users"] }),
      "GuardrailScps: guardrails lacks admin-roles, so anybody could make or change a role that exemptRoles spares. " +
        "Add it, or empty exemptRoles.",
    );
    assert.deepEqual(await namesOf({ targets: ["r-ab12"], guardrails: ["iam-users"], exemptRoles: [] }), [
      "guardrail-iam-users",
    ]);
  });

  it("refuses to spare every role", async () => {
    assert.match(
      await refusalMessage({ targets: ["r-ab12"], exemptRoles: ["*"] }),
      /^GuardrailScps: exemptRoles\[0\] is "\*", which is not a role's path and name/,
    );
  });

  it("takes the roles of IAM Identity Center", async () => {
    const registered = await scps({
      targets: ["r-ab12"],
      exemptRoles: ["aws-reserved/sso.amazonaws.com/*AWSReservedSSO_administrator_*"],
    });
    assert.match(
      String(all(registered, POLICY)[1]?.inputs.content),
      /arn:\*:iam::\*:role\/aws-reserved\/sso\.amazonaws\.com\/\*AWSReservedSSO_administrator_\*/,
    );
  });

  it("refuses to exempt every user", async () => {
    assert.match(
      await refusalMessage({ targets: ["r-ab12"], exemptUserPaths: ["/"] }),
      /^GuardrailScps: exemptUserPaths\[0\] is "\/", which is not a path such as \/machines\//,
    );
  });

  it("refuses a zone for a region", async () => {
    assert.match(
      await refusalMessage({ targets: ["r-ab12"], allowedRegions: ["eu-central-1a"] }),
      /^GuardrailScps: allowedRegions\[0\] is "eu-central-1a", which is not a region such as eu-central-1/,
    );
  });

  it("refuses more than an SCP holds", async () => {
    const roles = Array.from({ length: 100 }, (_, index) => `administrator-of-department-${index}`);
    assert.match(
      await refusalMessage({ targets: ["r-ab12"], protectedRoles: roles }),
      /^GuardrailScps: exemptRoles makes the policy admin-roles \d+ characters long; an SCP holds 5120\. List fewer/,
    );
  });
});
