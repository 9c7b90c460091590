import assert from "node:assert/strict";
import { readInput } from "../../../../cli/explain/input/input";
import { explainedAsJson, refusalOf } from "../explained";
import { everything, gate, readOnly } from "../policies";

describe("the ARN of a customer's policy", () => {
  it("is answered with what is known by ARN", () => {
    assert.throws(() => readInput(["arn:aws:iam::111122223333:policy/work"], "user"), {
      message: "arn:aws:iam::111122223333:policy/work is not known here: only AWS managed policies are known by ARN",
      fix: "Name a file with its JSON.",
    });
  });
});

describe("what explain reads", () => {
  it("a list of policies, taken together", () => {
    const [subject, ...others] = explainedAsJson({ "list.json": [everything, gate] }).subjects;
    assert.equal(others.length, 0);
    assert.deepEqual(subject?.policies, [{ origin: "list.json $[0]" }, { origin: "list.json $[1]" }]);
    assert.deepEqual([subject?.admin.level, subject?.admin.qualifiers], ["full", ["mfa"]]);
  });

  it("several files, taken together", () => {
    const [subject] = explainedAsJson({ "all.json": everything, "gate.json": gate }).subjects;
    assert.deepEqual([subject?.admin.level, subject?.admin.qualifiers], ["full", ["mfa"]]);
  });

  it("what get-policy-version and get-role-policy print", () => {
    const version = { PolicyVersion: { VersionId: "v1", IsDefaultVersion: true, Document: everything } };
    assert.equal(explainedAsJson({ "version.json": version }).subjects[0]?.admin.level, "full");
    const inline = { RoleName: "work", PolicyName: "all", PolicyDocument: everything };
    assert.equal(explainedAsJson({ "inline.json": inline }).subjects[0]?.admin.level, "full");
  });

  it("several boundaries one by one, for a principal has one", () => {
    const { subjects } = explainedAsJson({ "a.json": everything, "b.json": readOnly }, "boundary");
    assert.deepEqual(
      subjects.map(({ name, admin }) => [name, admin.answer]),
      [
        ["a.json", "yes"],
        ["b.json", "no"],
      ],
    );
  });

  it("a byte order mark", () => {
    assert.equal(
      explainedAsJson({ "bom.json": `\uFEFF${JSON.stringify(everything)}` }).subjects[0]?.admin.level,
      "full",
    );
  });

  it("a key that stands twice, and says so", () => {
    const twice =
      '{ "Version": "2012-10-17",\n  "Statement": [],\n  "Statement": { "Effect": "Allow", "Action": "*", "Resource": "*" } }';
    const { subjects, faults } = explainedAsJson({ "twice.json": twice });
    assert.equal(subjects[0]?.admin.level, "full");
    assert.deepEqual(faults, [
      {
        file: "twice.json",
        path: "$.Statement",
        line: 3,
        column: 3,
        effect: "hides",
        message: "this key is given twice in one object; only the last one counts",
        fix: "keep one",
      },
    ]);
  });
});

describe("what explain refuses", () => {
  it("text that is no JSON, at its line and column", () => {
    assert.equal(
      refusalOf({
        "broken.json": '{\n  "Version": "2012-10-17",\n  "Statement": [{ "Effect": "Allow" "Action": "*" }]\n}',
      }),
      'broken.json:3:37: at $.Statement[0]: not JSON: "," or "}" is expected here\nCorrect the JSON text at that place.',
    );
  });

  it("JSON that is no policy", () => {
    assert.equal(
      refusalOf({ "other.json": { name: "shop" } }).split("\n")[0],
      "other.json:1:1: at $: a policy must have a Statement",
    );
  });

  it("a list with something that is no policy, at its place in the list", () => {
    assert.equal(
      refusalOf({
        "list.json": '[\n  { "Version": "2012-10-17", "Statement": [] },\n  "AdministratorAccess"\n]',
      }).split("\n")[0],
      "list.json:3:3: at $[1] → $: not JSON: a JSON value is expected here",
    );
  });

  it("an empty list", () => {
    assert.equal(
      refusalOf({ "empty.json": "[]" }),
      "empty.json:1:1: at $: the list is empty\nPut at least one policy into it.",
    );
  });

  it("a statement that is no object, deep in account details", () => {
    const details = `{ "UserDetailList": [{
  "UserName": "alice",
  "Arn": "arn:aws:iam::111122223333:user/alice",
  "UserPolicyList": [{ "PolicyName": "p", "PolicyDocument": { "Version": "2012-10-17",
    "Statement": ["Allow"] } }] }] }`;
    assert.equal(
      refusalOf({ "account.json": details }).split("\n")[0],
      "account.json:5:19: at $.UserDetailList[0].UserPolicyList[0].PolicyDocument.Statement[0]: a statement must be a JSON object",
    );
  });

  it("an encoded document that is no JSON, at its beginning and with the path inside", () => {
    const user = {
      UserName: "alice",
      Arn: "arn:aws:iam::111122223333:user/alice",
      UserPolicyList: [{ PolicyName: "p", PolicyDocument: "%7B%22Statement%22%3A" }],
    };
    assert.match(
      refusalOf({ "account.json": { UserDetailList: [user] } }),
      /^account\.json:1:\d+: at \$\.UserDetailList\[0\]\.UserPolicyList\[0\]\.PolicyDocument → \$\.Statement: not JSON: /,
    );
  });

  it("an encoding that is broken", () => {
    const user = {
      UserName: "alice",
      Arn: "arn:aws:iam::111122223333:user/alice",
      UserPolicyList: [{ PolicyName: "p", PolicyDocument: "%7B%2" }],
    };
    assert.match(
      refusalOf({ "account.json": { UserDetailList: [user] } }),
      /PolicyDocument: the URL encoding is broken\n/,
    );
  });

  it("a user without a name, or with one that is no text", () => {
    const arn = "arn:aws:iam::111122223333:user/alice";
    assert.equal(
      refusalOf({ "account.json": { UserDetailList: [{ Arn: arn }] } }),
      "account.json:1:20: at $.UserDetailList[0]: it has no UserName\nGive the UserName, as the AWS CLI prints it.",
    );
    assert.equal(
      refusalOf({ "account.json": { UserDetailList: [{ UserName: 7, Arn: arn }] } }).split("\n")[0],
      "account.json:1:32: at $.UserDetailList[0].UserName: a string is expected here",
    );
  });

  it("an ARN that is none", () => {
    assert.match(
      refusalOf({ "account.json": { UserDetailList: [{ UserName: "alice", Arn: "alice" }] } }),
      /^account\.json:1:\d+: at \$\.UserDetailList\[0\]\.Arn: this is no ARN of IAM\n/,
    );
  });

  it("a list that is none", () => {
    assert.equal(
      refusalOf({ "account.json": { UserDetailList: {} } }).split("\n")[0],
      "account.json:1:19: at $.UserDetailList: a list is expected here",
    );
  });

  it("every policy that cannot be read, not only the first", () => {
    assert.equal(
      refusalOf({ "a.json": "{}", "b.json": "[{}]" }),
      'a.json:1:1: at $: a policy must have a Statement\nb.json:1:2: at $[0]: a policy must have a Statement\nWrite an object such as {"Version": "2012-10-17", "Statement": [...]}.',
    );
  });
});
