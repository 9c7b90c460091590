import assert from "node:assert/strict";
import { type ExampleResource, unknownFrom } from "../../policypack/rules/authoring/example";
import {
  alternateContact,
  memberAccount,
  organization,
  organizationPolicy,
  organizationsFeatures,
  policy,
} from "../../policypack/rules/authoring/example-resources";
import { toldBy } from "./told";

const scp = organizationPolicy(
  "stay",
  policy({ Effect: "Deny", Action: "organizations:LeaveOrganization", Resource: "*" }),
);
const native: ExampleResource = {
  type: "aws-native:organizations:Organization",
  name: "acme",
  properties: { featureSet: "CONSOLIDATED_BILLING" },
};

describe("organization-all-features", () => {
  const id = "organization-all-features";

  it("asks for the policy type only where the stack has a service control policy", async () => {
    const acme = organization("acme", { featureSet: "ALL", enabledPolicyTypes: ["TAG_POLICY"] });
    assert.deepEqual(await toldBy(id, [acme, scp]), ["advisory: acme"]);
    assert.deepEqual(await toldBy(id, [acme]), []);
    assert.deepEqual(await toldBy(id, [acme, organizationPolicy("tags", "{}", { type: "TAG_POLICY" })]), []);
    assert.deepEqual(await toldBy(id, [scp]), []);
  });

  it("takes a feature set that is left out for ALL, as AWS does", async () => {
    const types = { enabledPolicyTypes: ["SERVICE_CONTROL_POLICY"] };
    assert.deepEqual(await toldBy(id, [organization("acme", types), scp]), []);
  });

  it("asks an organization of aws-native for the feature set only, as it does not say which types are enabled", async () => {
    assert.deepEqual(await toldBy(id, [native, scp]), ["advisory: acme"]);
    assert.deepEqual(await toldBy(id, [{ ...native, properties: {} }, scp]), []);
  });

  it("sees policies in a template", async () => {
    const Properties = { Name: "stay", Type: "SERVICE_CONTROL_POLICY", Content: { Statement: [] } };
    const templateBody = JSON.stringify({ Resources: { Stay: { Type: "AWS::Organizations::Policy", Properties } } });
    const stack = {
      type: "aws:cloudformation/stack:Stack",
      name: "stack",
      properties: { name: "stack", templateBody },
    };
    assert.deepEqual(await toldBy(id, [organization("acme", {}), stack]), ["advisory: acme"]);
  });

  it("decides what it can and waits for the rest", async () => {
    const half = organization("acme", { featureSet: unknownFrom("settings"), enabledPolicyTypes: [] });
    assert.deepEqual(await toldBy(id, [half, scp]), ["advisory: acme", "unsaid?: acme"]);
    const types = organization("acme", { enabledPolicyTypes: unknownFrom("settings") });
    assert.deepEqual(await toldBy(id, [types, scp]), ["unsaid?: acme"]);
  });
});

describe("require-central-root-access", () => {
  const id = "require-central-root-access";
  const acme = organization("acme", {});

  it("takes the features together, however many resources enable them", async () => {
    const one = organizationsFeatures("credentials", ["RootCredentialsManagement"]);
    const other = organizationsFeatures("sessions", ["RootSessions"]);
    assert.deepEqual(await toldBy(id, [acme, one]), ["advisory: acme"]);
    assert.deepEqual(await toldBy(id, [acme, one, other]), []);
  });

  it("asks organizations of aws-native as well", async () => {
    assert.deepEqual(await toldBy(id, [native]), ["advisory: acme"]);
  });

  it("waits for features that are not known yet, unless the known ones are enough", async () => {
    const open = organizationsFeatures("open", unknownFrom("settings"));
    const both = organizationsFeatures("both", ["RootCredentialsManagement", "RootSessions"]);
    assert.deepEqual(await toldBy(id, [acme, open]), ["unsaid?: acme"]);
    assert.deepEqual(await toldBy(id, [acme, open, both]), []);
  });
});

describe("require-alternate-contacts", () => {
  const id = "require-alternate-contacts";
  const shop = memberAccount("shop", "aws-root+shop@acme.example");
  const all = ["SECURITY", "BILLING", "OPERATIONS"].map((type) =>
    alternateContact(type.toLowerCase(), unknownFrom("shop"), type),
  );

  it("asks for all three", async () => {
    assert.deepEqual(await toldBy(id, [shop, ...all]), []);
    assert.deepEqual(await toldBy(id, [shop, ...all.slice(1)]), ["advisory: shop"]);
  });

  it("asks each account for its own", async () => {
    const other = memberAccount("other", "aws-root+other@acme.example");
    const foreign = alternateContact("foreign", unknownFrom("other"), "SECURITY");
    assert.deepEqual(await toldBy(id, [shop, other, ...all, foreign]), ["advisory: other"]);
  });

  it("leaves contacts without an account to the provider's own account", async () => {
    const own: ExampleResource = {
      ...alternateContact("own", undefined, "SECURITY"),
      properties: {
        alternateContactType: "SECURITY",
        name: "Desk",
        title: "Desk",
        emailAddress: "d@acme.example",
        phoneNumber: "+15555550100",
      },
    };
    assert.deepEqual(await toldBy(id, [shop, own, ...all.slice(1)]), ["advisory: shop"]);
  });

  it("asks accounts of aws-native and of templates as well", async () => {
    const properties = { accountName: "shop", email: "aws-root+shop@acme.example" };
    const account = { type: "aws-native:organizations:Account", name: "shop", properties };
    assert.deepEqual(await toldBy(id, [account]), ["advisory: shop"]);
    assert.deepEqual(await toldBy(id, [account, ...all]), []);
    const Properties = { AccountName: "shop", Email: "aws-root+shop@acme.example" };
    const templateBody = JSON.stringify({ Resources: { Shop: { Type: "AWS::Organizations::Account", Properties } } });
    const stack = {
      type: "aws:cloudformation/stack:Stack",
      name: "stack",
      properties: { name: "stack", templateBody },
    };
    assert.deepEqual(await toldBy(id, [stack]), ["advisory: stack"]);
  });

  it("waits where contacts not known yet may be enough, and decides where they are too few", async () => {
    const open = alternateContact("open", unknownFrom("shop"), unknownFrom("settings"));
    assert.deepEqual(await toldBy(id, [shop, ...all.slice(1), open]), ["unsaid?: shop"]);
    assert.deepEqual(await toldBy(id, [shop, ...all.slice(2), open]), ["advisory: shop"]);
  });
});
