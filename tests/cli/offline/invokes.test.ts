import assert from "node:assert/strict";
import { type Answers, Invokes } from "../../../cli/offline/invokes";
import { hidesUnknown, markerFor } from "../../../cli/offline/markers";
import { Observations } from "../../../cli/offline/observations";
import { InstalledSdks } from "../../../cli/offline/sdk";
import { NO_OPTIONS, type Resource } from "../../../cli/offline/stack";
import { type JsonObject, normalizedObject, secret, UNKNOWN } from "../../../cli/offline/wire";

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
    assert.equal(hidesUnknown(`role/${markerFor("name").toUpperCase()}/x`), true);
    assert.equal(hidesUnknown("role/unknown/x"), false);
  });

  it("keep the shape of an ARN", () => {
    const [scheme, partition, , , account] = markerFor("arn").split(":");
    assert.deepEqual([scheme, partition], ["arn", "aws"]);
    assert.equal(hidesUnknown(account ?? ""), true);
  });

  it("become unknown when they come back as properties", () => {
    const nested = { list: ["x", `a-${markerFor("name")}`], fixed: "b" };
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
