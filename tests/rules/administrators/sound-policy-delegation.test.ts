import assert from "node:assert/strict";
import type { ExampleResource } from "../../../policypack/rules/authoring/example";
import { blockedBy, preview, toldBy } from "../told";

const id = "sound-policy-delegation";
const member = { AWS: "arn:aws:iam::444455556666:root" };

interface Delegation {
  readonly Principal: unknown;
  readonly Action?: unknown;
  readonly Resource?: unknown;
  readonly Condition?: unknown;
}

function text(...statements: readonly Delegation[]) {
  const full = statements.map((each) => ({ Effect: "Allow", Action: "organizations:*", Resource: "*", ...each }));
  return { Version: "2012-10-17", Statement: full };
}

function delegation(...statements: readonly Delegation[]): ExampleResource {
  const properties = { content: JSON.stringify(text(...statements)) };
  return { type: "aws:organizations/resourcePolicy:ResourcePolicy", name: "delegation", properties };
}

async function told(...statements: readonly Delegation[]): Promise<string> {
  const [first = "passes", ...more] = await toldBy(id, [delegation(...statements)]);
  assert.deepEqual(more, []);
  return first.replace(": delegation", "");
}

describe("sound-policy-delegation", () => {
  it("blocks what hands service control policies to every account", async () => {
    assert.equal(await told({ Principal: "*" }), "mandatory");
    assert.equal(await told({ Principal: { AWS: "*" }, Action: "organizations:DetachPolicy" }), "mandatory");
    assert.equal(await told({ Principal: "*", Action: "organizations:DisablePolicyType" }), "mandatory");
    // Whoever it lets in is of the organization in any case.
    const ofOrganization = { StringEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } };
    assert.equal(await told({ Principal: "*", Condition: ofOrganization }), "mandatory");
    assert.equal(await told({ Principal: "*", Action: ["organizations:Describe*", "organizations:List*"] }), "passes");
  });

  it("advises where one account or one unit is meant", async () => {
    assert.equal(await told({ Principal: member }), "advisory");
    const unit = { "ForAnyValue:StringLike": { "aws:PrincipalOrgPaths": "o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/*" } };
    assert.equal(await told({ Principal: "*", Condition: unit }), "advisory");
    const account = { StringEquals: { "aws:PrincipalAccount": "444455556666" } };
    assert.equal(await told({ Principal: "*", Condition: account }), "advisory");
    assert.equal(await told({ Principal: member, Action: "organizations:ListPolicies" }), "passes");
  });

  it("knows the types of policies by key and by resource", async () => {
    const types = (type: string) => ({ StringEquals: { "organizations:PolicyType": type } });
    assert.equal(await told({ Principal: member, Condition: types("TAG_POLICY") }), "passes");
    assert.equal(await told({ Principal: member, Condition: types("SERVICE_CONTROL_POLICY") }), "advisory");
    const Action = ["organizations:UpdatePolicy", "organizations:AttachPolicy"];
    const of = (type: string) => `arn:aws:organizations::111122223333:policy/o-a1b2c3d4e5/${type}/*`;
    assert.equal(await told({ Principal: member, Action, Resource: of("backup_policy") }), "passes");
    assert.equal(await told({ Principal: member, Action, Resource: of("service_control_policy") }), "advisory");
  });

  it("passes the management account itself, where the provider tells which it is", async () => {
    const provider = { region: "us-east-1", allowedAccountIds: ["444455556666"] };
    assert.deepEqual(await toldBy(id, [{ ...delegation({ Principal: member }), provider }]), []);
    const another = { region: "us-east-1", allowedAccountIds: ["111122223333"] };
    assert.deepEqual(await toldBy(id, [{ ...delegation({ Principal: member }), provider: another }]), [
      "advisory: delegation",
    ]);
  });

  it("blocks accounts that are not on the list, once there is one", async () => {
    const listed = (delegatedAccounts: readonly string[]) => ({ [id]: { delegatedAccounts } });
    const stack = [delegation({ Principal: member })];
    assert.deepEqual(await toldBy(id, stack, listed(["444455556666"])), []);
    assert.deepEqual(await toldBy(id, stack, listed(["777788889999"])), ["mandatory: delegation"]);
    assert.deepEqual(await toldBy(id, stack, listed([])), ["mandatory: delegation"]);
  });

  it("reads the other ways to write it", async () => {
    const open = text({ Principal: "*" });
    const narrow = text({ Principal: "*", Action: "organizations:List*" });
    const native = (content: unknown) => [
      { type: "aws-native:organizations:ResourcePolicy", name: "delegation", properties: { content } },
    ];
    assert.deepEqual(await blockedBy(native(open)), [id]);
    assert.deepEqual(await blockedBy(native(narrow)), []);
    const template = (Content: unknown) => [
      {
        type: "aws:cloudformation/stack:Stack",
        name: "delegation",
        properties: {
          templateBody: JSON.stringify({
            Resources: { Delegation: { Type: "AWS::Organizations::ResourcePolicy", Properties: { Content } } },
          }),
        },
      },
    ];
    assert.deepEqual(await blockedBy(template(open)), [id]);
    assert.deepEqual(await blockedBy(template(narrow)), []);
    const bridged = (content: unknown) => [
      {
        type: "aws:index/organizationsResourcePolicy:OrganizationsResourcePolicy",
        name: "delegation",
        properties: { content: JSON.stringify(content) },
      },
    ];
    assert.deepEqual(await blockedBy(bridged(open)), [id]);
    assert.deepEqual(await blockedBy(bridged(narrow)), []);
  });

  it("is named where it cannot be read, and the delegated administrator of a service is not", async () => {
    const broken = { ...delegation(), properties: { content: "{" } };
    assert.deepEqual(await blockedBy([broken]), ["readable-identity"]);
    const administrator = {
      type: "aws:organizations/delegatedAdministrator:DelegatedAdministrator",
      name: "security",
      properties: { accountId: "444455556666", servicePrincipal: "guardduty.amazonaws.com" },
    };
    assert.deepEqual(await preview([administrator]), []);
  });
});
