import assert from "node:assert/strict";
import { checkedInputs } from "../../../cli/offline/checked-inputs";
import { InstalledSdks } from "../../../cli/pulumi/installed-sdks";
import { markerFor } from "../../../cli/pulumi/unknown-markers";
import type { JsonObject } from "../../../cli/pulumi/values";
import { secret, UNKNOWN } from "../../../cli/pulumi/values";

const sdks = new InstalledSdks(__dirname);

function checked(type: string, name: string, inputs: JsonObject): JsonObject {
  const urn = `urn:pulumi:dev::shop::${type}::${name}`;
  return checkedInputs({ urn, type, inputs, provider: undefined }, sdks.propertiesOf(type));
}

describe("the name that a provider generates", () => {
  it("is the logical name and seven digits", () => {
    assert.match(String(checked("aws:iam/group:Group", "Admins", {}).name), /^Admins-[0-9a-f]{7}$/);
  });

  it("is the same in every run, and another for another resource", () => {
    const name = checked("aws:iam/group:Group", "admins", {}).name;
    assert.equal(checked("aws:iam/group:Group", "admins", {}).name, name);
    assert.notEqual(String(checked("aws:iam/user:User", "admins", {}).name), name);
  });

  it("gives way to the program's own", () => {
    assert.equal(checked("aws:iam/group:Group", "admins", { name: "fixed" }).name, "fixed");
  });

  it("gives way to a name that is not known yet", () => {
    assert.equal(checked("aws:iam/group:Group", "admins", { name: UNKNOWN }).name, UNKNOWN);
  });

  it("is not known where the logical name is not", () => {
    assert.equal(checked("aws:iam/user:User", `crew-${markerFor("secret", "x")}`, {}).name, UNKNOWN);
  });

  it("gives way to a prefix", () => {
    assert.equal(checked("aws:iam/role:Role", "app", { namePrefix: "app-" }).name, undefined);
  });

  it("is the bucket's, in small letters, for a bucket", () => {
    const inputs = checked("aws:s3/bucket:Bucket", "Logs", {});
    assert.match(String(inputs.bucket), /^logs-[0-9a-f]{7}$/);
    assert.equal(inputs.name, undefined);
  });

  it("is in the property that a type of aws-native has for it", () => {
    assert.match(String(checked("aws-native:iam:Role", "app", {}).roleName), /^app-[0-9a-f]{7}$/);
    assert.equal(checked("aws-native:iam:Role", "app", { roleName: "fixed" }).roleName, "fixed");
  });

  it("is nothing for a resource without a name", () => {
    assert.equal(checked("aws:iam/accessKey:AccessKey", "key", { user: "alice" }).name, undefined);
  });
});

describe("what a provider makes of inputs", () => {
  it("fills in defaults beside what is given", () => {
    const { name, ...rest } = checked("aws:iam/role:Role", "app", { path: "/ops/", assumeRolePolicy: "{}" });
    assert.match(String(name), /^app-/);
    assert.deepEqual(rest, {
      assumeRolePolicy: "{}",
      forceDetachPolicies: false,
      maxSessionDuration: 3600,
      path: "/ops/",
      tagsAll: {},
    });
  });

  it("writes a policy object as text with sorted keys", () => {
    const policy = { Version: "2012-10-17", Statement: [{ Resource: "<&>", Effect: "Allow", Action: "s3:*" }] };
    assert.equal(
      checked("aws:iam/policy:Policy", "p", { policy }).policy,
      '{"Statement":[{"Action":"s3:*","Effect":"Allow","Resource":"\\u003c\\u0026\\u003e"}],"Version":"2012-10-17"}',
    );
  });

  it("keeps what is known of a policy object with an unknown part", () => {
    const policy = {
      Version: "2012-10-17",
      Statement: [{ Resource: ["a", UNKNOWN], Effect: "Allow", Action: "s3:*" }],
    };
    assert.deepEqual(checked("aws:iam/policy:Policy", "p", { policy }).policy, policy);
  });

  it("keeps a secret policy secret", () => {
    const policy = secret({ Version: "2012-10-17", Statement: [] });
    assert.deepEqual(
      checked("aws:iam/policy:Policy", "p", { policy }).policy,
      secret('{"Statement":[],"Version":"2012-10-17"}'),
    );
  });

  it("leaves the objects of other providers alone", () => {
    const policyDocument = { Version: "2012-10-17", Statement: [] };
    assert.deepEqual(checked("aws-native:iam:Policy", "p", { policyDocument }), { policyDocument });
  });
});

describe("what the installed SDK says of a type", () => {
  it("has inputs and the outputs that are always there", () => {
    const { inputs, outputs } = sdks.propertiesOf("aws:iam/accessKey:AccessKey");
    assert.deepEqual([...inputs].sort(), ["pgpKey", "status", "user"]);
    assert.equal(outputs.includes("secret"), true);
    assert.equal(outputs.includes("pgpKey"), false);
  });

  it("is found where the file's letter case differs", () => {
    assert.equal(sdks.propertiesOf("aws:iam/ACCESSKEY:AccessKey").inputs.has("user"), true);
  });

  it("is nothing for a package that is not installed", () => {
    assert.deepEqual(sdks.propertiesOf("acme:index:Thing").outputs, []);
  });
});
