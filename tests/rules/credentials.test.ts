import assert from "node:assert/strict";
import { type ExampleResource, unknownFrom } from "../../policypack/rules/authoring/example";
import { accessKey, loginProfile, user } from "../../policypack/rules/authoring/example-resources";
import { preview, toldBy } from "./told";

describe("access-key-rotation", () => {
  const id = "access-key-rotation";

  /** A key made so many days before the tests' present, noon of 15 June 2026. */
  function keyOf(createDate: string, more: Readonly<Record<string, unknown>> = {}): ExampleResource {
    return { ...accessKey("key", "ci", more), outputs: { createDate } };
  }

  it("counts from the day that AWS made the key", async () => {
    assert.deepEqual(await toldBy(id, [user("ci"), keyOf("2026-03-17T12:00:00Z")]), []);
    assert.deepEqual(await toldBy(id, [user("ci"), keyOf("2026-03-17T11:59:59Z")]), ["advisory: key"]);
  });

  it("takes another age from the configuration", async () => {
    const stack = [user("ci"), keyOf("2026-05-01T12:00:00Z")];
    assert.deepEqual(await toldBy(id, stack), []);
    assert.deepEqual(await toldBy(id, stack, { [id]: { maxAgeDays: 30 } }), ["advisory: key"]);
    assert.deepEqual(await toldBy(id, stack, { [id]: { maxAgeDays: 30, enforcementLevel: "mandatory" } }), [
      "mandatory: key",
    ]);
  });

  it("counts keys of users that are kept elsewhere", async () => {
    assert.deepEqual(await toldBy(id, [keyOf("2025-01-01T00:00:00Z")]), ["advisory: key"]);
  });

  it("leaves inactive keys and those of unknown age alone", async () => {
    assert.deepEqual(await toldBy(id, [user("ci"), keyOf("2025-01-01T00:00:00Z", { status: "Inactive" })]), []);
    assert.deepEqual(await toldBy(id, [user("ci"), keyOf("2025-01-01T00:00:00Z", { status: unknownFrom("x") })]), []);
    assert.deepEqual(await toldBy(id, [user("ci"), accessKey("key", "ci")]), []);
    assert.deepEqual(await toldBy(id, [user("ci"), keyOf("yesterday")]), []);
  });
});

describe("safe-login-profile", () => {
  const id = "safe-login-profile";
  const safe = { pgpKey: "keybase:alice", passwordResetRequired: true };

  function native(password: unknown, passwordResetRequired?: unknown): ExampleResource {
    const loginProfile = passwordResetRequired === undefined ? { password } : { password, passwordResetRequired };
    return { type: "aws-native:iam:User", name: "alice", properties: { userName: "alice", loginProfile } };
  }

  async function messageFor(resource: ExampleResource): Promise<string> {
    const told = (await preview([resource])).filter(({ policy }) => policy === id);
    return told.map(({ message }) => message.replace(/\s+/g, " ")).join("\n");
  }

  it("asks for encryption, a new password and length, each by itself", async () => {
    assert.deepEqual(await toldBy(id, [loginProfile("login", "alice", safe)]), []);
    assert.match(
      await messageFor(loginProfile("login", "alice", { passwordResetRequired: true })),
      /not safe: it is not encrypted\. /,
    );
    assert.match(
      await messageFor(loginProfile("login", "alice", { pgpKey: "keybase:alice" })),
      /not safe: it need not be changed at the first sign-in\. /,
    );
    assert.match(
      await messageFor(loginProfile("login", "alice", { ...safe, passwordLength: 13 })),
      /not safe: it has fewer than 14 characters\. /,
    );
  });

  it("takes 14 characters, and another length from the configuration", async () => {
    const profile = loginProfile("login", "alice", { ...safe, passwordLength: 14 });
    assert.deepEqual(await toldBy(id, [profile]), []);
    assert.deepEqual(await toldBy(id, [profile], { [id]: { minimumLength: 16 } }), ["advisory: login"]);
  });

  it("takes an empty PGP key for none", async () => {
    assert.deepEqual(await toldBy(id, [loginProfile("login", "alice", { ...safe, pgpKey: "" })]), ["advisory: login"]);
  });

  it("waits for what is not known yet, but for a PGP key", async () => {
    assert.deepEqual(await toldBy(id, [loginProfile("login", "alice", { ...safe, pgpKey: unknownFrom("key") })]), []);
    assert.deepEqual(
      await toldBy(id, [loginProfile("login", "alice", { ...safe, passwordResetRequired: unknownFrom("settings") })]),
      ["unsaid?: login"],
    );
  });

  it("judges the password that stands in a user of aws-native, and never shows it or its length", async () => {
    const message = await messageFor(native("Tr0ub4dor&3", true));
    assert.match(message, /not safe: it is not encrypted; it has fewer than 14 characters\. /);
    assert.doesNotMatch(message, /Tr0ub4dor|\b11\b/);
    assert.match(await messageFor(native("correct horse battery staple")), /it need not be changed/);
  });

  it("judges the users of a template; a password that CloudFormation fetches is in no code", async () => {
    const stackOf = (Password: string): ExampleResource => {
      const LoginProfile = { Password, PasswordResetRequired: true };
      const templateBody = JSON.stringify({
        Resources: { Alice: { Type: "AWS::IAM::User", Properties: { UserName: "alice", LoginProfile } } },
      });
      return { type: "aws:cloudformation/stack:Stack", name: "stack", properties: { name: "stack", templateBody } };
    };
    assert.deepEqual(await toldBy(id, [stackOf("correct horse battery staple")]), ["advisory: stack"]);
    assert.deepEqual(await toldBy(id, [stackOf("{{resolve:secretsmanager:first-password}}")]), []);
  });

  it("waits for a password that is made in the same run", async () => {
    assert.deepEqual(await toldBy(id, [native(unknownFrom("password"), true)]), ["unsaid?: alice", "unsaid?: alice"]);
  });

  it("looks at what the program says, not at what a person has done since", async () => {
    const profile = { ...loginProfile("login", "alice", safe), outputs: { passwordLength: "20" } };
    assert.deepEqual(await toldBy(id, [profile]), []);
  });
});
