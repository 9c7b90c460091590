import assert from "node:assert/strict";
import { type ExampleResource, unknownFrom } from "../../../policypack/rules/authoring/example";
import { memberAccount } from "../../../policypack/rules/authoring/example-resources";
import { preview, toldBeforeCreation, toldBy } from "../told";

const id = "root-email-domain";
const ours = { [id]: { allowedDomains: ["acme.example"] } };

describe("root-email-domain", () => {
  it("advises against public mail providers until domains are named, whatever level is configured", async () => {
    const shop = memberAccount("shop", "acme.shop@Gmail.com");
    assert.deepEqual(await toldBy(id, [shop]), ["advisory: shop"]);
    assert.deepEqual(await toldBy(id, [shop], { [id]: "mandatory" }), ["advisory: shop"]);
    assert.deepEqual(await toldBy(id, [shop], ours), ["mandatory: shop"]);
  });

  it("tells a provider's domain from one that ends alike", async () => {
    assert.deepEqual(await toldBy(id, [memberAccount("shop", "root@notgmail.com")]), []);
    assert.deepEqual(await toldBy(id, [memberAccount("shop", "root@gmail.com.acme.example")]), []);
  });

  it("counts subdomains and no other letters before", async () => {
    assert.deepEqual(await toldBy(id, [memberAccount("shop", "root@ACME.example")], ours), []);
    assert.deepEqual(await toldBy(id, [memberAccount("shop", "root@aws.acme.example")], ours), []);
    assert.deepEqual(await toldBy(id, [memberAccount("shop", "root@otheracme.example")], ours), ["mandatory: shop"]);
    assert.deepEqual(await toldBy(id, [memberAccount("shop", "acme.example@partner.example")], ours), [
      "mandatory: shop",
    ]);
  });

  it("takes an empty list for no domain at all", async () => {
    const none = { [id]: { allowedDomains: [] } };
    assert.deepEqual(await toldBy(id, [memberAccount("shop", "root@acme.example")], none), ["mandatory: shop"]);
  });

  it("holds mailboxes to the pattern, as advice until domains are named", async () => {
    const person = memberAccount("shop", "jo@acme.example");
    const pattern = { mailboxPattern: "aws-root+*" };
    assert.deepEqual(await toldBy(id, [person], { [id]: pattern }), ["advisory: shop"]);
    assert.deepEqual(await toldBy(id, [person], { [id]: { ...pattern, ...ours[id] } }), ["mandatory: shop"]);
    const team = memberAccount("shop", "AWS-root+shop@acme.example");
    assert.deepEqual(await toldBy(id, [team], { [id]: { ...pattern, ...ours[id] } }), []);
  });

  it("tells the domain and not the mailbox", async () => {
    const [told] = await preview([memberAccount("shop", "jo.doe@gmail.com")]);
    assert.match(told?.message ?? "", /gmail\.com/);
    assert.doesNotMatch(told?.message ?? "", /jo\.doe/);
  });

  it("reads accounts of aws-native, of templates and of CloudControl", async () => {
    const Properties = { AccountName: "shop", Email: "root@partner.example" };
    const templateBody = JSON.stringify({ Resources: { Shop: { Type: "AWS::Organizations::Account", Properties } } });
    const doors: readonly ExampleResource[] = [
      {
        type: "aws-native:organizations:Account",
        name: "native",
        properties: { accountName: "shop", email: "root@partner.example" },
      },
      { type: "aws:cloudformation/stack:Stack", name: "stack", properties: { name: "stack", templateBody } },
      {
        type: "aws:cloudcontrol/resource:Resource",
        name: "control",
        properties: { typeName: "AWS::Organizations::Account", desiredState: JSON.stringify(Properties) },
      },
    ];
    assert.deepEqual(await toldBy(id, doors, ours), ["mandatory: native", "mandatory: stack", "mandatory: control"]);
  });

  it("waits for an address that is not known yet", async () => {
    const open = memberAccount("shop", unknownFrom("settings"));
    assert.deepEqual(await toldBy(id, [open], ours), ["advisory?: shop"]);
    assert.deepEqual(await toldBy(id, [open]), ["unsaid?: shop"]);
  });

  it("stops an update before the account is made", async () => {
    const shop = memberAccount("shop", "root@partner.example");
    assert.deepEqual(await toldBeforeCreation([shop], ours), ["shop: mandatory root-email-domain"]);
  });
});
