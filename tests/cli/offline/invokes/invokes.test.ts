import assert from "node:assert/strict";
import { type Answers, Invokes } from "../../../../cli/offline/invokes/invokes";
import { InstalledSdks } from "../../../../cli/pulumi/installed-sdks";
import { Observations } from "../../../../cli/pulumi/observations";
import { NO_OPTIONS, type Resource } from "../../../../cli/pulumi/stack";
import { hidesUnknown, markerFor, markersIn, withoutMarkers } from "../../../../cli/pulumi/unknown-markers";
import { type JsonObject, normalizedObject, secret, UNKNOWN } from "../../../../cli/pulumi/values";

const sdks = new InstalledSdks(__dirname);

function invokes(answers: Answers = new Map(), observations = new Observations()): Invokes {
  return new Invokes({ accountId: "111111111111", region: "eu-west-1" }, answers, sdks, observations);
}

function provider(inputs: JsonObject): Resource {
  const type = "pulumi:providers:aws";
  return {
    ...{ urn: `urn:pulumi:dev::shop::${type}::p`, type, name: "p", parent: "", custom: true, inputs, outputs: inputs },
    ...{ options: NO_OPTIONS, dependencies: [], propertyDependencies: new Map(), provider: undefined },
  };
}

describe("markers for answers that nobody knows", () => {
  it("are recognised inside other text, in another letter case too", () => {
    assert.equal(hidesUnknown(`role/${markerFor("name", "x").toUpperCase()}/x`), true);
    assert.equal(hidesUnknown("role/unknown/x"), false);
  });

  it("keep the shape of an ARN", () => {
    const [scheme, partition, , , account] = markerFor("arn", "x").split(":");
    assert.deepEqual([scheme, partition], ["arn", "aws"]);
    assert.equal(hidesUnknown(account ?? ""), true);
  });

  it("differ where what they stand for does, and only there", () => {
    assert.equal(markerFor("name", "a lookup"), markerFor("name", "a lookup"));
    assert.notEqual(markerFor("name", "a lookup"), markerFor("name", "another"));
    assert.notEqual(markerFor("name", "a lookup"), markerFor("id", "a lookup"));
  });

  it("are found in text and kept from people", () => {
    const [name, id] = [markerFor("name", "x"), markerFor("id", "x")];
    assert.deepEqual(markersIn(`${name.toUpperCase()} and ${id}, ${name}`), [name, id]);
    assert.equal(withoutMarkers(`user-${name}x`), "user-[unknown]x");
  });

  it("become unknown when they come back as properties", () => {
    const nested = { list: ["x", `a-${markerFor("name", "x")}`], fixed: "b" };
    assert.deepEqual(normalizedObject({ nested }), { nested: { list: ["x", UNKNOWN], fixed: "b" } });
  });
});

describe("answers to functions of providers", () => {
  it("have the assumed account", () => {
    const observations = new Observations();
    const token = "aws:index/getCallerIdentity:getCallerIdentity";
    assert.equal(invokes(new Map(), observations).answer(token, {}, undefined).accountId, "111111111111");
    assert.deepEqual(observations.assumptions, ["the account is 111111111111 (change it with --account)"]);
  });

  it("have the account of the role that the provider assumes", () => {
    const assumed = provider({ assumeRoles: '[{"roleArn":"arn:aws:iam::222222222222:role/deploy"}]' });
    const token = "aws:index/getCallerIdentity:getCallerIdentity";
    assert.equal(invokes().answer(token, {}, assumed).accountId, "222222222222");
  });

  it("have what the stack says, which is no assumption", () => {
    const observations = new Observations();
    const unnamed = new Invokes({ accountId: undefined, region: undefined }, new Map(), sdks, observations);
    const stack = provider({ region: "eu-north-1", allowedAccountIds: '["222222222222"]' });
    const caller = unnamed.answer("aws:index/getCallerIdentity:getCallerIdentity", {}, stack, true);
    const region = unnamed.answer("aws:index/getRegion:getRegion", {}, stack, true);
    assert.deepEqual([caller.accountId, region.region], ["222222222222", "eu-north-1"]);
    assert.deepEqual(observations.assumptions, []);
  });

  it("have what the user says over what the stack says", () => {
    const stack = provider({ region: "eu-north-1", allowedAccountIds: '["222222222222"]' });
    const caller = invokes().answer("aws:index/getCallerIdentity:getCallerIdentity", {}, stack, true);
    const region = invokes().answer("aws:index/getRegion:getRegion", {}, stack, true);
    assert.deepEqual([caller.accountId, region.region], ["111111111111", "eu-west-1"]);
  });

  it("have the assumed account and region where nobody says any", () => {
    const unnamed = new Invokes({ accountId: undefined, region: undefined }, new Map(), sdks, new Observations());
    const caller = unnamed.answer("aws:index/getCallerIdentity:getCallerIdentity", {}, provider({}), true);
    const region = unnamed.answer("aws:index/getRegion:getRegion", {}, provider({}), true);
    assert.deepEqual([caller.accountId, region.region], ["123456789012", "us-east-1"]);
  });

  it("have the assumed region where the provider's is not known yet, and secret", () => {
    const unnamed = new Invokes({ accountId: undefined, region: undefined }, new Map(), sdks, new Observations());
    const token = "aws:index/getRegion:getRegion";
    assert.equal(unnamed.answer(token, {}, provider({ region: UNKNOWN })).region, "us-east-1");
    assert.equal(unnamed.answer(token, {}, provider({ region: secret(UNKNOWN) })).region, "us-east-1");
  });

  it("have the provider's region and its partition", () => {
    const china = provider({ region: "cn-north-1" });
    assert.equal(invokes().answer("aws:index/getRegion:getRegion", {}, china).region, "cn-north-1");
    assert.equal(invokes().answer("aws:index/getPartition:getPartition", {}, china).partition, "aws-cn");
  });

  it("have the assumed region's zones, which are several", () => {
    const token = "aws:index/getAvailabilityZones:getAvailabilityZones";
    assert.deepEqual(invokes().answer(token, { state: "available" }, undefined).names, [
      "eu-west-1a",
      "eu-west-1b",
      "eu-west-1c",
    ]);
    const without = invokes().answer(token, { excludeNames: ["eu-west-1b"] }, undefined);
    assert.deepEqual(without.names, ["eu-west-1a", "eu-west-1c"]);
  });

  it("have the region of the environment before the assumed one, and after the provider's", () => {
    const token = "aws:index/getRegion:getRegion";
    const given = { accountId: undefined, region: undefined, ambientRegion: "eu-north-1" };
    const ambient = new Invokes(given, new Map(), sdks, new Observations());
    assert.equal(ambient.answer(token, {}, provider({}), true).region, "eu-north-1");
    assert.equal(ambient.answer(token, {}, provider({ region: "eu-south-1" }), true).region, "eu-south-1");
  });

  it("are AWS's own policies, by name and by ARN, in the provider's partition", () => {
    const observations = new Observations();
    const one = invokes(new Map(), observations);
    const token = "aws:iam/getPolicy:getPolicy";
    const admin = one.answer(token, { name: "AdministratorAccess" }, undefined);
    assert.deepEqual([admin.arn, admin.path], ["arn:aws:iam::aws:policy/AdministratorAccess", "/"]);
    assert.match(String(admin.policy), /"Action":"\*"/);
    const billing = one.answer(token, { arn: "arn:aws:iam::aws:policy/job-function/Billing" }, undefined);
    assert.deepEqual([billing.name, billing.path], ["Billing", "/job-function/"]);
    const china = one.answer(token, { name: "AdministratorAccess" }, provider({ region: "cn-north-1" }));
    assert.equal(china.arn, "arn:aws-cn:iam::aws:policy/AdministratorAccess");
    assert.deepEqual(observations.assumptions, []);
  });

  it("are not known for a policy of the account's own, nor under another path", () => {
    const token = "aws:iam/getPolicy:getPolicy";
    const own = invokes().answer(token, { name: "administratoraccess" }, undefined);
    assert.equal(hidesUnknown(String(own.arn)), true);
    const elsewhere = invokes().answer(token, { name: "Billing", pathPrefix: "/service-role/" }, undefined);
    assert.equal(hidesUnknown(String(elsewhere.arn)), true);
    const arn = "arn:aws:iam::111111111111:policy/AdministratorAccess";
    const given = invokes().answer(token, { arn }, undefined);
    assert.deepEqual([given.arn, hidesUnknown(String(given.policy))], [arn, true]);
  });

  it("are several in lists of texts, of which none is another", () => {
    const { ids } = invokes().answer("aws:ec2/getSubnets:getSubnets", {}, undefined);
    assert.equal(new Set(ids as string[]).size, 2);
    const other = invokes().answer("aws:ec2/getSubnets:getSubnets", { tags: { tier: "b" } }, undefined);
    assert.equal(
      (ids as string[]).some((id) => (other.ids as string[]).includes(id)),
      false,
    );
  });

  it("can be given, and the error of a program that failed for one tells how", () => {
    const observations = new Observations();
    const one = invokes(new Map(), observations);
    const { value } = one.answer("aws:ssm/getParameter:getParameter", { name: "image" }, undefined);
    one.answer("aws:iam/getRole:getRole", { name: "deploy" }, undefined);
    assert.deepEqual(observations.curesFor(`SyntaxError: "${value}" is not valid JSON`), [
      '--answers FILE with {"aws:ssm/getParameter:getParameter":{"value":"…"}}',
    ]);
    const [parameter, role] = observations.curesFor("Error: no image");
    assert.match(parameter ?? "", /"arn":"…".*"value":"…"/);
    assert.match(role ?? "", /^--answers FILE with \{"aws:iam\/getRole:getRole":\{"arn":"…",/);
  });

  it("are shaped like the declared result where nothing is known", () => {
    const role = invokes().answer("aws:iam/getRole:getRole", { name: "deploy" }, undefined);
    assert.equal(role.name, "deploy");
    assert.equal(role.maxSessionDuration, 0);
    assert.equal(hidesUnknown(String(role.arn)), true);
    const [lastUsed] = role.roleLastUseds as JsonObject[];
    assert.deepEqual(Object.keys(lastUsed ?? {}), ["lastUsedDate", "region"]);
  });

  it("are what the user says, over the declared shape", () => {
    const answers = new Map([["aws:iam/getRole:getRole", { arn: "arn:aws:iam::111111111111:role/deploy" }]]);
    const role = invokes(answers).answer("aws:iam/getRole:getRole", { name: "deploy" }, undefined);
    assert.equal(role.arn, "arn:aws:iam::111111111111:role/deploy");
    assert.equal(hidesUnknown(String(role.uniqueId)), true);
  });

  it("may depend on the arguments", () => {
    const cases = [
      { args: { name: "a" }, result: { arn: "first" } },
      { args: { name: "b" }, result: { arn: "second" } },
    ];
    const answering = invokes(new Map([["aws:iam/getRole:getRole", cases]]));
    assert.equal(answering.answer("aws:iam/getRole:getRole", { name: "b" }, undefined).arn, "second");
    assert.equal(hidesUnknown(String(answering.answer("aws:iam/getRole:getRole", { name: "c" }, undefined).arn)), true);
  });

  it("know which given answers nothing asked for", () => {
    const one = invokes(
      new Map([
        ["aws:iam/getUser:getUser", {}],
        ["aws:iam/getRoles:getRole", {}],
      ]),
    );
    one.answer("aws:iam/getUser:getUser", {}, undefined);
    assert.deepEqual(one.unasked, ["aws:iam/getRoles:getRole"]);
  });
});
