import { deepEqual, equal } from "node:assert/strict";
import { type Grant, mayCall, mfaHole, type Principal, type Verdict } from "../../../policypack/iam";
import { Budget } from "../../../policypack/iam/answer/budget";
import type { Qualifier } from "../../../policypack/iam/answer/grant";
import { actionsMatching } from "../../../policypack/iam/aws/actions";
import { upper } from "../../../policypack/iam/evaluation/approximation";
import { findRequests, resourceElements, solveStep } from "../../../policypack/iam/evaluation/find-request";
import { layersOf } from "../../../policypack/iam/evaluation/policy-layers";
import { arnGlob } from "../../../policypack/iam/language/arn-glob";
import type { Step } from "../../../policypack/iam/requests/request";
import { scenariosOf } from "../../../policypack/iam/requests/scenario";
import { holds, likeTest } from "../../../policypack/iam/solver/test";
import { keyOfAll } from "../../../policypack/iam/solver/variable";
import { allow, deny, documentOf, role, user } from "../policies";

const get = "s3:GetObject";
const team = "arn:aws:s3:::${aws:PrincipalTag/team}/*";

function call(principal: Principal, action: string, ...resources: readonly string[]): Verdict<Grant> {
  return mayCall(principal, { action, resources });
}

/** `no`, why it is not known, or the resource of the request with its context and what narrows it. */
function answer(principal: Principal, action: string, ...resources: readonly string[]): string {
  const verdict = call(principal, action, ...resources);
  if (verdict.answer === "unknown") return verdict.because.join("; ");
  if (verdict.answer === "no") return "no";
  const { witnesses, qualifiers } = verdict.because;
  return witnesses
    .map(({ resource, context }) => [resource, JSON.stringify(context), ...qualifiers].join(" "))
    .join("; ");
}

function contextOf(principal: Principal, action: string, ...resources: readonly string[]): unknown {
  const verdict = call(principal, action, ...resources);
  return verdict.answer === "yes" && verdict.because.witnesses[0]?.context;
}

function statementsOf(principal: Principal, action: string): unknown {
  const verdict = call(principal, action);
  return verdict.answer === "yes" && verdict.because.statements.map(({ path }) => path);
}

describe("policy variables whose value the request decides", () => {
  it("take the value that makes the resource fit", () =>
    equal(
      answer(user(allow(get, team)), get, "arn:aws:s3:::ops/report"),
      'arn:aws:s3:::ops/report {"aws:principaltag/team":"ops"} tag',
    ));
  it("take a value that a condition asks for", () =>
    equal(
      answer(user(allow(get, team, { StringEquals: { "aws:PrincipalTag/team": "ops" } })), get),
      'arn:aws:s3:::ops/example {"aws:principaltag/team":"ops"} tag',
    ));
  it("take some value where nothing asks for one", () =>
    equal(answer(user(allow(get, team)), get), 'arn:aws:s3:::example/example {"aws:principaltag/team":"example"} tag'));
  it("do without one, by their default", () =>
    equal(
      answer(
        user(
          allow(get, "arn:aws:s3:::${aws:PrincipalTag/team, 'none'}/*", { Null: { "aws:PrincipalTag/team": "true" } }),
        ),
        get,
      ),
      "arn:aws:s3:::none/example {}",
    ));
  it("make nothing match for a principal that is known to have no such tag", () =>
    equal(answer({ ...user(allow(get, team)), tags: {} }, get), "no"));
  it("cannot help where no value fits", () =>
    equal(answer(user(allow(get, team)), get, "arn:aws:s3:::bucket-without-key"), "no"));
  it("are tried in a request from anywhere too", () =>
    equal(
      answer(user(allow(get, "arn:aws:s3:::${aws:SourceIp}/*")), get, "arn:aws:s3:::198.51.100.23/a"),
      'arn:aws:s3:::198.51.100.23/a {"aws:sourceip":"198.51.100.23"}',
    ));
  it("take a value that the key can have, not any", () =>
    equal(
      answer(user(allow(get, "arn:aws:s3:::${aws:SourceIp}/*")), get),
      'arn:aws:s3:::198.51.100.23/example {"aws:sourceip":"198.51.100.23"}',
    ));
  it("cannot help where a variable beside them is settled otherwise", () =>
    equal(
      answer(
        user(allow(get, "arn:aws:s3:::${aws:username}/${aws:PrincipalTag/team}/*")),
        get,
        "arn:aws:s3:::bob/ops/a",
      ),
      "no",
    ));
  it("are tried three at a time", () =>
    equal(
      answer(
        user(allow(get, "arn:aws:s3:::a-${aws:PrincipalTag/a}-b-${aws:PrincipalTag/b}-c-${aws:PrincipalTag/c}/*")),
        get,
        "arn:aws:s3:::a-1-b-2-c-3/x",
      ),
      'arn:aws:s3:::a-1-b-2-c-3/x {"aws:principaltag/a":"1","aws:principaltag/b":"2","aws:principaltag/c":"3"} tag',
    ));
  it("are not decided where there are more than three", () =>
    equal(
      answer(
        role(allow(get, "arn:aws:s3:::${saml:a}${saml:b}/*"), allow("s3:*", "arn:aws:s3:::${saml:c}${saml:d}/*")),
        get,
      ),
      "the policy variables ${saml:a}, ${saml:b}, ${saml:c}, ${saml:d} can take values that were not tried",
    ));
  it("are not decided where no value that was tried will do", () =>
    equal(
      answer(user(allow(get, team, { StringLike: { "aws:PrincipalTag/team": "a?c" } })), get),
      "the policy variables ${aws:principaltag/team} can take values that were not tried",
    ));
  it("in a Deny spare a caller without the value", () =>
    equal(answer(user(allow(get), deny(get, team)), get, "arn:aws:s3:::ops/report"), "arn:aws:s3:::ops/report {}"));
  it("in a Deny allow nothing", () => equal(answer(user(deny(get, team), allow("s3:PutObject")), get), "no"));
  it("in a Deny do not spare a caller who must have it", () =>
    equal(
      answer(
        user(allow(get, "*", { StringEquals: { "aws:PrincipalTag/team": "ops" } }), deny(get, team)),
        get,
        "arn:aws:s3:::ops/report",
      ),
      "the policy variables ${aws:principaltag/team} can take values that were not tried",
    ));
});

describe("policy variables that the scenario settles", () => {
  const home = "arn:aws:s3:::${aws:username}/*";

  it("have one value in an Allow", () => {
    equal(answer(user(allow(get, home)), get, "arn:aws:s3:::alice/a"), 'arn:aws:s3:::alice/a {"aws:username":"alice"}');
    equal(answer(user(allow(get, home)), get, "arn:aws:s3:::bob/a"), "no");
  });
  it("have it in a Deny", () => {
    equal(answer(user(allow(get), deny(get, home)), get, "arn:aws:s3:::alice/a"), "no");
    equal(
      answer(user(allow(get), deny(get, home)), get, "arn:aws:s3:::bob/a"),
      'arn:aws:s3:::bob/a {"aws:username":"alice"}',
    );
  });
  it("have it in a condition", () => {
    const asks = (value: string) =>
      user(allow(get, "*", { StringEquals: { "aws:PrincipalArn": `arn:aws:iam::111122223333:user/${value}` } }));
    equal(answer(asks("${aws:username}"), get) === "no", false);
    equal(answer(asks("${aws:userid}"), get), "no");
  });
  it("may be more than a search would try", () =>
    equal(
      answer(
        user(allow(get, "arn:aws:s3:::${aws:username}/${aws:userid}/${aws:PrincipalType}/${aws:PrincipalAccount}")),
        get,
      ).replace(/ .*/, ""),
      "arn:aws:s3:::alice/AIDAEXAMPLE/User/111122223333",
    ));
  it("match nothing where they have to be absent", () => {
    const team = "arn:aws:s3:::b/${aws:PrincipalTag/team}/*";
    const asks = (absent: string) => user(allow(get, team, { Null: { "aws:PrincipalTag/team": absent } }));
    equal(answer(asks("true"), get), "no");
    equal(answer(asks("false"), get) === "no", false);
    equal(
      answer(user(allow(get), deny(get, team), allow(get, "*", { Null: { "aws:PrincipalTag/team": "true" } })), get) ===
        "no",
      false,
    );
  });
  it("match nothing for a role, which has no user name", () =>
    equal(answer(role(allow(get, home)), get, "arn:aws:s3:::alice/a"), "no"));
});

describe("condition keys of a request", () => {
  it("are absent where the action does not know them", () => {
    equal(answer(user(allow("iam:CreateUser", "*", { StringEquals: { "s3:prefix": "a" } })), "iam:CreateUser"), "no");
    deepEqual(
      contextOf(user(allow("iam:CreateUser", "*", { StringNotEquals: { "s3:prefix": "a" } })), "iam:CreateUser"),
      {},
    );
  });
  it("are several where one value cannot fulfil all", () =>
    deepEqual(
      contextOf(
        user(
          allow("ec2:CreateTags", "*", {
            "ForAnyValue:StringEquals": { "aws:TagKeys": "a" },
            "ForAnyValue:StringLike": { "aws:TagKeys": "b?" },
          }),
        ),
        "ec2:CreateTags",
      ),
      { "aws:tagkeys": ["a", "be"] },
    ));
  it("are one where one will do", () =>
    deepEqual(
      contextOf(
        user(allow("ec2:CreateTags", "*", { "ForAnyValue:StringEquals": { "aws:TagKeys": "a" } })),
        "ec2:CreateTags",
      ),
      { "aws:tagkeys": "a" },
    ));
  it("are those that some statement mentions, usual where nothing asks for more, in alphabetical order", () => {
    const principal = user(
      allow(get),
      allow("ec2:*", "*", {
        StringEquals: { "aws:username": "bob", "aws:RequestedRegion": "eu-west-1", "aws:PrincipalAccount": "1" },
        StringLike: { "aws:UserAgent": "x", "aws:SourceVpce": "y" },
      }),
    );
    const context = contextOf(principal, get);
    deepEqual(context, {
      "aws:principalaccount": "111122223333",
      "aws:requestedregion": "us-east-1",
      "aws:username": "alice",
    });
    deepEqual(Object.keys(Object(context)), ["aws:principalaccount", "aws:requestedregion", "aws:username"]);
  });
});

describe("the statements that a request needs", () => {
  it("are those that ask for least", () =>
    deepEqual(
      statementsOf(
        user(
          allow(get, "*", { StringEquals: { "s3:ExistingObjectTag/a": "1" }, StringLike: { "aws:UserAgent": "b" } }),
          allow(get, "*", { StringLike: { "aws:UserAgent": "b" } }),
          allow(get, "arn:aws:s3:::*", { StringLike: { "aws:UserAgent": "b" } }),
        ),
        get,
      ),
      ["$.Statement[1]"],
    ));
  it("do not count an Allow of other actions, nor a Deny", () =>
    deepEqual(statementsOf(user(allow("s3:PutObject"), allow(get), deny(get, "arn:aws:s3:::a/*")), get), [
      "$.Statement[1]",
    ]));
});

describe("the statements of several policies", () => {
  it("are told apart by their policies", () => {
    const principal = { ...user(allow(get)), boundary: { origin: "boundary", document: documentOf([allow("s3:*")]) } };
    const verdict = call(principal, get);
    deepEqual(verdict.answer === "yes" && verdict.because.statements, [
      { origin: "policy", path: "$.Statement[0]" },
      { origin: "boundary", path: "$.Statement[0]" },
    ]);
  });
});

describe("what belongs to AWS", () => {
  it("cannot be changed by anybody", () =>
    equal(answer(user(allow("*")), "iam:CreatePolicyVersion", "arn:aws:iam::aws:policy/AdministratorAccess"), "no"));
  it("can be read", () =>
    equal(
      answer(user(allow("*")), "iam:GetPolicy", "arn:aws:iam::aws:policy/AdministratorAccess"),
      "arn:aws:iam::aws:policy/AdministratorAccess {}",
    ));
});

function byKey() {
  const [scenario] = scenariosOf(user(), { account: "111122223333", partition: "aws", name: "alice", path: "/" });
  if (scenario === undefined) throw new Error("a user has a key");
  return scenario;
}

const freed = new Set<Qualifier>(["network", "tag", "time"]);

function stepOf(action: string, resource: string): Step {
  const [number] = actionsMatching(action);
  if (number === undefined) throw new Error(`${action} is no action`);
  return { action: number, resource: { absent: false, values: [[resource]], multivalued: false } };
}

describe("the steps of one attack", () => {
  const like = (action: string, pattern: string, sharedResource?: string): Step => {
    const resource = {
      absent: false,
      values: "any",
      multivalued: false,
      always: [likeTest([arnGlob(pattern)])],
    } as const;
    return { ...stepOf(action, "*"), resource, ...(sharedResource === undefined ? {} : { sharedResource }) };
  };
  const resources = (principal: Principal, ...steps: readonly Step[]) =>
    findRequests(layersOf(principal, upper), steps, byKey(), freed, new Budget(10_000))?.witnesses.map(
      ({ resource }) => resource,
    );

  it("are about resources of their own", () =>
    deepEqual(
      resources(
        user(allow("s3:*", "arn:aws:s3:::*/x")),
        like(get, "arn:aws:s3:::a/*"),
        like("s3:PutObject", "arn:aws:s3:::b/*"),
      ),
      ["arn:aws:s3:::a/x", "arn:aws:s3:::b/x"],
    ));
  it("are about the same one where they share it", () => {
    const asks = (second: string) => [like(get, "arn:aws:s3:::a*", "object"), like("s3:PutObject", second, "object")];
    deepEqual(resources(user(allow("s3:*")), ...asks("arn:aws:s3:::*b")), ["arn:aws:s3:::ab", "arn:aws:s3:::ab"]);
    equal(resources(user(allow("s3:*")), ...asks("arn:aws:s3:::b*")), undefined);
  });
  it("are not stopped by a Deny that only some value of a policy variable would make match", () =>
    deepEqual(resources(user(allow(get), deny(get, team)), stepOf(get, "arn:aws:s3:::ops/report")), [
      "arn:aws:s3:::ops/report",
    ]));
});

describe("a step by itself", () => {
  const alone = (principal: Principal) => {
    return solveStep(layersOf(principal, upper), stepOf(get, "arn:aws:s3:::a/b"), byKey(), freed, new Budget(1000));
  };
  const restricted = () =>
    user(
      allow(get, "*", {
        IpAddress: { "aws:SourceIp": "203.0.113.0/24" },
        StringEquals: { "s3:ExistingObjectTag/a": "1" },
      }),
      deny("s3:PutObject", "*", { StringEquals: { "aws:SourceVpc": "vpc-1" } }),
    );

  it("is not possible where nothing allows it", () => equal(alone(user(allow("s3:PutObject"))), undefined));
  it("is open where a policy variable is free", () => equal(alone(user(allow(get, team))), "open"));
  it("is not open for a variable in a statement about other actions", () =>
    equal(alone(user(allow("s3:PutObject", team))), undefined));

  it("needs what belongs to the caller from all other steps, and what is its own from none", () => {
    const found = alone(restricted());
    deepEqual(found !== undefined && found !== "open" && [...found.shared], [
      [keyOfAll("aws:sourceip"), ["203.0.113.1"]],
    ]);
  });
  it("is called together with what other steps need", () => {
    const found = alone(restricted());
    deepEqual(
      found !== undefined &&
        found !== "open" &&
        found.witnessWith(
          new Map([
            [keyOfAll("aws:sourcevpc"), ["vpc-2"]],
            [keyOfAll("aws:sourceip"), ["203.0.113.9"]],
          ]),
          new Budget(1_000),
        ).context,
      { "aws:sourceip": "203.0.113.1", "aws:sourcevpc": "vpc-2", "s3:existingobjecttag/a": "1" },
    );
  });
});

describe("the resource elements that matter for a step", () => {
  /** For each: whether it matches, `undefined` where a policy variable is free. */
  const elements = (...statements: readonly object[]) => {
    const layers = layersOf(user(...statements), upper);
    return resourceElements(layers, stepOf(get, "arn:aws:s3:::a/b"), byKey(), freed).map(
      ({ test }) => test && holds(test, ["arn:aws:s3:::a/b"]),
    );
  };

  it("are those of statements about its action that have one", () =>
    deepEqual(elements(allow(get, "arn:aws:s3:::a/*"), allow("s3:PutObject", "arn:aws:s3:::a/*"), allow(get)), [true]));
  it("are taken without their Not", () =>
    deepEqual(
      elements(
        { Effect: "Deny", Action: get, NotResource: "arn:aws:s3:::a/*" },
        { Effect: "Allow", Action: get, NotResource: "arn:aws:s3:::c/*" },
      ),
      [false, true],
    ));
  it("have no pattern where a policy variable is free", () =>
    deepEqual(
      elements(allow(get, [team, "arn:aws:s3:::${aws:username}/*"]), allow(get, "arn:aws:s3:::${aws:username}/*")),
      [undefined, false],
    ));
});

describe("what belongs to AWS", () => {
  const asked = (action: string, resource: string) =>
    mayCall(user(allow(action, resource)), { action, resources: [] }).answer;
  const reserved = "arn:aws:iam::*:role/aws-reserved/*";
  const ofServices = "arn:aws:iam::*:role/aws-service-role/*";

  it("cannot be changed, made or given a policy", () => {
    equal(asked("iam:PutRolePolicy", reserved), "no");
    equal(asked("iam:CreateRole", ofServices), "no");
    equal(asked("iam:CreatePolicyVersion", "arn:aws:iam::aws:policy/*"), "no");
  });
  it("is not the account's own beside it", () => equal(asked("iam:PutRolePolicy", "arn:aws:iam::*:role/aws-*"), "yes"));
  it("can be read, and passed", () => {
    equal(asked("iam:GetRole", reserved), "yes");
    equal(asked("iam:PassRole", ofServices), "yes");
  });
  it("is what the calls for roles of services are about", () => {
    equal(asked("iam:CreateServiceLinkedRole", ofServices), "yes");
    equal(asked("iam:DeleteServiceLinkedRole", "arn:aws:iam::*:role/app"), "no");
  });
  it("is no way past MFA", () =>
    equal(mfaHole(user(allow("iam:DeleteRolePermissionsBoundary", reserved))).answer, "no"));
});
