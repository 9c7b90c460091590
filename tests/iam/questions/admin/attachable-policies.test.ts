import { deepEqual, equal, ok } from "node:assert/strict";
import { adminPower, type Principal } from "../../../../policypack/iam";
import { allow, type ConditionJson, deny, group, notRead, policy, role, user } from "../../policies";
import { paths, power } from "../../verdicts";

const ownGroup = "arn:aws:iam::111122223333:group/devs";
const of = (name: string) => `arn:aws:iam::aws:policy/${name}`;
const ours = (name: string) => `arn:aws:iam::111122223333:policy/${name}`;

function policyArn(operator: string, values: unknown): ConditionJson {
  return { [operator]: { "iam:PolicyARN": values } };
}

function boundary(operator: string, values: unknown): ConditionJson {
  return { [operator]: { "iam:PermissionsBoundary": values } };
}

function attach(operator: string, values: unknown): unknown {
  return allow("iam:AttachGroupPolicy", ownGroup, policyArn(operator, values));
}

describe("attaching policies of AWS", () => {
  it("of all IAM", () => equal(power(group(attach("ArnEquals", of("IAMFullAccess")))), "self-escalation"));
  it("of all IAM, beside one that reads", () =>
    equal(power(group(attach("ArnEquals", [of("ReadOnlyAccess"), of("IAMFullAccess")]))), "self-escalation"));
  it("that only read", () =>
    equal(power(group(attach("ArnEquals", [of("SecurityAudit"), of("job-function/ViewOnlyAccess")]))), "no"));
  it("by a pattern that one of power matches", () =>
    equal(power(group(attach("ArnLike", of("*FullAccess")))), "self-escalation"));
  it("by a pattern that none of power matches", () => equal(power(group(attach("ArnLike", of("AmazonS3*")))), "no"));
  it("by a part of the name", () => equal(power(group(attach("StringLike", "*IAM*"))), "self-escalation"));
  it("of all but AdministratorAccess", () =>
    equal(power(group(attach("ArnNotEquals", of("AdministratorAccess")))), "self-escalation"));
  it("of all but those of power", () =>
    equal(
      power(
        group(attach("ArnNotLike", [of("AdministratorAccess"), of("IAMFullAccess"), of("service-role/*"), ours("*")])),
      ),
      "no",
    ));
  it("with AdministratorAccess denied by name", () =>
    equal(
      power(
        group(
          allow("iam:AttachGroupPolicy", ownGroup),
          deny("iam:AttachGroupPolicy", "*", policyArn("ArnEquals", of("AdministratorAccess"))),
        ),
      ),
      "self-escalation",
    ));
  it("with all but one that reads denied", () =>
    equal(
      power(
        group(
          allow("iam:AttachGroupPolicy", ownGroup),
          deny("iam:AttachGroupPolicy", "*", policyArn("ArnNotEquals", of("ReadOnlyAccess"))),
        ),
      ),
      "no",
    ));
  it("of another partition", () =>
    equal(
      power({
        ...group(
          allow("iam:AttachGroupPolicy", "*", policyArn("ArnEquals", "arn:aws-us-gov:iam::aws:policy/IAMFullAccess")),
        ),
        partition: "aws-us-gov",
      }),
      "self-escalation",
    ));
  it("that are power for a role only", () => {
    const amplify = policyArn("ArnEquals", of("AdministratorAccess-Amplify"));
    equal(power(role(allow("iam:AttachRolePolicy", "*", amplify))), "self-escalation");
    equal(power(user(allow("iam:AttachUserPolicy", "*", amplify))), "no");
  });
  it("is told with the policy", () => {
    const verdict = adminPower(group(attach("ArnLike", of("*FullAccess"))));
    deepEqual(verdict.answer === "yes" && verdict.because.witnesses.map(({ context }) => context), [
      { "iam:policyarn": of("IAMFullAccess") },
    ]);
  });
});

describe("attaching policies of the account", () => {
  const known = (...statements: readonly unknown[]): Partial<Principal> => ({
    accountPolicies: [{ arn: ours("kept"), policy: policy(...statements) }],
  });
  const pinned = group(attach("ArnEquals", ours("kept")));
  it("that grants everything", () => equal(power({ ...pinned, ...known(allow("*")) }), "self-escalation"));
  it("that grants one call to everything", () =>
    equal(power({ ...pinned, ...known(allow("iam:PutUserPolicy")) }), "self-escalation"));
  it("that may be rewritten by whoever has it", () =>
    equal(power({ ...pinned, ...known(allow("iam:CreatePolicyVersion", ours("kept"))) }), "self-escalation"));
  it("that reads", () => equal(power({ ...pinned, ...known(allow("s3:Get*")) }), "no"));
  it("that takes back what it grants", () => equal(power({ ...pinned, ...known(allow("*"), deny("iam:*")) }), "no"));
  it("in an account that nobody knows", () => {
    const accountPolicies = [{ arn: "arn:aws:iam::*:policy/kept", policy: policy(allow("*")) }];
    equal(power({ ...pinned, accountPolicies }), "self-escalation");
  });
  it("in another account", () => {
    const accountPolicies = [{ arn: "arn:aws:iam::999999999999:policy/kept", policy: policy(allow("*")) }];
    equal(
      power({ ...group(attach("ArnLike", "arn:aws:iam::*:policy/kept")), accountPolicies }),
      "self-escalation resource",
    );
  });
  it("by which a second one can be attached", () => {
    const accountPolicies = [
      {
        arn: ours("first"),
        policy: policy(allow("iam:AttachGroupPolicy", "*", policyArn("ArnEquals", ours("second")))),
      },
      { arn: ours("second"), policy: policy(allow("iam:*")) },
    ];
    equal(power({ ...group(attach("ArnEquals", ours("first"))), accountPolicies }), "self-escalation");
  });
  it("by which only each other can be attached", () => {
    const to = (name: string) => policy(allow("iam:AttachGroupPolicy", "*", policyArn("ArnEquals", ours(name))));
    const accountPolicies = [
      { arn: ours("first"), policy: to("second") },
      { arn: ours("second"), policy: to("first") },
    ];
    equal(power({ ...group(attach("ArnEquals", ours("first"))), accountPolicies }), "no");
  });
  it("is undecided while its text is not known", () =>
    equal(power({ ...pinned, accountPolicies: [{ arn: ours("kept"), policy: notRead("urn:kept") }] }), "unknown"));
  it("is decided where another one is not known", () =>
    equal(
      power({
        ...pinned,
        accountPolicies: [
          { arn: ours("kept"), policy: policy(allow("s3:Get*")) },
          { arn: ours("other"), policy: notRead("urn:other") },
        ],
      }),
      "no",
    ));
  it("kept elsewhere is only restricted", () => equal(power(pinned), "self-escalation resource"));
});

describe("attaching policies that one may write", () => {
  const any = attach("ArnLike", ours("*"));
  const team = attach("ArnLike", ours("team-*"));
  it("is power where any may be made", () => equal(power(group(any, allow("iam:CreatePolicy"))), "self-escalation"));
  it("is only restricted where none may", () => equal(power(group(any)), "self-escalation resource"));
  it("is power where those of one prefix may be made and attached", () =>
    equal(power(group(team, allow("iam:CreatePolicy", ours("team-*")))), "self-escalation"));
  it("is only restricted where those that may be made cannot be attached", () =>
    equal(power(group(team, allow("iam:CreatePolicy", ours("other-*")))), "self-escalation resource"));
  it("is power where a new version of one may be written", () =>
    equal(
      power(group(attach("ArnEquals", ours("kept")), allow("iam:CreatePolicyVersion", ours("*")))),
      "self-escalation",
    ));
  it("is only restricted where the one that may be attached is there already", () =>
    equal(power(group(attach("ArnEquals", ours("kept")), allow("iam:CreatePolicy"))), "self-escalation resource"));
  it("is nothing where policies of AWS are to be written", () =>
    equal(power(group(attach("ArnEquals", of("ReadOnlyAccess")), allow("iam:CreatePolicyVersion"))), "no"));
  it("is told with both calls", () => {
    const verdict = adminPower(group(team, allow("iam:CreatePolicy", ours("*-own"))));
    deepEqual(
      verdict.answer === "yes" &&
        verdict.because.witnesses.map(({ action, resource, context }) => [action, resource, context]),
      [
        ["iam:CreatePolicy", ours("team-own"), {}],
        ["iam:AttachGroupPolicy", ownGroup, { "iam:policyarn": ours("team-own") }],
      ],
    );
  });
});

describe("boundaries that must be given", () => {
  const delegate = (operator: string, values: unknown) =>
    group(allow(["iam:CreateRole", "iam:PutRolePolicy"], "*", boundary(operator, values)));
  it("bound nothing where they are AdministratorAccess", () =>
    deepEqual(paths(delegate("StringEquals", of("AdministratorAccess"))), ["iam-005"]));
  it("bound nothing where they are anything", () => deepEqual(paths(delegate("StringLike", "*")), ["iam-005"]));
  it("bound nothing where one must only be there", () => deepEqual(paths(delegate("Null", "false")), ["iam-005"]));
  it("bound where they are PowerUserAccess", () =>
    deepEqual(paths(delegate("StringEquals", of("PowerUserAccess"))), []));
  it("bound by what they say", () => {
    const kept = (...statements: readonly unknown[]) => ({
      ...delegate("StringEquals", ours("lid")),
      accountPolicies: [{ arn: ours("lid"), policy: policy(...statements) }],
    });
    deepEqual(paths(kept(allow(["s3:*", "logs:*"]))), []);
    deepEqual(paths(kept(allow("*"))), ["iam-005"]);
    deepEqual(paths(kept(allow("*"), deny("iam:*"))), []);
    deepEqual(paths(kept(allow("*"), deny("s3:*"))), ["iam-005"]);
  });
  it("bound where they are kept elsewhere", () => deepEqual(paths(delegate("StringEquals", ours("lid"))), []));
  it("bound nothing where the caller may rewrite them", () => {
    const rewriting = delegate("StringEquals", ours("lid"));
    const may = policy(allow("iam:CreatePolicyVersion", ours("lid")));
    ok(paths({ ...rewriting, identity: [...rewriting.identity, may] }).includes("iam-005"));
    const other = policy(allow("iam:CreatePolicyVersion", ours("other")));
    ok(!paths({ ...rewriting, identity: [...rewriting.identity, other] }).includes("iam-005"));
  });
  it("are undecided while their text is not known", () =>
    ok(
      paths({
        ...delegate("StringEquals", ours("lid")),
        accountPolicies: [{ arn: ours("lid"), policy: notRead("urn:lid") }],
      }).includes("iam-005 unknown"),
    ));
});

describe("a boundary of one's own", () => {
  const lid = ours("lid");
  const bounded = (boundaryStatements: readonly unknown[], ...statements: readonly unknown[]): Principal => ({
    ...user(...statements),
    boundary: policy(...boundaryStatements),
    boundaryArn: lid,
  });
  const everything = allow("*");
  const self = "arn:aws:iam::111122223333:user/alice";
  it("taken off gives an administrator back", () =>
    equal(power(bounded([allow(["s3:*", "iam:DeleteUserPermissionsBoundary"])], everything)), "self-escalation"));
  it("taken off others only does not", () =>
    equal(power(bounded([allow("iam:DeleteUserPermissionsBoundary", `${self}-2`)], everything)), "no"));
  it("taken off gives nothing where there is no power beneath it", () =>
    equal(power(bounded([everything], allow(["s3:*", "iam:DeleteUserPermissionsBoundary"]))), "no"));
  it("stays where taking this one off is denied", () => {
    const kept = deny("iam:DeleteUserPermissionsBoundary", "*", boundary("StringEquals", lid));
    const other = deny("iam:DeleteUserPermissionsBoundary", "*", boundary("StringEquals", ours("other")));
    const loose = allow("iam:DeleteUserPermissionsBoundary");
    equal(power(bounded([loose, kept], everything)), "no");
    equal(power(bounded([loose, other], everything)), "self-escalation");
  });
  it("changed for one that bounds nothing", () =>
    equal(
      power(bounded([allow("iam:PutUserPermissionsBoundary", "*", boundary("ArnLike", of("Admin*")))], everything)),
      "self-escalation",
    ));
  it("changed for one that bounds", () =>
    equal(
      power(
        bounded(
          [allow("iam:PutUserPermissionsBoundary", "*", boundary("ArnEquals", of("ReadOnlyAccess")))],
          everything,
        ),
      ),
      "no",
    ));
  it("rewritten", () => equal(power(bounded([allow("iam:CreatePolicyVersion", lid)], everything)), "self-escalation"));
  it("left while another policy is rewritten", () =>
    equal(power(bounded([allow("iam:CreatePolicyVersion", ours("other"))], everything)), "no"));
  it("of a role", () => {
    const bounds = policy(allow("iam:DeleteRolePermissionsBoundary"));
    equal(power({ ...role(everything), boundary: bounds, boundaryArn: lid }), "self-escalation");
    equal(power({ ...role(allow("s3:*")), boundary: policy(everything), boundaryArn: lid }), "no");
  });
  it("that holds makes more policies of one's own worth nothing", () => {
    const put = allow("iam:PutUserPolicy", self);
    equal(power(bounded([allow(["s3:*", "iam:PutUserPolicy"])], put)), "no");
    equal(power(bounded([allow(["s3:*", "iam:*"])], put)), "self-escalation");
    deepEqual(paths(bounded([allow(["s3:*", "iam:PutUserPolicy"])], put)), []);
  });
  it("that holds does not hold others", () =>
    deepEqual(paths(bounded([allow("iam:PutUserPolicy")], allow("iam:PutUserPolicy"))), ["iam-007"]));
});

describe("groups and roles that nothing is gained from", () => {
  it("a group that one is in", () => {
    const join = allow("iam:AddUserToGroup", ownGroup);
    equal(power(group(join)), "no");
    deepEqual(paths(group(join)), []);
    equal(power({ ...user(join), groups: ["devs"] }), "no");
    equal(power(user(join)), "self-escalation resource");
  });
  it("any group but that", () => {
    const join = { Effect: "Allow", Action: "iam:AddUserToGroup", NotResource: ownGroup };
    equal(power(group(join)), "self-escalation");
  });
  it("a user of one's own name, whatever the path", () => {
    const keys = allow("iam:CreateAccessKey", "arn:aws:iam::*:user/${aws:username}");
    deepEqual(paths({ ...user(keys), path: "/team/" }), []);
    deepEqual(paths(user(allow("iam:CreateAccessKey", "arn:aws:iam::*:user/team/${aws:username}-2"))), [
      "iam-002 resource",
    ]);
  });
  it("roles that AWS keeps to itself", () => {
    const change = (arn: string) =>
      allow(["iam:PutRolePolicy", "iam:AttachRolePolicy", "iam:UpdateAssumeRolePolicy"], arn);
    const ofSet = (arn: string): Principal => ({ ...role(change(arn)), path: "/aws-reserved/sso.amazonaws.com/" });
    equal(power(ofSet("arn:aws:iam::*:role/aws-reserved/*")), "no");
    deepEqual(paths(ofSet("arn:aws:iam::*:role/aws-reserved/*")), []);
    deepEqual(paths(ofSet("arn:aws:iam::*:role/aws-service-role/*")), []);
    equal(power(ofSet("*")), "self-escalation");
    equal(power(ofSet("arn:aws:iam::*:role/app-*")), "self-escalation resource");
  });
});

describe("a policy of the stack that tells its holders apart", () => {
  const attach = (user: Principal, text: unknown) => {
    const identity = [
      policy(allow("iam:AttachUserPolicy", "arn:aws:iam::*:user/alice", policyArn("ArnEquals", ours("p")))),
    ];
    return power({ ...user, identity, accountPolicies: [{ arn: ours("p"), policy: policy(text) }] });
  };

  it("by their name", () => {
    const forUser = (name: string) => allow("*", "*", { StringEquals: { "aws:username": name } });
    equal(attach(user(), forUser("alice")), "self-escalation");
    equal(attach(user(), forUser("bob")), "no");
  });
  it("by their ARN", () => {
    const onUser = (name: string) => allow("iam:PutUserPolicy", `arn:aws:iam::111122223333:user/${name}`);
    equal(attach(user(), onUser("alice")), "self-escalation");
    equal(attach(user(), onUser("bob")), "no");
  });
});
