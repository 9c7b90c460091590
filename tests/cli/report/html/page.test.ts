import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { htmlReport } from "../../../../cli/report/html/page";
import { BLOCKED, FOUND, OWNED, PASSED } from "../results";
import { HOSTILE, LARGE, SMALL } from "./account";

const page = (...results: Parameters<typeof htmlReport>[0]) => htmlReport(results, "mandatory", (text) => text);

/** The data in a page, as its script reads it. */
function dataIn(html: string) {
  return JSON.parse(/<script type="application\/json" id="data">(.*?)<\/script>/s.exec(html)?.[1] ?? "");
}

function hashOf(text: string): string {
  return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
}

describe("the report as a page", () => {
  it("has a finding in its parts", () => {
    const { verdict, outcome, scopes, findings } = dataIn(page(BLOCKED));
    assert.deepEqual([verdict, outcome, scopes[0].name], ["Blocked", "blocked", "shop/dev"]);
    const [{ what, why, code, standing, place, requests, statements, fingerprint }] = findings;
    assert.match(what, /^The group "admins"/);
    assert.match(why, /^Every request/);
    assert.deepEqual(
      [code, standing, place, fingerprint],
      ['{\n  "Effect": "Deny"\n}', "blocking", "lib/groups.ts:12", "f1"],
    );
    assert.deepEqual(requests, [
      { who: "a member's access key, without MFA", action: "*", resource: "*", context: ["aws:x = a"] },
    ]);
    assert.deepEqual(statements, ["the first statement of the AWS managed policy AdministratorAccess"]);
  });

  it("names the resource that makes what is found in an account", () => {
    const { findings } = dataIn(page({ ...BLOCKED, findings: [OWNED, { ...FOUND, owners: [] }, FOUND] }));
    assert.deepEqual(
      findings.map(({ owners }: { owners: readonly string[] }) => owners.map((owner) => owner.slice(0, 40))),
      [["lib/groups.ts:12:5, aws:iam/group:Group "], ["in none of the stacks of --state"], []],
    );
  });

  it("says what a failed run found, and of two stacks both", () => {
    const failure = { message: "it failed", fix: "Mend it." };
    const failed = { ...BLOCKED, outcome: "failed", failure } as unknown as typeof BLOCKED;
    assert.deepEqual(dataIn(page(failed)).scopes[0].failure, failure);
    assert.deepEqual(
      dataIn(page(BLOCKED, { ...PASSED, stack: "prod" })).scopes.map(({ name }: { name: string }) => name),
      ["shop/dev", "shop/prod"],
    );
  });

  it("tells steps by numbers, and a reason that many have once", () => {
    const { steps, reasons, identities, coverage } = dataIn(page(LARGE)).scopes[0].audit;
    assert.deepEqual([steps.length, reasons.length, identities.length], [1_003, 1_003, 2_000]);
    assert.deepEqual(steps[2].slice(0, 2), [1_002, 1_003]);
    assert.deepEqual(coverage[1].notChecked, [
      { because: "the MFA devices could not be listed", permission: "iam:ListVirtualMFADevices" },
    ]);
  });

  it("knows its one script and its one style by their hashes, and lets nothing else in", () => {
    const html = page(SMALL);
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1] ?? "";
    const style = /<style>(.*?)<\/style>/s.exec(html)?.[1] ?? "";
    const script = /<script>(.*?)<\/script>/s.exec(html)?.[1] ?? "";
    assert.ok(policy.startsWith("default-src 'none'; "), policy);
    assert.ok(
      policy.includes(`script-src ${hashOf(script)};`) && policy.includes(`style-src ${hashOf(style)};`),
      policy,
    );
    assert.doesNotMatch(policy, /unsafe/);
  });

  it("holds hostile names as data, without what ends an element or reorders text", () => {
    const html = page(SMALL);
    assert.equal(html.match(/<script/g)?.length, 2);
    assert.doesNotMatch(html, /<img|\p{Cf}/u);
    assert.ok(JSON.stringify(dataIn(html)).includes(JSON.stringify(HOSTILE.slice(0, 60)).slice(1, -1)));
  });

  it("masks secrets", () => {
    const secret = { ...BLOCKED, findings: [{ ...FOUND, text: { what: "The key is hunter2." } }] };
    const html = htmlReport([secret], "mandatory", (text) => text.replaceAll("hunter2", "[secret]"));
    assert.doesNotMatch(html, /hunter2/);
    assert.equal(dataIn(html).findings[0].what, "The key is [secret].");
  });

  it("stays under five megabytes for 2,000 identities and 600 findings", () => {
    assert.ok(Buffer.byteLength(page(LARGE)) < 5_000_000);
  });
});
