import assert from "node:assert/strict";
import type { ExampleResource } from "../../../policypack/rules/authoring/example";
import {
  administratorAccess,
  everything,
  group,
  groupPolicy,
  loginProfile,
  managedPolicy,
  membership,
  mfaGate,
  policy,
  user,
  userAttachment,
  userPolicy,
} from "../../../policypack/rules/authoring/example-resources";
import { preview } from "../told";

/** What a preview tells by one of the rules, as `resource: first line`. */
async function told(rule: string, resources: readonly ExampleResource[], config = {}): Promise<readonly string[]> {
  return (await preview(resources, config))
    .filter(({ policy }) => policy === rule)
    .map(({ urn, message }) => `${urn.split("::").at(-1)}: ${message.split(/\. |\n/)[0]}`);
}

const names = Array.from({ length: 60 }, (_, index) => `user-${index + 10}`);
const people = names.flatMap((name) => [user(name), loginProfile(`${name}-login`, name)]);
const members = names.map((name) => membership(`${name}-in`, name, ["staff"]));
const s3 = { Effect: "Allow", Action: "s3:*", Resource: "*" };

describe("one cause is one finding", () => {
  it("sixty users who miss one gate: at the group that is to have it", async () => {
    const stack = [group("staff"), groupPolicy("work", "staff", policy(s3)), ...people, ...members];
    assert.deepEqual(await told("require-user-mfa", stack), [
      "staff: 60 users: user-10, user-11, user-12, user-13, user-14 and 55 more",
    ]);
  });

  it("but none where the group has it", async () => {
    const stack = [group("staff"), groupPolicy("work", "staff", policy(s3, mfaGate)), ...people, ...members];
    assert.deepEqual(await told("require-user-mfa", stack), []);
  });

  it("users who miss one gate without a group: at the policy of the stack that they have", async () => {
    const attached = names.map((name) => userAttachment(`${name}-work`, name, { unknownFrom: "work" }));
    const stack = (...statements: readonly unknown[]) => [
      managedPolicy("work", policy(...statements)),
      ...people,
      ...attached,
    ];
    assert.deepEqual(await told("require-user-mfa", stack(s3)), [
      "work: 60 users: user-10, user-11, user-12, user-13, user-14 and 55 more",
    ]);
    assert.deepEqual(await told("require-user-mfa", stack(s3, mfaGate)), []);
  });

  it("a waived user leaves the others' finding", async () => {
    const stack = [group("staff"), groupPolicy("work", "staff", policy(s3)), ...people, ...members];
    const waiver = {
      rule: "require-user-mfa",
      resource: "user-10",
      reason: "Leaves next week.",
      expires: "2026-06-30",
    };
    const lines = await told("require-user-mfa", stack, { settings: { waivers: [waiver] } });
    assert.equal(lines.length, 2);
    assert.ok(lines.includes("staff: 59 users: user-11, user-12, user-13, user-14, user-15 and 54 more"));
    assert.ok(lines.some((line) => line.startsWith('user-10: The user "user-10" has a login profile')));
  });

  it("users of all power by one policy of the stack: at the policy; by policies of their own: at each", async () => {
    const shared = [
      managedPolicy("all", policy(everything)),
      ...["ann", "bob"].flatMap((name) => [user(name), userAttachment(`${name}-all`, name, { unknownFrom: "all" })]),
    ];
    assert.deepEqual(await told("no-overbroad-user", shared), ["all: 2 users: ann and bob"]);
    const apart = ["ann", "bob"].flatMap((name) => [user(name), userPolicy(`${name}-all`, name, policy(everything))]);
    assert.deepEqual(
      (await told("no-overbroad-user", apart)).map((line) => line.split(":")[0]),
      ["ann", "bob"],
    );
  });

  it("users with one attachment of an AWS managed policy: at the attachment; with one each: at each", async () => {
    const users = [user("ann"), user("bob")];
    const together: ExampleResource = {
      type: "aws:iam/policyAttachment:PolicyAttachment",
      name: "admins",
      properties: { name: "admins", users: ["ann", "bob"], policyArn: administratorAccess },
    };
    assert.deepEqual(await told("no-overbroad-user", [...users, together]), ["admins: 2 users: ann and bob"]);
    const apart = ["ann", "bob"].map((name) => userAttachment(`${name}-all`, name, administratorAccess));
    assert.equal((await told("no-overbroad-user", [...users, ...apart])).length, 2);
  });
});
