import assert from "node:assert/strict";
import { PasswordPolicy, type PasswordPolicyArgs } from "../../../stacks/components";
import { only, refusalOf, registeredBy } from "../registered";

const TYPE = "aws:iam/accountPasswordPolicy:AccountPasswordPolicy";

async function passwordPolicy(args?: PasswordPolicyArgs): Promise<Record<string, unknown>> {
  return only(await registeredBy(() => new PasswordPolicy("passwords", args)), TYPE).inputs;
}

describe("stacks: PasswordPolicy", () => {
  it("asks for 90 days, 14 characters of every class, 24 remembered, own change and no hard expiry", async () => {
    assert.deepEqual(await passwordPolicy(), {
      maxPasswordAge: 90,
      minimumPasswordLength: 14,
      passwordReusePrevention: 24,
      requireLowercaseCharacters: true,
      requireUppercaseCharacters: true,
      requireNumbers: true,
      requireSymbols: true,
      allowUsersToChangePassword: true,
      hardExpiry: false,
    });
  });

  it("takes the stricter 60 days", async () => {
    assert.equal((await passwordPolicy({ maxPasswordAge: 60 })).maxPasswordAge, 60);
  });

  it("takes one day", async () => {
    assert.equal((await passwordPolicy({ maxPasswordAge: 1 })).maxPasswordAge, 1);
  });

  it("takes 128 characters", async () => {
    assert.equal((await passwordPolicy({ minimumPasswordLength: 128 })).minimumPasswordLength, 128);
  });

  it("refuses 91 days, before anything is registered", async () => {
    assert.deepEqual(await refusalOf(() => new PasswordPolicy("passwords", { maxPasswordAge: 91 })), [
      "PasswordPolicy: maxPasswordAge is 91, which is not a whole number from 1 to 90 (days). Passwords that live longer, " +
        "or for ever, are what the rule password-policy-strength blocks. Leave it out for 90.",
      [],
    ]);
  });

  it("refuses 0 days, which would mean for ever", async () => {
    const [message] = await refusalOf(() => new PasswordPolicy("passwords", { maxPasswordAge: 0 }));
    assert.match(message, /^PasswordPolicy: maxPasswordAge is 0, which/);
  });

  it("refuses 1,000 days", async () => {
    const [message] = await refusalOf(() => new PasswordPolicy("passwords", { maxPasswordAge: 1000 }));
    assert.match(message, /^PasswordPolicy: maxPasswordAge is 1000, which/);
  });

  it("refuses half a day", async () => {
    const [message] = await refusalOf(() => new PasswordPolicy("passwords", { maxPasswordAge: 0.5 }));
    assert.match(message, /^PasswordPolicy: maxPasswordAge is 0\.5, which/);
  });

  it("refuses 13 characters", async () => {
    const [message] = await refusalOf(() => new PasswordPolicy("passwords", { minimumPasswordLength: 13 }));
    assert.match(message, /minimumPasswordLength is 13, which is not a whole number from 14 to 128 \(characters\)/);
  });

  it("refuses 129 characters, which IAM does not take", async () => {
    const [message] = await refusalOf(() => new PasswordPolicy("passwords", { minimumPasswordLength: 129 }));
    assert.match(message, /minimumPasswordLength is 129, which/);
  });
});
