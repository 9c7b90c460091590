import assert from "node:assert/strict";
import { type ExampleResource, unknownFrom } from "../../../policypack/rules/authoring/example";
import {
  accessKey,
  loginProfile,
  mfaGate,
  ownAccount,
  policy,
  role,
  trust,
  user,
  userPolicy,
  withMfa,
} from "../../../policypack/rules/authoring/example-resources";
import { preview, toldBy } from "../told";

const id = "require-user-mfa";
const roles = "arn:aws:iam::111122223333:role/";

/** What is told of a user with a password and these statements. */
function told(statements: readonly unknown[], ...beside: readonly ExampleResource[]): Promise<readonly string[]> {
  const alice = [user("alice"), loginProfile("login", "alice"), userPolicy("work", "alice", policy(...statements))];
  return toldBy(id, [...alice, ...beside]);
}

function assume(Resource: unknown, Action: unknown = "sts:AssumeRole"): object {
  return { Effect: "Allow", Action, Resource };
}

describe("require-user-mfa: roles that a user may assume without MFA", () => {
  const guarded = role("ops", trust(ownAccount, withMfa));
  const unguarded = role("ops", trust(ownAccount));

  it("one of the stack that demands MFA is no hole", async () => {
    assert.deepEqual(await told([assume(`${roles}ops`)], guarded), []);
    assert.deepEqual(await told([assume(`${roles}ops`)], unguarded), ["mandatory: alice"]);
  });

  it("tagging the session goes with it", async () => {
    assert.deepEqual(await told([assume(`${roles}ops`, ["sts:AssumeRole", "sts:TagSession"])], guarded), []);
    assert.deepEqual(await told([assume(`${roles}ops`, ["sts:AssumeRole", "iam:GetRole"])], guarded), [
      "mandatory: alice",
    ]);
  });

  it("every role that it reaches counts", async () => {
    const open = role("deploy", trust(ownAccount));
    const both = [assume([`${roles}ops`, `${roles}deploy`])];
    assert.deepEqual(await told(both, guarded, open), ["mandatory: alice"]);
    assert.deepEqual(await told(both, guarded, role("deploy", trust(ownAccount, withMfa))), []);
  });

  it("a role that does not let the user in is no hole", async () => {
    assert.deepEqual(await told([assume(`${roles}ops`)], role("ops", trust({ Service: "ec2.amazonaws.com" }))), []);
  });

  it("roles kept elsewhere that are named are advised against, a pattern is a hole", async () => {
    assert.deepEqual(await told([assume("arn:aws:iam::444455556666:role/reader")]), ["advisory: alice"]);
    assert.deepEqual(await told([assume("arn:aws:iam::444455556666:role/read*")]), ["mandatory: alice"]);
    assert.deepEqual(await told([assume(`${roles}ops*`)], guarded), ["mandatory: alice"]);
    assert.deepEqual(await told([assume("*")], guarded), ["mandatory: alice"]);
  });

  it("roles of AWS let no user in", async () => {
    assert.deepEqual(await told([assume("arn:aws:iam::*:role/aws-service-role/*")]), []);
    assert.deepEqual(await told([assume("arn:aws:iam::*:role/aws-*")]), ["mandatory: alice"]);
  });

  it("MFA may be asked for by the user's own policies instead", async () => {
    assert.deepEqual(await told([{ ...assume(`${roles}ops`), Condition: withMfa }], unguarded), []);
    assert.deepEqual(await told([assume("*"), mfaGate], unguarded), []);
  });

  it("says which role lets the user in, and what to add there", async () => {
    const alice = [user("alice"), loginProfile("login", "alice")];
    const work = userPolicy("work", "alice", policy(assume(`${roles}ops`)));
    const [finding] = (await preview([...alice, work, unguarded])).filter((each) => each.policy === id);
    const message = finding?.message.replace(/\s+/g, " ") ?? "";
    assert.match(message, /it may assume the role "ops", whose trust does not ask for MFA/);
    assert.match(message, /Demand MFA in the trust policy/);
  });

  it("waits for a trust policy that is not known yet", async () => {
    assert.deepEqual(await told([assume(`${roles}ops`)], role("ops", unknownFrom("later") as never)), [
      "advisory?: alice",
    ]);
  });

  it("where everything were allowed, any role is a hole", async () => {
    const alice = [user("alice"), loginProfile("login", "alice")];
    const work = userPolicy("work", "alice", policy(assume(`${roles}ops`)));
    assert.deepEqual(await toldBy(id, [...alice, work, guarded], { [id]: { mode: "robust" } }), ["mandatory: alice"]);
  });
});

describe("require-user-mfa: self-service", () => {
  const everything = { Effect: "Allow", Action: "*", Resource: "*" };
  const gate = (...more: readonly string[]) => ({ ...mfaGate, NotAction: [...mfaGate.NotAction, ...more] });

  it("what the console's security page reads may be spared", async () => {
    const reads = ["iam:ListAccountAliases", "iam:GetAccountSummary", "iam:ListAccessKeys", "iam:GetLoginProfile"];
    assert.deepEqual(await told([{ ...everything, Action: "s3:*" }, gate(...reads)]), []);
    assert.deepEqual(await told([everything, gate("iam:GetAccessKeyLastUsed")]), ["mandatory: alice"]);
  });

  it("taking MFA away is a hole, deleting a device that is not enabled is none", async () => {
    const own = (Action: string, kind: string) => ({
      Effect: "Allow",
      Action,
      Resource: `arn:aws:iam::*:${kind}/\${aws:username}`,
    });
    assert.deepEqual(await told([own("iam:DeactivateMFADevice", "user"), gate("iam:DeactivateMFADevice")]), [
      "mandatory: alice",
    ]);
    assert.deepEqual(await told([own("iam:DeleteVirtualMFADevice", "mfa"), gate("iam:DeleteVirtualMFADevice")]), []);
    assert.deepEqual(
      await told([
        { Effect: "Allow", Action: "iam:DeleteVirtualMFADevice", Resource: "*" },
        gate("iam:DeleteVirtualMFADevice"),
      ]),
      ["advisory: alice"],
    );
  });

  it("enabling MFA for others is advised against, for oneself it is what the gate is for", async () => {
    const enabling = (Resource: string) => ({ Effect: "Allow", Action: "iam:EnableMFADevice", Resource });
    assert.deepEqual(await told([enabling("*"), mfaGate]), ["advisory: alice"]);
    assert.deepEqual(await told([enabling("arn:aws:iam::*:user/${aws:username}"), mfaGate]), []);
  });
});

describe("require-user-mfa: which credentials there are", () => {
  const leaky = policy(
    { Effect: "Allow", Action: "s3:*", Resource: "*" },
    { ...mfaGate, Condition: { Bool: { "aws:MultiFactorAuthPresent": "false" } } },
  );

  it("a gate that only access keys slip through holds for a password", async () => {
    const withPassword = [user("alice"), loginProfile("login", "alice"), userPolicy("work", "alice", leaky)];
    assert.deepEqual(await toldBy(id, withPassword), []);
    assert.deepEqual(await toldBy(id, [...withPassword, accessKey("key", "alice")]), ["mandatory: alice"]);
  });
});
