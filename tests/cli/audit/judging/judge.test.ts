import assert from "node:assert/strict";
import { judge } from "../../../../cli/audit/judging/judge";
import { readAuditPolicies } from "../../../../cli/audit/judging/policies";
import type { AccountRecords } from "../../../../cli/audit/records/records";
import { root, row, summary } from "../../../../cli/audit/rules/example-records";
import type { RuleAnswers } from "../../../../cli/report/account-audit";
import type { CheckResult } from "../../../../cli/report/check-result";
import {
  administratorAccess,
  allow,
  attached,
  group,
  inline,
  managedPolicy,
  recordsOf,
  role,
  user,
} from "../records/account-records";

const policies = readAuditPolicies(undefined, { only: [], skip: [] });

function judged(records: AccountRecords): Promise<CheckResult> {
  return judge(records, policies);
}

function answersOf({ audit }: CheckResult, rule: string): RuleAnswers | undefined {
  return audit?.answers.find((each) => each.rule === rule);
}

function found({ findings }: CheckResult, rule: string): readonly string[] {
  return findings.filter((finding) => finding.rule === rule).flatMap(({ subjects }) => subjects);
}

const everythingRead = {
  "credential-report": [root(), row("anna"), row("ben")],
  "account-summary": summary({}),
  "service-control-policies": { Path: [] },
};

describe("the judgement of an account", () => {
  it("finds by the pack's rules, at a place and a URN that stay the same", async () => {
    const details = {
      UserDetailList: [user("anna", { GroupList: ["admins"] })],
      GroupDetailList: [group("admins", { AttachedManagedPolicies: attached(administratorAccess) })],
    };
    const result = await judged(recordsOf({ ...everythingRead, "authorization-details": details }));
    const finding = result.findings.find(({ rule }) => rule === "no-overbroad-group");
    assert.equal(finding?.resource, "urn:pulumi:111122223333::aws::aws:iam/group:Group::admins");
    assert.deepEqual(finding?.source, { file: "aws/111122223333/iam/group/admins.json", line: 1, column: 1 });
    assert.equal(result.outcome, "blocked");
  });

  it("reads the default version of a policy, URL-encoded or not", async () => {
    const text = encodeURIComponent(JSON.stringify(allow("iam:*")));
    const policy = {
      ...managedPolicy("deploy", allow("s3:GetObject")),
      DefaultVersionId: "v2",
      PolicyVersionList: [
        { VersionId: "v1", IsDefaultVersion: false, Document: allow("s3:GetObject") },
        { VersionId: "v2", IsDefaultVersion: true, Document: text },
      ],
    };
    const anna = user("anna", { AttachedManagedPolicies: attached("arn:aws:iam::111122223333:policy/deploy") });
    const details = { UserDetailList: [anna], Policies: [policy] };
    const result = await judged(recordsOf({ ...everythingRead, "authorization-details": details }));
    assert.deepEqual(found(result, "no-overbroad-user"), ['user "anna"']);
  });

  it("does not report what a service control policy of the account's path denies", async () => {
    const details = { UserDetailList: [user("anna", { UserPolicyList: inline("self", allow("iam:PutUserPolicy")) })] };
    const open = { Id: "p-FullAWSAccess", AwsManaged: true, Content: JSON.stringify(allow("*")) };
    const deny = {
      Version: "2012-10-17",
      Statement: { Effect: "Deny", Action: "iam:Put*", Resource: "*" },
    };
    const path = (...policies: readonly unknown[]) => ({
      Path: [
        { Id: "r-ab12", Policies: [open, ...policies] },
        { Id: "111122223333", Policies: [open] },
      ],
    });
    const held = { Id: "p-1", Name: "no iam", Content: JSON.stringify(deny) };
    const read = { ...everythingRead, "authorization-details": details };
    const under = await judged(recordsOf({ ...read, "service-control-policies": path(held) }));
    assert.deepEqual(found(under, "no-overbroad-user"), []);
    const without = await judged(recordsOf({ ...read, "service-control-policies": path() }));
    assert.deepEqual(found(without, "no-overbroad-user"), ['user "anna"']);
    const organization = { Organization: { Id: "o-1", MasterAccountId: "111122223333", FeatureSet: "ALL" } };
    const management = await judged(recordsOf({ ...read, organization, "service-control-policies": path(held) }));
    assert.deepEqual(found(management, "no-overbroad-user"), ['user "anna"']);
  });

  it("does not report what a boundary leaves out", async () => {
    const boundary = "arn:aws:iam::111122223333:policy/boundary";
    const ben = user("ben", {
      AttachedManagedPolicies: attached(administratorAccess),
      PermissionsBoundary: { PermissionsBoundaryType: "Policy", PermissionsBoundaryArn: boundary },
    });
    const anna = user("anna", { AttachedManagedPolicies: attached(administratorAccess) });
    const details = { UserDetailList: [anna, ben], Policies: [managedPolicy("boundary", allow("s3:*"))] };
    const result = await judged(recordsOf({ ...everythingRead, "authorization-details": details }));
    assert.deepEqual(found(result, "no-overbroad-user"), ['user "anna"']);
  });

  it("takes a role of IAM Identity Center for its permission set, and leaves service-linked roles aside", async () => {
    const details = {
      RoleDetailList: [
        role(
          "AWSServiceRoleForSupport",
          { Service: "support.amazonaws.com" },
          {
            Path: "/aws-service-role/support.amazonaws.com/",
            AttachedManagedPolicies: attached(administratorAccess),
          },
        ),
        role(
          "AWSReservedSSO_Operators_0123456789abcdef",
          { Federated: "arn:aws:iam::111122223333:saml-provider/SSO" },
          {
            Path: "/aws-reserved/sso.amazonaws.com/",
            AttachedManagedPolicies: attached(administratorAccess),
          },
        ),
      ],
    };
    const result = await judged(recordsOf({ ...everythingRead, "authorization-details": details }));
    assert.deepEqual(found(result, "no-overbroad-permission-set"), ['permission set "Operators"']);
    assert.deepEqual(found(result, "no-overbroad-role"), []);
    assert.match(result.notSeen.join(), /^1 service-linked role: /);
  });
});

describe("users who lack a gate", () => {
  const work = { UserPolicyList: inline("work", allow("s3:*")) };
  const details = { UserDetailList: [user("anna", work), user("ben", work)] };

  it("come first where they have no MFA device either", async () => {
    const report = [
      root(),
      row("anna", { password_enabled: "true", mfa_active: "true" }),
      row("ben", { password_enabled: "true" }),
    ];
    const result = await judged(recordsOf({ "authorization-details": details, "credential-report": report }));
    const gates = result.findings.filter(({ rule }) => rule === "require-user-mfa");
    assert.deepEqual(
      gates.map(({ subjects, severity }) => [subjects[0], severity]),
      [
        ['user "ben"', "critical"],
        ['user "anna"', "high"],
      ],
    );
  });
});

describe("the three answers of a rule", () => {
  const details = {
    UserDetailList: [
      user("anna", { UserPolicyList: inline("all", allow("*")) }),
      user("ben", { AttachedManagedPolicies: attached("arn:aws:iam::111122223333:policy/elsewhere") }),
      user("carl"),
    ],
  };

  it("are fails, passes, and not checked where a policy could not be read", async () => {
    const result = await judged(recordsOf({ ...everythingRead, "authorization-details": details }));
    const answers = answersOf(result, "no-overbroad-user");
    assert.deepEqual(answers?.failed, ['user "anna"']);
    assert.equal(answers?.passed, 1);
    assert.deepEqual(answers?.notChecked, [
      {
        because: "arn:aws:iam::111122223333:policy/elsewhere: this policy is kept outside this stack",
        subjects: ['user "ben"'],
      },
    ]);
  });

  it("never pass anybody of whom a record is missing, and name the permission", async () => {
    const result = await judged(recordsOf({ "authorization-details": details }));
    assert.deepEqual(answersOf(result, "access-key-rotation"), {
      rule: "access-key-rotation",
      failed: [],
      passed: 0,
      notChecked: [
        {
          because: "credential-report was refused",
          permission: "test:credential-report",
          subjects: ['user "anna"', 'user "ben"', 'user "carl"'],
        },
      ],
    });
    assert.deepEqual(answersOf(result, "root-mfa")?.notChecked, [
      { because: "account-summary was refused", permission: "test:account-summary" },
    ]);
  });

  it("say nothing of rules that are about programs", async () => {
    const result = await judged(recordsOf({ "authorization-details": details }));
    assert.equal(answersOf(result, "no-embedded-access-key"), undefined);
  });
});
