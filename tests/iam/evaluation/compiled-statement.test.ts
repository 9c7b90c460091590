import { deepEqual, equal } from "node:assert/strict";
import { notYet } from "../../../policypack/iam";
import { actionName } from "../../../policypack/iam/aws/actions";
import {
  type Approximation,
  lowerPower,
  lowerProtection,
  upper,
} from "../../../policypack/iam/evaluation/approximation";
import {
  type CompiledCondition,
  type CompiledResource,
  compile,
  conditionPatterns,
  gapsOf,
} from "../../../policypack/iam/evaluation/compiled-statement";
import { parseOperator } from "../../../policypack/iam/language/operator";
import { arnFields, type Pattern } from "../../../policypack/iam/language/pattern";
import { parseTemplate } from "../../../policypack/iam/language/template";
import { documentOf } from "../policies";

const wildcards: Readonly<Record<number, string>> = { [-1]: "?", [-2]: "*", [-3]: "(?)", [-4]: "(*)" };

/** `(*)` and `(?)` are the wildcards that stay inside their field. */
function written({ tokens }: Pattern): string {
  return tokens.map((token) => wildcards[token] ?? String.fromCharCode(token)).join("");
}

function writtenResource(resource: CompiledResource | undefined): string {
  if (resource === undefined) return "all";
  const { inverted, patterns, variables } = resource;
  return `${inverted ? "all but " : ""}${patterns?.map(written).join(" or ") ?? `with \${${variables}}`}`;
}

function writtenAtom({ operator, key, patterns, variables }: CompiledCondition): string {
  return ` if ${operator.canonical} ${key} ${patterns?.map(written).join(" or ") ?? `\${${variables}}`}`;
}

/** What a statement is taken for: `effect actions on resources if conditions`. */
function reading(statement: object, approximation: Approximation): string {
  const [rule] = compile(documentOf([statement]), approximation);
  if (rule === undefined) return "nothing";
  const few = (actions: Iterable<number>) => [...actions].map(actionName).join(" and ");
  const others = rule.actions.not();
  const actions = others.count() < 10 ? `all but ${few(others)}` : few(rule.actions);
  return [
    `${rule.effect} ${others.isEmpty() ? "all" : actions} on ${writtenResource(rule.resource)}`,
    ...rule.compiledConditions.map(writtenAtom),
  ].join("");
}

const get = "s3:GetObject";
const allow = { Effect: "Allow", Action: get, Resource: "*" };
const deny = { ...allow, Effect: "Deny" };
const { Action: _, ...anyAction } = allow;

/** With the least power, with the least that gets past a protection, and with the most that may be allowed. */
function readings(statement: object): readonly string[] {
  return [lowerPower, lowerProtection, upper].map((approximation) => reading(statement, approximation));
}

describe("a statement with parts that are not known yet", () => {
  it("is read alike in every way where it has none", () => {
    deepEqual(readings(allow), Array(3).fill("Allow s3:GetObject on all"));
    deepEqual(readings(deny), Array(3).fill("Deny s3:GetObject on all"));
  });

  it("may turn out to be an Allow or a Deny where its Effect is one of them", () =>
    deepEqual(readings({ ...allow, Effect: notYet }), [
      "nothing",
      "Deny s3:GetObject on all",
      "Allow s3:GetObject on all",
    ]));

  it("allows at least the actions that are known", () =>
    deepEqual(readings({ ...allow, Action: [get, notYet] }), [
      "Allow s3:GetObject on all",
      "Allow s3:GetObject on all",
      "Allow all on all",
    ]));

  it("allows at most what is not known to be left out by NotAction", () =>
    deepEqual(readings({ ...anyAction, NotAction: [get, notYet] }), [
      "nothing",
      "nothing",
      "Allow all but s3:GetObject on all",
    ]));

  it("denies at least the actions that are known, and may protect more", () =>
    deepEqual(readings({ ...deny, Action: [get, notYet] }), [
      "Deny s3:GetObject on all",
      "Deny all on all",
      "Deny s3:GetObject on all",
    ]));

  it("may deny all that is not known to be left out by NotAction", () =>
    deepEqual(readings({ ...anyAction, Effect: "Deny", NotAction: [get, notYet] }), [
      "nothing",
      "Deny all but s3:GetObject on all",
      "nothing",
    ]));

  it("allows at least the resources that are known", () =>
    deepEqual(readings({ ...allow, Resource: ["arn:aws:s3:::a/*", notYet] }), [
      "Allow s3:GetObject on arn:aws:s3:::a/*",
      "Allow s3:GetObject on arn:aws:s3:::a/*",
      "Allow s3:GetObject on all",
    ]));

  it("allows at most what is not known to be left out by NotResource", () =>
    deepEqual(readings({ Effect: "Allow", Action: get, NotResource: ["arn:aws:s3:::a/*", notYet] }), [
      "nothing",
      "nothing",
      "Allow s3:GetObject on all but arn:aws:s3:::a/*",
    ]));

  it("may deny every resource", () =>
    deepEqual(readings({ ...deny, Resource: notYet }), ["nothing", "Deny s3:GetObject on all", "nothing"]));

  it("holds for the values of a condition that are known, and may hold for others", () =>
    deepEqual(readings({ ...allow, Condition: { StringEquals: { "aws:username": ["alice", notYet] } } }), [
      "Allow s3:GetObject on all if StringEquals aws:username alice",
      "Allow s3:GetObject on all if StringEquals aws:username alice",
      "Allow s3:GetObject on all",
    ]));

  it("fails for the values of a negated condition that are known, and may fail for others", () =>
    deepEqual(readings({ ...allow, Condition: { StringNotEquals: { "aws:username": ["alice", notYet] } } }), [
      "nothing",
      "nothing",
      "Allow s3:GetObject on all if StringNotEquals aws:username alice",
    ]));

  it("may hold always or never where no value of a condition is known", () => {
    const ways = ["nothing", "nothing", "Allow s3:GetObject on all"];
    deepEqual(readings({ ...allow, Condition: { StringEquals: { "aws:username": notYet } } }), ways);
    deepEqual(readings({ ...allow, Condition: { StringNotEquals: { "aws:username": notYet } } }), ways);
    deepEqual(readings({ ...allow, Condition: { StringEquals: notYet } }), ways);
    deepEqual(readings({ ...allow, Condition: { StringNotEquals: notYet } }), ways);
    deepEqual(readings({ ...allow, Condition: notYet }), ways);
    deepEqual(readings({ ...allow, Condition: { NoOperator: { "aws:username": ["alice", notYet] } } }), ways);
  });

  it("of a Deny is weighed the other way round", () =>
    deepEqual(readings({ ...deny, Condition: { StringEquals: { "aws:username": ["alice", notYet] } } }), [
      "Deny s3:GetObject on all if StringEquals aws:username alice",
      "Deny s3:GetObject on all",
      "Deny s3:GetObject on all if StringEquals aws:username alice",
    ]));
});

describe("a statement with conditions that nobody understands", () => {
  const allowed = ["nothing", "nothing", "Allow s3:GetObject on all"];
  const denied = ["Deny s3:GetObject on all", "Deny s3:GetObject on all", "nothing"];

  it("is an operator that AWS does not have", () => {
    deepEqual(readings({ ...allow, Condition: { StringLikes: { "aws:username": "a" } } }), allowed);
    deepEqual(readings({ ...deny, Condition: { StringLikes: { "aws:username": "a" } } }), denied);
  });

  it("is a global key that AWS does not have", () => {
    deepEqual(readings({ ...allow, Condition: { StringLike: { "aws:nosuchkey": "a" } } }), allowed);
    deepEqual(readings({ ...deny, Condition: { StringLike: { "aws:nosuchkey": "a" } } }), denied);
  });

  it("is an empty list of values", () => {
    deepEqual(readings({ ...allow, Condition: { StringLike: { "aws:username": [] } } }), allowed);
    deepEqual(readings({ ...deny, Condition: { StringLike: { "aws:username": [] } } }), denied);
  });

  it("matches nothing, or is completed, where it compares with an ARN of fewer than six fields", () => {
    const short = (Effect: string, operator: string) => ({
      ...allow,
      Effect,
      Condition: { [operator]: { "aws:PrincipalArn": ["arn:aws:iam", "arn:aws:iam::1:user/a"] } },
    });
    const completed = "arn:aws:iam:(*):(*):* or arn:aws:iam::1:user/a";
    deepEqual(readings(short("Allow", "ArnLike")), [
      "Allow s3:GetObject on all if ArnLike aws:principalarn arn:aws:iam::1:user/a",
      "Allow s3:GetObject on all if ArnLike aws:principalarn arn:aws:iam::1:user/a",
      `Allow s3:GetObject on all if ArnLike aws:principalarn ${completed}`,
    ]);
    deepEqual(readings(short("Allow", "ArnNotLike")), [
      `Allow s3:GetObject on all if ArnNotLike aws:principalarn ${completed}`,
      `Allow s3:GetObject on all if ArnNotLike aws:principalarn ${completed}`,
      "Allow s3:GetObject on all if ArnNotLike aws:principalarn arn:aws:iam::1:user/a",
    ]);
    deepEqual(readings(short("Deny", "ArnLike")), [
      `Deny s3:GetObject on all if ArnLike aws:principalarn ${completed}`,
      `Deny s3:GetObject on all if ArnLike aws:principalarn ${completed}`,
      "Deny s3:GetObject on all if ArnLike aws:principalarn arn:aws:iam::1:user/a",
    ]);
  });
});

describe("a statement without effect", () => {
  it("names no action that AWS has", () => equal(reading({ ...allow, Action: "nosuch:Action" }, upper), "nothing"));
  it("names no resource", () => {
    equal(reading({ ...allow, Resource: [] }, upper), "nothing");
    equal(reading({ Effect: "Allow", Action: get, NotResource: "*" }, upper), "nothing");
  });
});

describe("the Resource element of a statement", () => {
  const on = (effect: string, element: string, value: unknown) =>
    reading({ Effect: effect, Action: get, [element]: value }, upper).replace(/^.* on /, "");

  it("is everything where one value is * or **, or where NotResource is empty", () => {
    equal(on("Allow", "Resource", ["arn:aws:s3:::a", "*"]), "all");
    equal(on("Allow", "Resource", "**"), "all");
    equal(on("Allow", "NotResource", []), "all");
  });

  it("is not everything where it only starts or ends with *", () => {
    equal(on("Allow", "Resource", "*a"), "*a");
    equal(on("Allow", "Resource", "a*"), "a*");
  });

  it("is read widely where it allows more by matching more, narrowly where it allows less", () => {
    const narrow = "arn:aws:iam:(*):user:*";
    const wide = "arn:aws:iam:*:user:* or arn:aws:iam:*:user";
    equal(on("Allow", "Resource", "arn:aws:iam:*:user"), wide);
    equal(on("Allow", "NotResource", "arn:aws:iam:*:user"), `all but ${narrow}`);
    equal(on("Deny", "Resource", "arn:aws:iam:*:user"), narrow);
    equal(on("Deny", "NotResource", "arn:aws:iam:*:user"), `all but ${wide}`);
  });

  it("waits for the values of its policy variables", () =>
    equal(on("Allow", "Resource", "arn:aws:s3:::${aws:username}/*"), "with ${aws:username}"));
});

describe("what a document leaves open", () => {
  const gaps = (...statements: readonly object[]) => gapsOf(documentOf(statements, "trust"));
  const trust = { Effect: "Allow", Principal: "*", Action: "sts:AssumeRole" };

  it("is nothing where all is known", () => deepEqual(gaps(trust), { open: [], notUnderstood: [] }));

  it("is a whole statement where its Effect is not known", () =>
    deepEqual(gaps({ ...trust, Effect: notYet, Action: notYet }).open, ["$.Statement[0]"]));

  it("is named by element", () => {
    const { Principal: _principal, Action: _action, ...effect } = trust;
    deepEqual(
      gaps(
        { ...trust, Action: notYet, Principal: { AWS: notYet } },
        { ...effect, NotAction: notYet, NotPrincipal: { AWS: notYet } },
      ).open,
      ["$.Statement[0].Action", "$.Statement[0].Principal", "$.Statement[1].NotAction", "$.Statement[1].NotPrincipal"],
    );
    const resources = [
      { ...allow, Resource: notYet },
      { Effect: "Deny", Action: get, NotResource: notYet },
    ];
    deepEqual(gapsOf(documentOf(resources)).open, ["$.Statement[0].Resource", "$.Statement[1].NotResource"]);
  });

  it("is a condition by its path", () =>
    deepEqual(gaps({ ...trust, Condition: { StringEquals: { "aws:username": ["alice", notYet] } } }), {
      open: ['$.Statement[0].Condition.StringEquals["aws:username"]'],
      notUnderstood: [],
    }));

  it("is a condition that nobody understands, with the reason", () => {
    const because = (operator: string, key: string, value: unknown) =>
      gaps({ ...trust, Condition: { [operator]: { [key]: value } } }).notUnderstood;
    deepEqual(because("StringLikes", "k", "a"), [
      '$.Statement[0].Condition.StringLikes.k: the operator "StringLikes" is not known',
    ]);
    deepEqual(because("StringLike", "aws:nosuchkey", "a"), [
      '$.Statement[0].Condition.StringLike["aws:nosuchkey"]: the condition key "aws:nosuchkey" is not known',
    ]);
    deepEqual(because("StringLike", "s3:prefix", []), [
      '$.Statement[0].Condition.StringLike["s3:prefix"]: AWS does not say what an empty list of values means',
    ]);
    deepEqual(because("ArnLike", "aws:SourceArn", ["arn:aws:s3:::a", "arn:aws:s3"]), [
      '$.Statement[0].Condition.ArnLike["aws:SourceArn"]: AWS does not say what an ARN with fewer than six fields matches here',
    ]);
    deepEqual(because("ArnLike", "aws:SourceArn", ["arn:aws:s3:::a", "*"]), []);
    deepEqual(because("StringLike", "aws:SourceArn", "arn:aws:s3"), []);
  });
});

describe("what is worked out once for a document", () => {
  it("is the rules under each approximation", () => {
    const document = documentOf([{ ...allow, Resource: notYet }]);
    equal(compile(document, upper), compile(document, upper));
    equal(compile(document, upper) === compile(document, lowerPower), false);
  });
  it("is the rules for all approximations where there is nothing to complete", () => {
    const document = documentOf([allow]);
    equal(compile(document, upper), compile(document, lowerPower));
  });
  it("is what it leaves open", () => {
    const document = documentOf([allow]);
    equal(gapsOf(document), gapsOf(document));
  });
});

describe("the keys that decide whether a statement matches", () => {
  it("are those of its conditions and of all policy variables", () =>
    deepEqual(
      compile(
        documentOf([
          {
            ...allow,
            Resource: "arn:aws:s3:::${aws:userid}/*",
            Condition: { StringEquals: { "s3:prefix": "${aws:username}" } },
          },
          allow,
        ]),
        upper,
      ).map(({ keys }) => keys),
      [["s3:prefix", "aws:username", "aws:userid"], []],
    ));
});

describe("the patterns of a condition's value", () => {
  const patterns = (name: string, value: string) => {
    const operator = parseOperator(name);
    if (operator === undefined) throw new Error(`${name} is no operator`);
    const template = parseTemplate(value, { variables: true, wildcards: operator.match === "wildcard" });
    const fields = operator.family === "arn" ? arnFields(template) : [template];
    return conditionPatterns(operator, fields).map((pattern) => [written(pattern), pattern.ignoreCase]);
  };

  it("mind letter case, but for IgnoreCase", () => {
    deepEqual(patterns("StringEquals", "Ab*"), [["Ab*", false]]);
    deepEqual(patterns("StringEqualsIgnoreCase", "Ab*"), [["ab*", true]]);
  });
  it("are none for an ARN of fewer than six fields", () => {
    deepEqual(patterns("ArnLike", "arn:aws:iam::1:user/*"), [["arn:aws:iam::1:user/*", false]]);
    deepEqual(patterns("ArnLike", "arn:aws:iam"), []);
  });
  it("are one empty text for an empty value", () => deepEqual(patterns("StringEquals", ""), [["", false]]));
});
