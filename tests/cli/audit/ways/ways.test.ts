import assert from "node:assert/strict";
import { judge } from "../../../../cli/audit/judging/judge";
import { readAuditPolicies } from "../../../../cli/audit/judging/policies";
import { type AccountAudit, POWER_ITSELF } from "../../../../cli/report/account-audit";
import { textReport } from "../../../../cli/report/text";
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

const policies = readAuditPolicies(undefined, { only: ["no-overbroad-group"], skip: [] });

async function audited(details: object): Promise<AccountAudit> {
  const { audit } = await judge(recordsOf({ "authorization-details": details }), policies);
  assert.ok(audit !== undefined);
  return audit;
}

const arn = (entity: string) => `arn:aws:iam::111122223333:${entity}`;

/** `user/anna is a member of group/ops`, without what all have alike. */
function stepsIn({ steps }: AccountAudit): readonly string[] {
  const short = (id: string) => id.replace("arn:aws:iam::111122223333:", "");
  return steps.map(({ from, how, to }) => `${short(from)} ${how} ${short(to)}`).sort();
}

function distanceOf({ identities }: AccountAudit, id: string): number | undefined {
  return identities.find((each) => each.id === arn(id))?.distance;
}

const admin = (name: string, principal: unknown) =>
  role(name, principal, { AttachedManagedPolicies: attached(administratorAccess) });
const functions = { Service: "lambda.amazonaws.com" };

describe("ways to administrator", () => {
  it("lead over a group, a role and a function's role, each step with its witness", async () => {
    const audit = await audited({
      UserDetailList: [user("anna", { GroupList: ["ops"] })],
      GroupDetailList: [
        group("ops", { GroupPolicyList: inline("assume", allow("sts:AssumeRole", arn("role/deploy"))) }),
      ],
      RoleDetailList: [
        role("deploy", { AWS: arn("root") }, { RolePolicyList: inline("work", allow(["lambda:*", "iam:PassRole"])) }),
        admin("function", functions),
      ],
    });
    assert.deepEqual(stepsIn(audit), [
      "group/ops may assume role/deploy",
      "role/deploy can use, by a new Lambda function with a role of its choice, role/function",
      "user/anna is a member of group/ops",
    ]);
    assert.deepEqual(
      ["user/anna", "group/ops", "role/deploy", "role/function"].map((id) => distanceOf(audit, id)),
      [3, 2, 1, 0],
    );
    const passing = audit.steps.find(({ path }) => path === "lambda-001");
    assert.equal(passing?.witnesses[0]?.action, "iam:PassRole");
    assert.equal(passing?.witnesses[0]?.resource, arn("role/function"));
  });

  it("do not lead over a role that the service may not have, nor over one that may not be passed", async () => {
    const passing = (resource: string) => inline("work", [allow("lambda:*"), allow("iam:PassRole", resource)][0]);
    const audit = await audited({
      UserDetailList: [
        user("anna", {
          UserPolicyList: [...inline("run", allow("lambda:*")), ...inline("pass", allow("iam:PassRole"))],
        }),
        user("ben", { UserPolicyList: passing(arn("role/other")) }),
      ],
      RoleDetailList: [admin("machine", { Service: "ec2.amazonaws.com" })],
    });
    assert.deepEqual(stepsIn(audit), []);
  });

  it("end where a trust demands MFA", async () => {
    const demanding = {
      Version: "2012-10-17",
      Statement: {
        Effect: "Allow",
        Principal: { AWS: arn("user/anna") },
        Action: "sts:AssumeRole",
        Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } },
      },
    };
    const users = [user("anna")];
    const open = await audited({ UserDetailList: users, RoleDetailList: [admin("root", { AWS: arn("user/anna") })] });
    assert.deepEqual(stepsIn(open), ["user/anna may assume role/root"]);
    const roles = [{ ...admin("root", {}), AssumeRolePolicyDocument: demanding }];
    assert.deepEqual(stepsIn(await audited({ UserDetailList: users, RoleDetailList: roles })), []);
  });

  it("lead to another user's key, into a group of administrators, and to power itself", async () => {
    const audit = await audited({
      UserDetailList: [
        user("boss", { AttachedManagedPolicies: attached(administratorAccess) }),
        user("keys", { UserPolicyList: inline("k", allow("iam:CreateAccessKey", arn("user/boss"))) }),
        user("joins", { UserPolicyList: inline("j", allow("iam:AddUserToGroup", arn("group/admins"))) }),
        user("writes", { UserPolicyList: inline("w", allow("iam:PutUserPolicy", arn("user/writes"))) }),
        user("harmless", { UserPolicyList: inline("h", allow("iam:CreateAccessKey", arn("user/harmless"))) }),
      ],
      GroupDetailList: [group("admins", { AttachedManagedPolicies: attached(administratorAccess) })],
    });
    assert.deepEqual(stepsIn(audit), [
      "user/joins can add itself to group/admins",
      "user/keys can get an access key of another user: user/boss",
      "user/writes can give itself, by iam:PutUserPolicy, administrator power",
    ]);
    assert.equal(audit.identities.find(({ id }) => id === POWER_ITSELF)?.kind, "power");
  });

  it("are a group's and not told again for each member", async () => {
    const audit = await audited({
      UserDetailList: [user("anna", { GroupList: ["ops"] }), user("ben", { GroupList: ["ops"] })],
      GroupDetailList: [group("ops", { GroupPolicyList: inline("w", allow("iam:AttachUserPolicy")) })],
    });
    assert.deepEqual(stepsIn(audit), [
      "group/ops can give itself, by iam:AttachUserPolicy, administrator power",
      "user/anna is a member of group/ops",
      "user/ben is a member of group/ops",
    ]);
  });
});

describe("mends", () => {
  it("count whom a change leaves without any way, and not whom another way is left", async () => {
    const audit = await audited({
      UserDetailList: [
        user("anna", { GroupList: ["ops"] }),
        user("ben", { GroupList: ["ops"], UserPolicyList: inline("w", allow("iam:PutUserPolicy")) }),
      ],
      GroupDetailList: [group("ops", { AttachedManagedPolicies: attached(arn("policy/write")) })],
      Policies: [managedPolicy("write", allow("iam:AttachUserPolicy"))],
    });
    const [best] = audit.mends;
    // The group and anna; ben can still write a policy of his own.
    assert.deepEqual(best, { what: 'Take away, or narrow, the first statement of the policy "write".', cuts: 2 });
    assert.deepEqual(
      audit.mends.find(({ what }) => what.includes('user "anna" out of')),
      {
        what: 'Take the user "anna" out of the group "ops".',
        cuts: 1,
        step: { from: arn("user/anna"), to: arn("group/ops") },
      },
    );
    assert.equal(
      audit.mends.find(({ what }) => what.includes('user "ben" out of')),
      undefined,
    );
  });

  it("do not count a statement beside which another opens the same step", async () => {
    const twice = {
      Version: "2012-10-17",
      Statement: [...allow("iam:PutUserPolicy").Statement, ...allow("iam:Put*").Statement],
    };
    const audit = await audited({ UserDetailList: [user("anna", { UserPolicyList: inline("w", twice) })] });
    assert.deepEqual(audit.mends, []);
  });
});

describe("the report for people of an account", () => {
  it("has the ways, the shortest first, what cuts most of them, and what could not be checked", async () => {
    const details = {
      UserDetailList: [user("anna", { GroupList: ["ops"] })],
      GroupDetailList: [group("ops", { GroupPolicyList: inline("w", allow("iam:AttachUserPolicy")) })],
    };
    const result = await judge(recordsOf({ "authorization-details": details }), policies);
    const text = textReport([result], { width: 200, failOn: "never" });
    assert.ok(
      text.includes("Ways to administrator: 0 administrators; others can become one: 1 in 1 step, 1 in 2 steps."),
    );
    assert.ok(
      text.includes(
        '  - user "anna" is a member of group "ops", which can give itself, by iam:AttachUserPolicy, administrator power',
      ),
    );
    assert.ok(text.includes('the first statement of the group policy "ops/w". 2 identities less.'), text);
  });
});
