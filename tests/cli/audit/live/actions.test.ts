import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { AUDIT_ACTIONS, auditPolicy } from "../../../../cli/audit/live/actions";
import { adminPower, escalationPaths, parseDocument } from "../../../../policypack/iam";

const LIVE = join(__dirname, "..", "..", "..", "..", "cli", "audit", "live");

describe("the policy of an audit", () => {
  it("allows what is called, and nothing else", () => {
    const files = readdirSync(LIVE).filter((file) => file !== "actions.ts");
    const code = files.map((file) => readFileSync(join(LIVE, file), "utf8")).join("\n");
    assert.deepEqual(
      AUDIT_ACTIONS.filter((action) => !code.includes(`asking("${action}"`)),
      [],
    );
    // Every command that is sent goes through `asking`, but for who asks and the role that is assumed.
    const sent = [...code.matchAll(/new (\w+)Command\(/g)].map(([, name]) => name ?? "");
    const allowed = AUDIT_ACTIONS.map((action) => action.split(":")[1] ?? "");
    assert.deepEqual(
      sent.filter((name) => !allowed.includes(name)),
      ["AssumeRole", "GetCallerIdentity"],
    );
  });

  it("gives no power to whoever has it", () => {
    const { document, faults } = parseDocument(auditPolicy(), "identity");
    assert.ok(document);
    assert.deepEqual(faults, []);
    const auditor = { kind: "role", name: "audit", identity: [{ origin: "audit", document }] } as const;
    assert.equal(adminPower(auditor).answer, "no");
    assert.deepEqual(escalationPaths(auditor), []);
  });
});
