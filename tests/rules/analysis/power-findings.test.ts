import assert from "node:assert/strict";
import { type ExampleResource, unknownFrom } from "../../../policypack/rules/authoring/example";
import {
  everything,
  group,
  groupAttachment,
  groupPolicy,
  policy,
  reading,
  role,
  trust,
} from "../../../policypack/rules/authoring/example-resources";
import { toldBy } from "../told";

const helpdesk = policy({
  Effect: "Allow",
  Action: "iam:AttachUserPolicy",
  Resource: "arn:aws:iam::*:user/interns/*",
});

describe("advice that is decided", () => {
  it("does not hide what a policy that cannot be read yet may make of the same group", async () => {
    const stack = [group("helpdesk"), groupPolicy("work", "helpdesk", helpdesk)];
    const told = (more: unknown) => toldBy("no-overbroad-group", [...stack, groupPolicy("more", "helpdesk", more)]);
    assert.deepEqual(await told(policy(reading)), ["advisory: helpdesk"]);
    assert.deepEqual(await told(policy(everything)), ["mandatory: helpdesk"]);
    assert.deepEqual(await told(unknownFrom("bucket")), ["advisory: helpdesk", "advisory?: helpdesk"]);
  });

  it("does not hide what is not known of a role of the stack that the group may assume", async () => {
    const assume = { Effect: "Allow", Action: "sts:AssumeRole", Resource: "*" };
    const into = (text: unknown) => [
      group("helpdesk"),
      groupPolicy("work", "helpdesk", helpdesk),
      groupPolicy("assume", "helpdesk", policy({ ...assume, Resource: "arn:aws:iam::111122223333:role/builder" })),
      role("builder", trust({ AWS: "arn:aws:iam::111122223333:root" }), {
        inlinePolicies: [{ name: "a", policy: text }],
      }),
    ];
    assert.deepEqual(await toldBy("no-overbroad-group", into(policy(reading))), ["advisory: helpdesk"]);
    assert.deepEqual(await toldBy("no-overbroad-group", into(unknownFrom("bucket"))), [
      "advisory: helpdesk",
      "advisory?: helpdesk",
    ]);
  });
});

describe("joining another group of the stack", () => {
  const join = (name: string) =>
    policy({ Effect: "Allow", Action: "iam:AddUserToGroup", Resource: `arn:aws:iam::*:group/${name}` });
  const readOnly = "arn:aws:iam::aws:policy/ReadOnlyAccess";
  const told = (...more: readonly ExampleResource[]) =>
    toldBy("no-overbroad-group", [
      group("leads"),
      group("readers"),
      groupPolicy("join", "leads", join("readers")),
      ...more,
    ]);

  it("is nothing where that gives no more than one has", async () => {
    assert.deepEqual(await told(), []);
    const deny = policy({ Effect: "Deny", Action: "s3:*", Resource: "*" });
    assert.deepEqual(await told(groupPolicy("less", "readers", deny)), []);
    const both = ["leads", "readers"].map((name) => groupAttachment(`${name}-read`, name, readOnly));
    assert.deepEqual(await told(...both), []);
  });

  it("is advice where it gives more, or where nobody knows", async () => {
    assert.deepEqual(await told(groupAttachment("readers-read", "readers", readOnly)), ["advisory: leads"]);
    assert.deepEqual(await told(groupPolicy("more", "readers", unknownFrom("bucket"))), [
      "advisory: leads",
      "advisory?: readers",
    ]);
    assert.deepEqual(
      await toldBy("no-overbroad-group", [group("leads"), groupPolicy("join", "leads", join("readers"))]),
      ["advisory: leads"],
    );
  });
});
