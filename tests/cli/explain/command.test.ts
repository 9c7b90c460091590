import assert from "node:assert/strict";
import { run } from "../command";
import { TemporaryFolder } from "../temporary-folder";
import { everything } from "./policies";

describe("the explain command", function () {
  this.timeout(120_000);
  const folder = new TemporaryFolder({ "all.json": JSON.stringify(everything) });
  after(() => folder.remove());

  it("explains an AWS managed policy by its ARN and ends with 0, whatever it allows", async () => {
    const { code, stdout, stderr } = await run(["explain", "arn:aws:iam::aws:policy/AdministratorAccess"]);
    assert.deepEqual([code, stderr], [0, ""]);
    assert.match(stdout, /^ {2}- Yes: full administrator;/m);
  });

  it("prints JSON", async () => {
    const { code, stdout } = await run(["explain", `${folder.path}/all.json`, "--as", "role", "--format", "json"]);
    assert.equal(code, 0);
    const { version, subjects } = JSON.parse(stdout);
    assert.deepEqual([version, subjects.length, subjects[0].as, subjects[0].admin.level], [1, 1, "role", "full"]);
  });

  it("ends with 2 and one message for a file that is not there", async () => {
    const { code, stdout, stderr } = await run(["explain", "no-such-policy.json"]);
    assert.deepEqual([code, stdout], [2, ""]);
    assert.equal(stderr, "error: no-such-policy.json does not exist\n\nName a file with a policy as JSON.\n");
  });

  it("ends with 2 for an ARN that is not known, and for a kind that does not exist", async () => {
    const unknown = await run(["explain", "arn:aws:iam::aws:policy/NoSuchPolicy"]);
    assert.equal(unknown.code, 2);
    assert.match(
      unknown.stderr,
      /^error: the AWS managed policy arn:aws:iam::aws:policy\/NoSuchPolicy is not known here\n/,
    );
    const kind = await run(["explain", `${folder.path}/all.json`, "--as", "robot"]);
    assert.equal(kind.code, 2);
    assert.match(kind.stderr, /Allowed choices are user, group, role, scp, boundary\./);
  });
});
