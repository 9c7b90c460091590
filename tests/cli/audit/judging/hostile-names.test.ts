import assert from "node:assert/strict";
import { judge } from "../../../../cli/audit/judging/judge";
import { readAuditPolicies } from "../../../../cli/audit/judging/policies";
import { run } from "../../command";
import { TemporaryFolder } from "../../temporary-folder";
import { allow, inline, recordsOf, user } from "../records/account-records";

/** What a file may claim to be the name of a user or a policy, and no account has. */
const names = [
  "<script>alert(1)</script>",
  "\u001b]0;owned\u0007\u001b[31mred",
  '=HYPERLINK("http://x","y")',
  "anna\u202egnp.exe",
  "../../../etc/passwd",
  "anna\n::error file=a::owned",
  "]]><x>",
  "a".repeat(512),
];

const secret = "bucket-that-no-finding-is-about";

function hostile(name: string) {
  const policies = [
    ...inline(name, allow("*")),
    ...inline(`${name}2`, allow("s3:GetObject", `arn:aws:s3:::${secret}`)),
  ];
  return user(name, { UserPolicyList: policies });
}

/** What acts on a terminal, or turns the direction of text. */
const harmful = /[\p{Cc}\p{Cf}]/u;

describe("hostile names in an account", function () {
  this.timeout(120_000);
  const folder = new TemporaryFolder();
  after(() => folder.remove());

  for (const format of ["text", "json", "sarif", "junit", "markdown"]) {
    it(`do no harm in the format ${format}, which holds no whole document`, async () => {
      const file = folder.write("details.json", JSON.stringify({ UserDetailList: names.map(hostile) }));
      const { code, stdout } = await run(["audit", "--from", file, "--format", format]);
      assert.equal(code, 1);
      assert.ok(stdout.includes("no-overbroad-user"));
      assert.doesNotMatch(stdout.replaceAll("\n", ""), harmful);
      assert.ok(!stdout.includes("\n::error"));
      assert.ok(!stdout.includes(secret));
      if (format === "markdown") assert.ok(!stdout.includes("<script>"));
      if (format === "junit") assert.ok(!stdout.includes("]]><x>"));
    });
  }

  it("lead to no file outside the folder of the account", async () => {
    const details = { UserDetailList: [...names, "anna\ud800"].map(hostile) };
    const policies = readAuditPolicies(undefined, { only: [], skip: [] });
    const { findings } = await judge(recordsOf({ "authorization-details": details }), policies);
    const files = findings.map(({ source }) => source?.file ?? "");
    for (const file of files) assert.match(file, /^aws\/111122223333(\/[\w+=,.@-]{1,200})+\.json$/);
    assert.deepEqual(
      files.filter((file) => file.includes("/..")),
      [],
    );
  });
});
