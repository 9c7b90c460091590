import assert from "node:assert/strict";
import { accountOf, type ChosenAccount } from "../../../../cli/offline/aws/account";
import { certainOutputs, predictedOutputs } from "../../../../cli/offline/aws/predicted-outputs";
import type { JsonObject } from "../../../../cli/pulumi/values";
import { secret, UNKNOWN } from "../../../../cli/pulumi/values";

const GIVEN: ChosenAccount = {
  account: { value: "210987654321", from: "user" },
  region: { value: "eu-west-1", from: "nobody" },
};
const ASSUMED: ChosenAccount = { ...GIVEN, account: { value: "123456789012", from: "nobody" } };

function predicted(type: string, inputs: JsonObject, place = GIVEN) {
  return predictedOutputs({ urn: `urn:pulumi:dev::shop::${type}::it`, type, inputs }, place);
}

describe("the outputs that are predicted", () => {
  it("are ARN, id and unique id of a role", () => {
    const { arn, id, uniqueId } = predicted("aws:iam/role:Role", { name: "deploy", path: "/ops/" }).outputs;
    assert.deepEqual([arn, id], ["arn:aws:iam::210987654321:role/ops/deploy", "deploy"]);
    assert.match(String(uniqueId), /^AROA[A-Z2-7]{17}$/);
  });

  it("are nothing of what rests on a name that is not known", () => {
    const { uniqueId, ...rest } = predicted("aws:iam/role:Role", { name: UNKNOWN }).outputs;
    assert.deepEqual(rest, {});
  });

  it("are secret where the name is", () => {
    const { arn } = predicted("aws:iam/user:User", { name: secret("ann") }).outputs;
    assert.deepEqual(arn, secret("arn:aws:iam::210987654321:user/ann"));
  });

  it("are the same in every run, and others for another resource", () => {
    const arnOf = (name: string) => {
      const type = "aws:secretsmanager/secret:Secret";
      const urn = `urn:pulumi:dev::shop::${type}::${name}`;
      return predictedOutputs({ urn, type, inputs: { name: "db" } }, GIVEN).outputs.arn;
    };
    assert.match(String(arnOf("db")), /^arn:aws:secretsmanager:eu-west-1:210987654321:secret:db-[A-Za-z0-9]{6}$/);
    assert.equal(arnOf("db"), arnOf("db"));
    assert.notEqual(arnOf("db"), arnOf("other"));
  });

  it("begin with the prefix of a name", () => {
    const { name, arn } = predicted("aws:iam/role:Role", { namePrefix: "app-" }).outputs;
    assert.match(String(name), /^app-[0-9]{26}$/);
    assert.equal(arn, `arn:aws:iam::210987654321:role/${name}`);
  });

  it("lie in the region and partition of the resource", () => {
    const { url } = predicted("aws:sqs/queue:Queue", { name: "q", region: "cn-north-1" }).outputs;
    assert.equal(url, "https://sqs.cn-north-1.amazonaws.com.cn/210987654321/q");
    assert.equal(
      predicted("aws:s3/bucket:Bucket", { bucket: "b", region: "us-gov-west-1" }).outputs.arn,
      "arn:aws-us-gov:s3:::b",
    );
  });

  it("name an OIDC provider by its address without the scheme", () => {
    const url = "https://token.actions.githubusercontent.com";
    assert.equal(
      predicted("aws:iam/openIdConnectProvider:OpenIdConnectProvider", { url }).outputs.arn,
      "arn:aws:iam::210987654321:oidc-provider/token.actions.githubusercontent.com",
    );
  });

  it("are those of the types of aws-native too", () => {
    const { policyArn, id } = predicted("aws-native:iam:ManagedPolicy", { managedPolicyName: "p" }).outputs;
    assert.deepEqual([policyArn, id], ["arn:aws:iam::210987654321:policy/p", "arn:aws:iam::210987654321:policy/p"]);
  });

  it("are none of a type that nobody has written down", () => {
    assert.deepEqual(predicted("aws:glue/job:Job", { name: "j" }).outputs, {});
  });
});

describe("what a policy pack is shown of a prediction", () => {
  it("is all of it where the account was given", () => {
    const { arn, id } = certainOutputs(predicted("aws:iam/policy:Policy", { name: "p" }));
    assert.deepEqual([arn, id], ["arn:aws:iam::210987654321:policy/p", "arn:aws:iam::210987654321:policy/p"]);
  });

  it("is nothing that rests on an account which nobody gave", () => {
    const { policyId, ...rest } = certainOutputs(predicted("aws:iam/policy:Policy", { name: "p" }, ASSUMED));
    assert.match(String(policyId), /^ANPA/);
    assert.deepEqual(rest, { arn: UNKNOWN });
  });
});

describe("the account that a provider works in", () => {
  const given = { accountId: "210987654321", region: undefined };
  const nobody = { accountId: undefined, region: undefined };

  it("is that of the role which is assumed last", () => {
    const assumeRoles =
      '[{"roleArn":"arn:aws:iam::111111111111:role/a"},{"roleArn":"arn:aws:iam::222222222222:role/b"}]';
    assert.deepEqual(accountOf({ inputs: { assumeRoles } }, false, given).account, {
      value: "222222222222",
      from: "provider",
    });
  });

  it("is the only one that is allowed", () => {
    const one = { inputs: { allowedAccountIds: '["333333333333"]' } };
    assert.deepEqual(accountOf(one, false, nobody).account, { value: "333333333333", from: "provider" });
    const two = { inputs: { allowedAccountIds: '["333333333333","444444444444"]' } };
    assert.equal(accountOf(two, false, nobody).account.from, "nobody");
  });

  it("is the one that the user names, for the stack's own provider in any case", () => {
    const one = { inputs: { allowedAccountIds: '["333333333333"]' } };
    assert.deepEqual(accountOf(one, true, given).account, { value: "210987654321", from: "user" });
    assert.deepEqual(accountOf({ inputs: {} }, false, given).account, { value: "210987654321", from: "user" });
  });

  it("may be another one where a provider of the program's own has a profile", () => {
    assert.equal(accountOf({ inputs: { profile: "audit" } }, false, given).account.from, "nobody");
  });
});
