import assert from "node:assert/strict";
import { rules } from "../../policypack/rules";
import type { ExampleResource } from "../../policypack/rules/authoring/example";
import {
  administratorAccess,
  group,
  groupPolicy,
  loginProfile,
  managedPolicy,
  membership,
  mfaGate,
  organizationPolicy,
  policy,
  policyTarget,
  reading,
  user,
  userAttachment,
} from "../../policypack/rules/authoring/example-resources";
import { resourcesOf } from "../examples/example-stack";
import { Engine } from "../host/asked";

/** What previews of the stack as it is, and of an update to `after`, tell by a rule, as `level resource`. */
async function update(before: readonly ExampleResource[], after: readonly ExampleResource[], rule: string) {
  const told = async (resources: readonly ExampleResource[]) =>
    (await new Engine({ rules }).preview(resourcesOf({ title: "a stack", resources })))
      .filter((finding) => finding.policy === rule)
      .map(({ level, urn }) => `${level} ${urn.split("::").at(-1)}`);
  return { before: await told(before), after: await told(after) };
}

describe("what an update takes away is no longer there, in its preview already", () => {
  it("a gate", async () => {
    const people = [
      user("alice"),
      loginProfile("alice-login", "alice"),
      group("staff"),
      membership("in", "alice", ["staff"]),
    ];
    const work = groupPolicy("work", "staff", policy({ Effect: "Allow", Action: "s3:*", Resource: "*" }));
    const gate = groupPolicy("gate", "staff", policy(mfaGate));
    assert.deepEqual(await update([...people, work, gate], [...people, work], "require-user-mfa"), {
      before: [],
      after: ["mandatory alice"],
    });
  });

  it("a membership in the gated group", async () => {
    const gated = [group("staff"), groupPolicy("gate", "staff", policy(mfaGate))];
    const alice = [user("alice"), loginProfile("alice-login", "alice")];
    const own = userAttachment("work", "alice", "arn:aws:iam::aws:policy/ReadOnlyAccess");
    const stack = [...gated, ...alice, own];
    assert.deepEqual(await update([...stack, membership("in", "alice", ["staff"])], stack, "require-user-mfa"), {
      before: [],
      after: ["mandatory alice"],
    });
  });

  it("a boundary", async () => {
    const lid = managedPolicy("lid", policy(reading));
    const bounded = user("alice", { permissionsBoundary: { unknownFrom: "lid" } });
    const all = userAttachment("all", "alice", administratorAccess);
    assert.deepEqual(await update([lid, bounded, all], [lid, user("alice"), all], "no-overbroad-user"), {
      before: [],
      after: ["mandatory alice"],
    });
  });

  it("a Deny in a policy that stays", async () => {
    const everything = { Effect: "Allow", Action: "*", Resource: "*" };
    const lid = { Effect: "Deny", NotAction: "s3:*", Resource: "*" };
    const stack = (...statements: readonly unknown[]) => [
      group("ops"),
      groupPolicy("work", "ops", policy(...statements)),
    ];
    assert.deepEqual(await update(stack(everything, lid), stack(everything), "no-overbroad-group"), {
      before: [],
      after: ["mandatory ops"],
    });
  });

  it("the attachment of a service control policy", async () => {
    const scp = organizationPolicy(
      "stay",
      policy({ Effect: "Deny", Action: "organizations:LeaveOrganization", Resource: "*" }),
    );
    const attached = policyTarget("stay-root", { unknownFrom: "stay" }, "r-ab12");
    assert.deepEqual(await update([scp, attached], [scp], "scp-attached"), { before: [], after: ["advisory stay"] });
  });

  it("the attachment of one that closed what another leaves open", async () => {
    const guard = (name: string, condition: object) =>
      organizationPolicy(
        name,
        policy({
          Effect: "Deny",
          Action: "*",
          Resource: "*",
          Condition: { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:root" }, ...condition },
        }),
      );
    const network = { "aws:SourceIp": "203.0.113.0/24" };
    const [inside, outside] = [guard("inside", { IpAddress: network }), guard("outside", { NotIpAddress: network })];
    const at = (name: string) => policyTarget(`${name}-root`, { unknownFrom: name }, "r-ab12");
    const stack = [inside, outside, at("inside")];
    assert.deepEqual(await update([...stack, at("outside")], stack, "root-scp-holds"), {
      before: [],
      after: ["mandatory inside"],
    });
  });
});
