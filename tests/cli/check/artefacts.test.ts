import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { run } from "../command";
import { TemporaryFolder } from "../temporary-folder";

const urnOf = (type: string, name: string) => `urn:pulumi:dev::shop::${type}::${name}`;
const GROUP = urnOf("aws:iam/group:Group", "crew");
const STACK = urnOf("pulumi:pulumi:Stack", "shop-dev");

const group = {
  urn: GROUP,
  type: "aws:iam/group:Group",
  custom: true,
  inputs: { name: "crew" },
  outputs: { name: "crew" },
};
const attachment = (policyArn: string) => ({
  urn: urnOf("aws:iam/groupPolicyAttachment:GroupPolicyAttachment", "crew"),
  type: "aws:iam/groupPolicyAttachment:GroupPolicyAttachment",
  custom: true,
  inputs: { group: "crew", policyArn },
  outputs: { group: "crew", policyArn },
  propertyDependencies: { group: [GROUP] },
});
const ALL = "arn:aws:iam::aws:policy/AdministratorAccess";
const READ = "arn:aws:iam::aws:policy/IAMReadOnlyAccess";

const exported = (policyArn: string) =>
  JSON.stringify({ version: 3, deployment: { resources: [group, attachment(policyArn)] } });

const previewed = (policyArn: string, changeSummary: object) =>
  JSON.stringify({
    steps: [group, attachment(policyArn)].map((newState) => ({ op: "create", urn: newState.urn, newState })),
    changeSummary,
  });

describe("check of a file", function () {
  this.timeout(120_000);
  const folder = new TemporaryFolder();
  after(() => folder.remove());

  async function checked(text: string | Buffer, ...flags: string[]) {
    const file = folder.write("artefact.json", "");
    writeFileSync(file, text);
    const { code, stdout, stderr } = await run(["check", file, ...flags]);
    return { code, stdout, error: stderr.replaceAll(file, "FILE") };
  }

  it("blocks what an export holds, and passes what it may", async () => {
    const { code, stdout } = await checked(exported(ALL));
    assert.equal(code, 1);
    assert.match(stdout, /^BLOCKED {2}no-overbroad-group /);
    assert.match(stdout, /in 2 resources of shop\/dev\.\n$/);
    assert.equal((await checked(exported(READ))).code, 0);
  });

  it("blocks what a preview makes, and passes what it may", async () => {
    assert.equal((await checked(previewed(ALL, { create: 2 }))).code, 1);
    assert.equal((await checked(previewed(READ, { create: 2 }))).code, 0);
  });

  it("does not pass a preview without the unchanged resources, but blocks what it sees", async () => {
    const { code, error } = await checked(previewed(READ, { create: 2, same: 5 }));
    assert.equal(code, 2);
    assert.equal(
      error,
      "error: the preview does not hold the whole stack: 5 unchanged resources of the stack are left out\n\nMake the preview again: pulumi preview --json --show-sames > FILE\n",
    );
    const blocked = await checked(previewed(ALL, { create: 2, same: 5 }));
    assert.equal(blocked.code, 1);
    assert.match(blocked.stdout, /Not seen:\n {2}- the whole stack: 5 unchanged resources of the stack are left out/);
  });

  it("judges a stack without what it deletes", async () => {
    const steps = [
      { op: "same", urn: GROUP, newState: group },
      { op: "delete", urn: attachment(ALL).urn, oldState: attachment(ALL) },
    ];
    assert.equal((await checked(JSON.stringify({ steps, changeSummary: { same: 1, delete: 1 } }))).code, 0);
  });

  it("says what is nested too deeply to be read, and reads the rest", async () => {
    const nested = (levels: number) =>
      exported(READ).replace('"name":"crew"', `"name":"crew","deep":${"[".repeat(levels)}${"]".repeat(levels)}`);
    const { code, stdout, error } = await checked(nested(20_000));
    assert.deepEqual([code, error], [1, ""]);
    assert.match(stdout, /What stands in deep of .*"crew" was not read: it is nested deeper than 500\s+levels/);
    assert.equal((await checked(nested(400))).code, 0);
  });

  it("leaves a policy undecided that is a secret", async () => {
    const { code, stdout } = await checked(previewed("[secret]", { create: 2 }));
    assert.equal(code, 0);
    assert.match(stdout, /undecided/);
    assert.match(stdout, /secrets of 1 resource, which the preview shows as \[secret\]/);
  });

  const refusals: readonly (readonly [string, string | Buffer, string])[] = [
    [
      "a file that breaks off",
      exported(READ).slice(0, 200),
      "FILE is not whole: the JSON breaks off or is broken at line 1, column 200",
    ],
    ["another version", '{"version": 4, "deployment": {}}', "FILE is an export of version 4, where version 3 is read"],
    [
      "the streaming form",
      '{"sequence":0,"timestamp":1,"preludeEvent":{}}\n{"sequence":1,"timestamp":1,"resourcePreEvent":{}}\n',
      "FILE is the streaming form of a preview, which does not say what depends on what",
    ],
    [
      "an export without AWS",
      JSON.stringify({ version: 3, deployment: { resources: [{ urn: STACK, type: "pulumi:pulumi:Stack" }] } }),
      "FILE has no resource of AWS: there is nothing to hold to the guardrails",
    ],
    ["200 MB", Buffer.alloc(200 * 1024 * 1024, 32), "FILE has 200 MB, where 100 MB are read"],
    ["Terraform's", '{"terraform_version": "1.9"}', "FILE is a state or plan of Terraform, which check does not read"],
    [
      "a policy",
      '{"Version": "2012-10-17", "Statement": []}',
      "FILE is no stack of Pulumi, but something that explain reads",
    ],
    ["what people read", "Previewing update (dev):\n", "FILE is not JSON"],
    ["nothing", "\n", "FILE is empty"],
  ];
  for (const [what, text, message] of refusals) {
    it(`refuses ${what} in one line`, async () => {
      const { code, stdout, error } = await checked(text);
      assert.deepEqual([code, stdout, error.split("\n")[0]], [2, "", `error: ${message}`]);
      assert.match(error, /\n\n[A-Z][^\n]*\n$/);
    });
  }

  it("refuses what only a program takes", async () => {
    const { code, error } = await checked(exported(READ), "--stack", "dev");
    assert.equal(code, 2);
    assert.match(error, /^error: --stack: only a program can be given that, and this is a file\n/);
  });
});
