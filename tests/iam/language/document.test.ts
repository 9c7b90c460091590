import { deepEqual, equal } from "node:assert/strict";
import { notYet, type PolicyKind, parseDocument } from "../../../policypack/iam";

/** `effect path` of each fault. */
function faults(input: unknown, kind: PolicyKind = "identity"): readonly string[] {
  return parseDocument(input, kind).faults.map(({ effect, path }) => `${effect} ${path}`);
}

const allowAll = { Effect: "Allow", Action: "*", Resource: "*" };
const of = (statement: object, more: object = {}) => ({ Version: "2012-10-17", Statement: [statement], ...more });

describe("policy documents that are read", () => {
  it("as text and as a value alike", () =>
    deepEqual(parseDocument(JSON.stringify(of(allowAll)), "identity"), parseDocument(of(allowAll), "identity")));
  it("with one statement that is no list", () => deepEqual(faults({ Version: "2012-10-17", Statement: allowAll }), []));
  it("with a byte order mark in front", () => deepEqual(faults(`\uFEFF${JSON.stringify(of(allowAll))}`), []));
  it("one value and a list of one alike", () =>
    deepEqual(
      parseDocument(of({ ...allowAll, Action: ["*"] }), "identity").document,
      parseDocument(of(allowAll), "identity").document,
    ));
  it("condition values that are numbers and booleans as their text", () => {
    const { document } = parseDocument(
      of({ ...allowAll, Condition: { Bool: { "aws:SecureTransport": true }, NumericLessThan: { "s3:max-keys": 10 } } }),
      "identity",
    );
    deepEqual(
      document?.statements[0]?.conditions.map(({ values }) => values),
      [["true"], ["10"]],
    );
  });
  it("condition keys in lower case", () => {
    const { document } = parseDocument(
      of({ ...allowAll, Condition: { StringEquals: { "AWS:UserName": "Alice" } } }),
      "identity",
    );
    deepEqual(
      document?.statements[0]?.conditions.map(({ key, values }) => [key, values]),
      [["aws:username", ["Alice"]]],
    );
  });
  it("escaped text as what it stands for", () => {
    const { document } = parseDocument(
      '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"iam:\\u002a","Resource":"\\u002a"}}',
      "identity",
    );
    deepEqual(document?.statements[0]?.action.values, ["iam:*"]);
  });
  it("a key named __proto__ as a key like any other", () =>
    deepEqual(
      faults('{"__proto__":1,"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}'),
      ["refused $.__proto__"],
    ));
  it("with a hole where a value is not known yet", () => {
    const { document } = parseDocument(of({ ...allowAll, Resource: ["arn:aws:s3:::a", notYet] }), "identity");
    deepEqual(document?.statements[0]?.resource, { inverted: false, values: ["arn:aws:s3:::a"], open: true });
  });
  it("with nothing but a hole", () => equal(parseDocument(notYet, "identity").document?.statements[0]?.effect, notYet));
});

describe("policy documents that cannot be read", () => {
  it("text that is no JSON, with line and column", () => {
    const { document, faults } = parseDocument('{\n  "Version": 2012-10-17\n}', "identity");
    equal(document, undefined);
    deepEqual(
      faults.map(({ effect, line, column }) => [effect, line, column]),
      [["unreadable", 2, 18]],
    );
  });
  it("a trailing comma", () => deepEqual(faults('{"Statement": [],}'), ["unreadable $"]));
  it("a text after the end", () => deepEqual(faults("{} {}"), ["unreadable $"]));
  it("an empty text", () => deepEqual(faults(""), ["unreadable $"]));
  it("a list", () => deepEqual(faults([of(allowAll)]), ["unreadable $"]));
  it("JSON inside JSON", () => deepEqual(faults(JSON.stringify(JSON.stringify(of(allowAll)))), ["unreadable $"]));
  it("an object without statements", () => deepEqual(faults({ Version: "2012-10-17" }), ["unreadable $"]));
  it("a statement that is no object", () =>
    deepEqual(faults(of({}, { Statement: ["Allow"] })), ["unreadable $.Statement[0]"]));
  it("a text that is nested without end", () => deepEqual(faults("[".repeat(100_000)).length, 1));
});

describe("policy documents that hide something", () => {
  it("a key given twice, of which the last counts", () => {
    const text = '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*","Action":"s3:*"}}';
    deepEqual(faults(text), ["hides $.Statement.Action"]);
    deepEqual(parseDocument(text, "identity").document?.statements[0]?.action.values, ["s3:*"]);
  });
  it("a condition key given twice", () =>
    deepEqual(
      faults(
        '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"Bool":{"aws:x":"1","aws:x":"2"}}}}',
      ),
      ['hides $.Statement.Condition.Bool["aws:x"]'],
    ));
  it("an element in two spellings", () =>
    deepEqual(faults(of({ ...allowAll, action: "s3:*" })), [
      "refused $.Statement[0].action",
      "hides $.Statement[0].action",
    ]));
});

describe("policy documents that AWS refuses", () => {
  it("a misspelt effect, which is no Allow", () => {
    deepEqual(faults(of({ ...allowAll, Effect: "allow" })), ["hides $.Statement[0].Effect"]);
    deepEqual(parseDocument(of({ ...allowAll, Effect: "denY" }), "identity").document?.statements, []);
  });
  it("a wildcard in the service, which is analysed", () => {
    deepEqual(faults(of({ ...allowAll, Action: "ia?:*" })), ["refused $.Statement[0].Action"]);
    deepEqual(parseDocument(of({ ...allowAll, Action: "ia?:*" }), "identity").document?.statements[0]?.action.values, [
      "ia?:*",
    ]);
  });
  it("a blank in an action", () =>
    deepEqual(faults(of({ ...allowAll, Action: "iam:GetUser " })), ["refused $.Statement[0].Action"]));
  it("an empty list of actions", () =>
    deepEqual(faults(of({ ...allowAll, Action: [] })), ["refused $.Statement[0].Action"]));
  it("Action beside NotAction", () =>
    deepEqual(faults(of({ ...allowAll, NotAction: "s3:*" })), ["refused $.Statement[0]"]));
  it("no Resource", () => deepEqual(faults(of({ Effect: "Allow", Action: "*" })), ["refused $.Statement[0]"]));
  it("no Effect", () => deepEqual(faults(of({ Action: "*", Resource: "*" })), ["hides $.Statement[0].Effect"]));
  it("a Sid used twice", () =>
    deepEqual(
      faults({
        Version: "2012-10-17",
        Statement: [
          { Sid: "A", ...allowAll },
          { Sid: "A", ...allowAll },
        ],
      }),
      ["refused $.Statement[1].Sid"],
    ));
  it("an operator in lower case", () =>
    deepEqual(faults(of({ ...allowAll, Condition: { bool: { "aws:SecureTransport": "true" } } })), [
      "refused $.Statement[0].Condition.bool",
    ]));
  it("an operator that AWS does not have", () =>
    deepEqual(faults(of({ ...allowAll, Condition: { StringLikes: { "aws:username": "a" } } })), [
      "refused $.Statement[0].Condition.StringLikes",
    ]));
  it("an operator without its object", () =>
    deepEqual(faults(of({ ...allowAll, Condition: { StringLike: "a" } })), [
      "refused $.Statement[0].Condition.StringLike",
    ]));
  it("a condition key without values", () =>
    deepEqual(faults(of({ ...allowAll, Condition: { StringLike: { "aws:username": [] } } })), [
      'refused $.Statement[0].Condition.StringLike["aws:username"]',
    ]));
  it("a version that does not exist", () =>
    deepEqual(faults(of(allowAll, { Version: "2022-10-17" })), ["refused $.Version"]));
  it("an element that does not exist", () =>
    deepEqual(faults(of({ ...allowAll, Resources: "*" })), ["refused $.Statement[0].Resources"]));
  it("a principal in an identity policy", () =>
    deepEqual(faults(of({ ...allowAll, Principal: "*" })), ["refused $.Statement[0].Principal"]));
  it("a trust policy without a principal", () =>
    deepEqual(faults(of({ Effect: "Allow", Action: "sts:AssumeRole" }), "trust"), ["refused $.Statement[0]"]));
  it("a trust policy with a resource", () =>
    deepEqual(faults(of({ ...allowAll, Principal: "*" }), "trust"), ["refused $.Statement[0]"]));
  it("a resource policy with both is right", () =>
    deepEqual(faults(of({ ...allowAll, Principal: "*" }), "resource"), []));
});
