import { deepEqual, equal } from "node:assert/strict";
import { notYet, type PolicyKind, type Statement } from "../../../policypack/iam/language/document";
import { parseDocument } from "../../../policypack/iam/language/parse";

const allow = { Effect: "Allow", Action: "s3:GetObject", Resource: "*" };

function policyOf(...statements: readonly unknown[]) {
  return { Version: "2012-10-17", Statement: statements };
}

/** `effect path: message; fix` of every fault. */
function faultsOf(input: unknown, kind: PolicyKind = "identity"): readonly string[] {
  return parseDocument(input, kind).faults.map(
    ({ effect, path, message, fix }) => `${effect} ${path}: ${message}; ${fix}`,
  );
}

function statementsOf(input: unknown, kind: PolicyKind = "identity"): readonly Statement[] {
  return parseDocument(input, kind).document?.statements ?? [];
}

function only(statement: unknown, kind: PolicyKind = "identity"): Statement | undefined {
  return statementsOf(policyOf(statement), kind)[0];
}

describe("the normal form of a policy", () => {
  it("is the same for one statement or a list, one value or a list", () => {
    const expected = {
      effect: "Allow",
      action: { inverted: false, values: ["s3:GetObject"], open: false },
      resource: { inverted: false, values: ["*"], open: false },
      conditions: [],
    };
    deepEqual(statementsOf({ Version: "2012-10-17", Statement: allow }), [{ path: "$.Statement", ...expected }]);
    const lists = { Effect: "Allow", Action: ["s3:GetObject"], Resource: ["*"] };
    deepEqual(statementsOf(policyOf(lists)), [{ path: "$.Statement[0]", ...expected }]);
  });

  it("says which elements are inverted", () => {
    const statement = only({ Effect: "Deny", NotAction: ["a:b", "c:d"], NotResource: "x" });
    deepEqual(statement?.effect, "Deny");
    deepEqual(statement?.action, { inverted: true, values: ["a:b", "c:d"], open: false });
    deepEqual(statement?.resource, { inverted: true, values: ["x"], open: false });
  });

  it("takes an element without any value for one that is not there", () =>
    deepEqual(only({ Effect: "Allow", Action: undefined, NotAction: "a:b", Resource: "*" })?.action, {
      inverted: true,
      values: ["a:b"],
      open: false,
    }));

  it("has conditions one by one, keys in lower case, values as text", () => {
    const statement = only({
      ...allow,
      Condition: { Bool: { "aws:MultiFactorAuthPresent": true }, NumericEquals: { "s3:max-keys": [1, "2"] } },
    });
    deepEqual(statement?.conditions, [
      {
        path: '$.Statement[0].Condition.Bool["aws:MultiFactorAuthPresent"]',
        operator: "Bool",
        key: "aws:multifactorauthpresent",
        values: ["true"],
        open: false,
      },
      {
        path: '$.Statement[0].Condition.NumericEquals["s3:max-keys"]',
        operator: "NumericEquals",
        key: "s3:max-keys",
        values: ["1", "2"],
        open: false,
      },
    ]);
  });

  it("has variables with Version 2012-10-17 only, and AWS's old version where none is given", () => {
    equal(parseDocument({ Version: "2012-10-17", Statement: [allow] }, "identity").document?.variables, true);
    equal(parseDocument({ Version: "2008-10-17", Statement: [allow] }, "identity").document?.variables, false);
    equal(parseDocument({ Statement: [allow] }, "identity").document?.variables, false);
    equal(parseDocument({ Version: "2012-10-17", Statement: [allow] }, "scp").document?.kind, "scp");
  });

  it("reads text and values alike", () => {
    deepEqual(
      parseDocument(JSON.stringify(policyOf(allow)), "identity").document,
      parseDocument(policyOf(allow), "identity").document,
    );
  });
});

describe("principals", () => {
  const trust = (Principal: unknown) =>
    only({ Effect: "Allow", Action: "sts:AssumeRole", Principal }, "trust")?.principal;

  it("are listed with their type", () => {
    deepEqual(trust({ AWS: ["111122223333", "arn:aws:iam::1:user/a"], Service: "ec2.amazonaws.com" }), {
      inverted: false,
      entries: [
        { type: "AWS", value: "111122223333" },
        { type: "AWS", value: "arn:aws:iam::1:user/a" },
        { type: "Service", value: "ec2.amazonaws.com" },
      ],
      open: false,
    });
    deepEqual(trust("*"), { inverted: false, entries: [{ type: "*", value: "*" }], open: false });
  });

  it("may be inverted, and may not be known yet", () => {
    const not = only({ Effect: "Deny", Action: "sts:AssumeRole", NotPrincipal: { AWS: "1" } }, "trust")?.principal;
    deepEqual(not, { inverted: true, entries: [{ type: "AWS", value: "1" }], open: false });
    deepEqual(trust(notYet), { inverted: false, entries: [], open: true });
    deepEqual(trust({ AWS: [notYet, "1"] }), { inverted: false, entries: [{ type: "AWS", value: "1" }], open: true });
  });

  it("are nobody where they are missing or wrong", () => {
    const nobody = { inverted: false, entries: [], open: false };
    deepEqual(only({ Effect: "Allow", Action: "sts:AssumeRole" }, "trust")?.principal, nobody);
    deepEqual(trust("me"), nobody);
    deepEqual(trust({ Somebody: "1" }), nobody);
  });

  it("stand on the role itself, which is known", () =>
    deepEqual(only({ Effect: "Allow", Principal: "*", Action: "sts:AssumeRole" }, "trust")?.resource, {
      inverted: false,
      values: ["*"],
      open: false,
    }));

  it("are told where they are wrong, missing or out of place", () => {
    const base = { Effect: "Allow", Action: "sts:AssumeRole" };
    deepEqual(faultsOf(policyOf({ Effect: "Deny", NotAction: "s3", Resource: "*" })), [
      'refused $.Statement[0].NotAction: "s3" is no action; write "service:Action"; wildcards belong after the colon',
    ]);
    deepEqual(faultsOf(policyOf({ ...allow, NotPrincipal: "*" })), [
      "refused $.Statement[0].NotPrincipal: a policy of this kind has no principal: it stands on who asks; remove it",
    ]);
    deepEqual(faultsOf(policyOf({ ...base, Principal: "*", NotResource: "*" }), "trust"), [
      "refused $.Statement[0]: a trust policy has no Resource: it stands on the role itself; remove it",
    ]);
    deepEqual(faultsOf(policyOf(base), "trust"), [
      'refused $.Statement[0]: the statement has no Principal; add one, such as {"Service": "ec2.amazonaws.com"}',
    ]);
    deepEqual(faultsOf(policyOf({ ...base, Principal: "me" }), "trust"), [
      'refused $.Statement[0].Principal: a principal is "*" or an object; write {"AWS": "arn:..."} or {"Service": "..."}',
    ]);
    deepEqual(faultsOf(policyOf({ ...base, Principal: "*", NotPrincipal: "*" }), "trust"), [
      "refused $.Statement[0]: Principal and NotPrincipal exclude each other; keep one of them",
    ]);
    deepEqual(faultsOf(policyOf({ ...allow, Principal: "*" })), [
      "refused $.Statement[0].Principal: a policy of this kind has no principal: it stands on who asks; remove it",
    ]);
    deepEqual(faultsOf(policyOf({ ...base, Principal: { aws: "1" } }), "trust"), [
      'refused $.Statement[0].Principal.aws: "aws" is not spelt as AWS wants it; write "AWS"',
    ]);
    deepEqual(faultsOf(policyOf({ ...base, Principal: "*", Resource: "*" }), "trust"), [
      "refused $.Statement[0]: a trust policy has no Resource: it stands on the role itself; remove it",
    ]);
    deepEqual(faultsOf(policyOf({ ...allow, Principal: "*" }), "resource"), []);
  });
});

describe("values that are not known yet", () => {
  it("leave the rest of a statement known", () => {
    const statement = only({
      Effect: "Allow",
      Action: ["s3:*", notYet],
      Resource: notYet,
      Condition: { StringEquals: { "aws:username": [notYet] }, StringLike: notYet },
    });
    deepEqual(statement?.action, { inverted: false, values: ["s3:*"], open: true });
    deepEqual(statement?.resource, { inverted: false, values: [], open: true });
    deepEqual(
      statement?.conditions.map(({ operator, key, open }) => [operator, key, open]),
      [
        ["StringEquals", "aws:username", true],
        ["StringLike", "", true],
      ],
    );
    equal(only({ ...allow, Effect: notYet })?.effect, notYet);
    deepEqual(only({ ...allow, Condition: notYet })?.conditions, [
      { path: "$.Statement[0].Condition", operator: "", key: "", values: [], open: true },
    ]);
  });

  it("may be an operator, known by its name alone", () =>
    deepEqual(only({ ...allow, Condition: { StringLike: notYet } })?.conditions, [
      { path: "$.Statement[0].Condition.StringLike", operator: "StringLike", key: "", values: [], open: true },
    ]));

  it("stand for what is no object of keys as well, though AWS refuses that", () =>
    deepEqual(only({ ...allow, Condition: { StringLike: "a" } })?.conditions, [
      { path: "$.Statement[0].Condition.StringLike", operator: "", key: "", values: [], open: true },
    ]));

  it("may be the whole policy or a whole statement", () => {
    const open = { inverted: false, values: [], open: true };
    const anything = { effect: notYet, action: open, resource: open, conditions: [] };
    deepEqual(parseDocument(notYet, "identity").document, {
      kind: "identity",
      variables: true,
      statements: [{ path: "$", ...anything }],
    });
    deepEqual(statementsOf({ Version: "2012-10-17", Statement: [notYet] }), [{ path: "$.Statement[0]", ...anything }]);
    deepEqual(faultsOf(notYet), []);
  });

  it("may be the version, which matters where a variable is written", () => {
    deepEqual(statementsOf({ Version: notYet, Statement: [allow] })[0]?.effect, "Allow");
    const homes = { ...allow, Resource: ["*", "a${aws:username}"] };
    const open = { inverted: false, values: [], open: true };
    deepEqual(parseDocument({ Version: notYet, Statement: [allow, homes] }, "identity").document, {
      kind: "identity",
      variables: true,
      statements: [{ path: "$", effect: notYet, action: open, resource: open, conditions: [] }],
    });
    equal(statementsOf({ Version: notYet, Statement: [notYet] })[0]?.path, "$");
  });
});

describe("faults", () => {
  it("of what is no policy leave nothing to analyse", () => {
    const shape = 'write an object such as {"Version": "2012-10-17", "Statement": [...]}';
    deepEqual(faultsOf(7), [`unreadable $: a policy must be a JSON object; ${shape}`]);
    deepEqual(faultsOf("null"), [`unreadable $: a policy must be a JSON object; ${shape}`]);
    deepEqual(faultsOf([]), [`unreadable $: a policy must be a JSON object; ${shape}`]);
    deepEqual(faultsOf({}), [`unreadable $: a policy must have a Statement; ${shape}`]);
    equal(parseDocument({}, "identity").document, undefined);
    deepEqual(parseDocument("{", "identity").faults, [
      {
        effect: "unreadable",
        path: "$",
        message: "not JSON: a string in double quotes is expected here",
        fix: "correct the JSON text; a JSON formatter shows the place",
        line: 1,
        column: 2,
      },
    ]);
  });

  it("of one statement leave the others", () => {
    deepEqual(faultsOf(policyOf("Allow", allow)), [
      "unreadable $.Statement[0]: a statement must be a JSON object; write an object with Effect, Action and Resource",
    ]);
    deepEqual(
      statementsOf(policyOf("Allow", allow)).map(({ path }) => path),
      ["$.Statement[1]"],
    );
    deepEqual(faultsOf(policyOf()), ["refused $.Statement: a policy needs at least one statement; add one"]);
  });

  it("know their place in a text", () => {
    const text = '{\n "Version": "2012-10-17",\n "Statement": [{"Effect": "denY", "Action": "*", "Resource": "*"}]}';
    deepEqual(parseDocument(text, "identity").faults, [
      {
        effect: "hides",
        path: "$.Statement[0].Effect",
        message: "Effect must be exactly Allow or Deny, so AWS refuses the policy",
        fix: 'write "Allow" or "Deny"',
        line: 3,
        column: 27,
      },
    ]);
    deepEqual(statementsOf(text), []);
  });

  it("of keys given twice", () => {
    deepEqual(
      faultsOf(
        '{"Version": "2012-10-17", "Statement": [], "Statement": {"Effect":"Allow","Action":"*","Resource":"*"}}',
      ),
      ["hides $.Statement: this key is given twice in one object; only the last one counts; keep one"],
    );
    deepEqual(faultsOf(policyOf({ ...allow, action: "s3:*" })), [
      'refused $.Statement[0].action: "action" is not spelt as AWS wants it; write "Action"',
      'hides $.Statement[0].action: "Action" is given twice in different spellings; keep one',
    ]);
  });

  it("of elements that are wrong, missing or too many", () => {
    deepEqual(faultsOf({ Version: "2020-01-01", Statement: [allow] }), [
      'refused $.Version: the version of the policy language is wrong; write "Version": "2012-10-17"',
    ]);
    deepEqual(faultsOf({ ...policyOf(allow), Comment: "" }), [
      'refused $.Comment: "Comment" is no element of a policy; use one of Version, Id, Statement',
    ]);
    deepEqual(faultsOf(policyOf({ Action: "*", Resource: "*" })), [
      'hides $.Statement[0].Effect: the statement has no Effect, so AWS refuses the policy; write "Allow" or "Deny"',
    ]);
    deepEqual(faultsOf(policyOf({ Effect: "Allow", Resource: "*" })), [
      "refused $.Statement[0]: the statement has no Action, so AWS refuses the policy; keep exactly one of Action and NotAction",
    ]);
    deepEqual(faultsOf(policyOf({ ...allow, NotResource: "x" })), [
      "refused $.Statement[0]: Resource and NotResource exclude each other, so AWS refuses the policy; keep exactly one of Resource and NotResource",
    ]);
    deepEqual(faultsOf(policyOf({ ...allow, Action: [] })), [
      "refused $.Statement[0].Action: an empty list; name at least one value",
    ]);
    deepEqual(
      faultsOf(policyOf({ ...allow, Resource: [{}] }))[0],
      "refused $.Statement[0].Resource: a string or a list of strings belongs here; write the value in double quotes",
    );
    deepEqual(
      faultsOf(policyOf({ ...allow, Sid: "a" }, { ...allow, Sid: "a" }, { ...allow, Sid: "b" }, allow, allow)),
      ['refused $.Statement[1].Sid: the Sid "a" is used twice; rename one'],
    );
    deepEqual(faultsOf(policyOf({ ...allow, Sid: "" }, { ...allow, Sid: "" })), []);
  });

  it("of actions that AWS does not take", () => {
    const wrong = (Action: string) => faultsOf(policyOf({ ...allow, Action }));
    const noAction = (value: string) => [
      `refused $.Statement[0].Action: "${value}" is no action; write "service:Action"; wildcards belong after the colon`,
    ];
    deepEqual(wrong("ia?:*"), noAction("ia?:*"));
    deepEqual(wrong("iam"), noAction("iam"));
    deepEqual(wrong("iam:"), noAction("iam:"));
    deepEqual(wrong(":Get"), noAction(":Get"));
    deepEqual(wrong("a:b:c"), noAction("a:b:c"));
    deepEqual(wrong("iam:Get User"), [
      'refused $.Statement[0].Action: "iam:Get User" holds a blank or a comma and matches nothing; write each action by itself',
    ]);
    deepEqual(wrong("iam:Get*"), []);
    deepEqual(wrong("*"), []);
    deepEqual(wrong("*:*"), []);
  });

  it("of conditions", () => {
    const wrong = (Condition: unknown) => faultsOf(policyOf({ ...allow, Condition }));
    deepEqual(wrong("x"), [
      'refused $.Statement[0].Condition: Condition must be an object; write {"operator": {"key": "value"}}',
    ]);
    deepEqual(statementsOf(policyOf({ ...allow, Condition: "x" })), []);
    deepEqual(wrong({ StringSounds: { a: "b" } }), [
      'refused $.Statement[0].Condition.StringSounds: "StringSounds" is no condition operator; use an operator of the IAM User Guide',
    ]);
    deepEqual(wrong({ stringlike: { a: "b" } }), [
      'refused $.Statement[0].Condition.stringlike: "stringlike" is not spelt as AWS wants it; write "StringLike"',
    ]);
    deepEqual(wrong({ StringLike: "b" }), [
      'refused $.Statement[0].Condition.StringLike: an operator takes an object of keys and values; write {"key": "value"}',
    ]);
    deepEqual(wrong({ StringLike: { a: [] } }), [
      "refused $.Statement[0].Condition.StringLike.a: a condition key without values; name at least one",
    ]);
    deepEqual(wrong({}), []);
    deepEqual(wrong({ StringLike: {} }), []);
  });
});
