import assert from "node:assert/strict";
import { judge } from "../../../../cli/audit/judging/judge";
import { readAuditPolicies } from "../../../../cli/audit/judging/policies";
import { row } from "../../../../cli/audit/rules/example-records";
import { run } from "../../command";
import { TemporaryFolder } from "../../temporary-folder";
import { allow, attached, group, inline, managedPolicy, recordsOf, role, user } from "../records/account-records";

const urnOf = (type: string, name: string) => `urn:pulumi:dev::shop::${type}::${name}`;
const arn = (entity: string) => `arn:aws:iam::111122223333:${entity}`;

type Properties = Readonly<Record<string, unknown>>;

/** A resource of a stack whose outputs are its inputs and what AWS adds. */
function resource(type: string, name: string, inputs: Properties, added: Properties = {}) {
  return { urn: urnOf(type, name), type, custom: true, inputs, outputs: { ...inputs, ...added } };
}

const trust = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }],
};
const passing = allow(["lambda:*", "iam:PassRole"]);
const writing = allow("iam:PutUserPolicy");

/** A user with a password, a group with a managed policy, a role with an inline one; names of the group and the policy are Pulumi's own. */
const stack = [
  resource("aws:iam/user:User", "anna", { name: "anna" }, { arn: arn("user/anna"), path: "/" }),
  resource("aws:iam/userLoginProfile:UserLoginProfile", "anna", { user: "anna" }),
  resource("aws:iam/userPolicy:UserPolicy", "work", { name: "work", user: "anna", policy: JSON.stringify(writing) }),
  resource("aws:iam/group:Group", "crew", { name: "crew-1a2b3c4" }, { arn: arn("group/crew-1a2b3c4"), path: "/" }),
  resource(
    "aws:iam/policy:Policy",
    "deploy",
    { name: "deploy-5d6e7f8", policy: JSON.stringify(passing) },
    { arn: arn("policy/deploy-5d6e7f8"), path: "/" },
  ),
  resource("aws:iam/groupPolicyAttachment:GroupPolicyAttachment", "crew", {
    group: "crew-1a2b3c4",
    policyArn: arn("policy/deploy-5d6e7f8"),
  }),
  resource(
    "aws:iam/role:Role",
    "app",
    { name: "app", assumeRolePolicy: JSON.stringify(trust) },
    { arn: arn("role/app"), path: "/" },
  ),
  resource("aws:iam/rolePolicy:RolePolicy", "app", { name: "all", role: "app", policy: JSON.stringify(allow("*")) }),
];

/** The same in the account that the stack has made. */
const account = recordsOf({
  "authorization-details": {
    UserDetailList: [user("anna", { UserPolicyList: inline("work", writing) })],
    GroupDetailList: [group("crew-1a2b3c4", { AttachedManagedPolicies: attached(arn("policy/deploy-5d6e7f8")) })],
    RoleDetailList: [role("app", { Service: "lambda.amazonaws.com" }, { RolePolicyList: inline("all", allow("*")) })],
    Policies: [managedPolicy("deploy-5d6e7f8", passing)],
  },
  "credential-report": [row("anna", { password_enabled: "true", password_last_used: "2026-05-25T08:00:00+00:00" })],
});

/** Rules that hold in both worlds; what says how a program makes a thing is found in a program alone. */
const rules = [
  "no-overbroad-user",
  "no-overbroad-role",
  "no-privilege-escalation",
  "require-user-mfa",
  "no-direct-user-policy",
];

describe("the fingerprint of a finding", function () {
  this.timeout(60_000);
  const folder = new TemporaryFolder();
  after(() => folder.remove());

  async function checked(artefact: object): Promise<readonly string[]> {
    const file = folder.write("artefact.json", JSON.stringify(artefact));
    const only = rules.flatMap((rule) => ["--only", rule]);
    const { stdout } = await run(["check", file, "--format", "json", ...only]);
    const { findings } = JSON.parse(stdout) as { findings: { rule: string; fingerprint: string }[] };
    return findings.map(({ rule, fingerprint }) => `${rule} ${fingerprint}`).sort();
  }

  it("is one in a preview, in a state and in the account", async () => {
    const steps = stack.map((newState) => ({ op: "create", urn: newState.urn, newState }));
    const previewed = await checked({ steps, changeSummary: { create: steps.length } });
    const exported = await checked({ version: 3, deployment: { resources: stack } });
    const { findings } = await judge(account, readAuditPolicies(undefined, { only: rules, skip: [] }));
    const audited = findings.map(({ rule, fingerprint }) => `${rule} ${fingerprint}`).sort();
    assert.equal(new Set(previewed.map((each) => each.split(" ")[0])).size, rules.length);
    assert.deepEqual(exported, previewed);
    assert.deepEqual(audited, previewed);
  });
});
