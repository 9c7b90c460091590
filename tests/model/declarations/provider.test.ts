import assert from "node:assert/strict";
import { notYet } from "../../../policypack/iam/language/document";
import { providerOf } from "../../../policypack/model/declarations/provider";
import type { AwsProvider } from "../../../policypack/model/subjects/account";
import { resource } from "../resource";

function aws(properties: Readonly<Record<string, unknown>>): AwsProvider {
  const found = providerOf(resource("pulumi:providers:aws", "p", properties));
  assert.ok(found);
  return found;
}

const yes = { known: true, value: true };
const no = { known: true, value: false };

describe("a provider", () => {
  it("is read with its keys", () => {
    const { accessKey, secretKey, token, profile } = aws({ accessKey: "AKIAIOSFODNN7EXAMPLE", secretKey: notYet });
    assert.deepEqual(accessKey, { known: true, value: "AKIAIOSFODNN7EXAMPLE" });
    assert.equal(secretKey.known, false);
    assert.deepEqual(token, { known: true, value: undefined });
    assert.deepEqual(profile, { known: true, value: undefined });
  });

  it("of @pulumi/aws-native is one too", () => {
    assert.ok(providerOf(resource("pulumi:providers:aws-native", "p", {})));
  });

  it("of another cloud is none", () => {
    assert.equal(providerOf(resource("pulumi:providers:gcp", "p", {})), undefined);
  });
});

describe("another source of credentials", () => {
  it("is a profile", () => {
    assert.deepEqual(aws({ profile: "dev" }).namesAnotherSource, yes);
  });

  it("is a role to assume", () => {
    const assumeRoles = '[{"roleArn":"arn:aws:iam::111122223333:role/deploy"}]';
    assert.deepEqual(aws({ assumeRoles }).namesAnotherSource, yes);
  });

  it("is a web identity", () => {
    const assumeRoleWithWebIdentity = '{"roleArn":"arn:aws:iam::111122223333:role/ci","webIdentityTokenFile":"/t"}';
    assert.deepEqual(aws({ assumeRoleWithWebIdentity }).namesAnotherSource, yes);
  });

  it("is not an empty list of roles", () => {
    assert.deepEqual(aws({ assumeRoles: "[]" }).namesAnotherSource, no);
  });

  it("is not a region", () => {
    assert.deepEqual(aws({ region: "eu-central-1" }).namesAnotherSource, no);
  });

  it("may be there while the roles are not known", () => {
    assert.equal(aws({ assumeRoles: notYet }).namesAnotherSource.known, false);
  });

  it("is there with a profile, whatever else is not known", () => {
    assert.deepEqual(aws({ assumeRoles: notYet, profile: "dev" }).namesAnotherSource, yes);
  });
});

describe("local endpoints", () => {
  it("are on the machine itself", () => {
    assert.deepEqual(aws({ endpoints: '[{"iam":"http://localhost:4566"}]' }).hasLocalEndpoints, yes);
  });

  it("are a name within a network of containers", () => {
    assert.deepEqual(aws({ endpoints: '[{"iam":"http://localstack:4566"}]' }).hasLocalEndpoints, yes);
  });

  it("are not public hosts", () => {
    assert.deepEqual(aws({ endpoints: '[{"iam":"https://iam.example.com"}]' }).hasLocalEndpoints, no);
  });

  it("are not all local when one of them is not", () => {
    const endpoints = '[{"iam":"http://127.0.0.1:4566","sts":"https://sts.amazonaws.com"}]';
    assert.deepEqual(aws({ endpoints }).hasLocalEndpoints, no);
  });

  it("are not there when none is given", () => {
    assert.deepEqual(aws({}).hasLocalEndpoints, no);
  });
});
