import assert from "node:assert/strict";
import { AdminChangeAlarm, type AdminChangeAlarmArgs } from "../../../stacks/components";
import { type Answers, all, only, type Registered, refusalOf, registeredBy } from "../registered";
import { eventMatches } from "./event-pattern";
import { call, type Event, ROOT, signIn, USER } from "./events";
import { filterMatches } from "./filter-pattern";
import { ALARM, args, FILTER, KEY, refusal, TOPIC, trail } from "./on-a-trail";

const RULE = "aws:cloudwatch/eventRule:EventRule";
const TARGET = "aws:cloudwatch/eventTarget:EventTarget";

function adminAlarm(
  different: Partial<AdminChangeAlarmArgs> = {},
  answers: Answers = {},
): Promise<readonly Registered[]> {
  return registeredBy(() => new AdminChangeAlarm("admins", { ...args, ...different }), { ...trail(), ...answers });
}

describe("stacks: AdminChangeAlarm", () => {
  let registered: readonly Registered[];
  before(async () => {
    registered = await adminAlarm({ mailEveryEvent: true });
  });

  /** The classes whose alarm counts an event; the same classes have to mail it. */
  function classesOf(event: Event): readonly string[] {
    const counted = all(registered, FILTER)
      .filter(({ inputs }) => filterMatches(String(inputs.pattern), event))
      .map(({ inputs }) => String(inputs.name).replace("admin-change-", ""));
    const mailed = all(registered, RULE)
      .filter(({ inputs }) => eventMatches(JSON.parse(String(inputs.eventPattern)), { detail: event }))
      .map(({ inputs }) => String(inputs.name).replace("admin-change-", ""));
    assert.deepEqual(mailed.sort(), counted.sort());
    return counted;
  }

  it("sees a new member of the administrators, and leaves other groups' members alone", () => {
    const join = (groupName: string) => call("iam", "AddUserToGroup", { userName: "anaya", groupName });
    assert.deepEqual(classesOf(join("administrators")), ["administrators"]);
    assert.deepEqual(classesOf(join("developers")), []);
  });

  it("sees changes of the administrators' role, and nothing in looking at it", () => {
    assert.deepEqual(classesOf(call("iam", "DeleteRole", { roleName: "administrator" })), ["administrators"]);
    assert.deepEqual(classesOf(call("iam", "GetRole", { roleName: "administrator" }, { readOnly: true })), []);
    assert.deepEqual(classesOf(call("iam", "DeleteRole", { roleName: "app" })), []);
  });

  it("sees administrators' policies change hands", () => {
    const attach = (policy: string) =>
      call("iam", "CreateRole", { roleName: "app", policyArn: `arn:aws:iam::${policy}` });
    assert.deepEqual(classesOf(attach("aws:policy/AdministratorAccess")), ["administrators"]);
    assert.deepEqual(classesOf(attach("111122223333:policy/administrators-self-service")), ["administrators"]);
    assert.deepEqual(classesOf(attach("aws:policy/ReadOnlyAccess")), []);
  });

  it("sees policies written, attached and taken away, and refused attempts", () => {
    const policyArn = "arn:aws:iam::111122223333:policy/deploy";
    assert.deepEqual(classesOf(call("iam", "AttachRolePolicy", { roleName: "app", policyArn })), ["policies"]);
    assert.deepEqual(classesOf(call("iam", "DetachGroupPolicy", { groupName: "users", policyArn })), ["policies"]);
    assert.deepEqual(classesOf(call("iam", "PutUserPolicy", { userName: "anaya", policyName: "p" })), ["policies"]);
    assert.deepEqual(classesOf(call("iam", "CreatePolicyVersion", { policyArn, setAsDefault: true })), ["policies"]);
    assert.deepEqual(classesOf(call("iam", "DeleteRolePermissionsBoundary", { roleName: "app" })), ["policies"]);
    assert.deepEqual(classesOf(call("iam", "PutRolePolicy", null, { errorCode: "AccessDenied" })), ["policies"]);
    assert.deepEqual(classesOf(call("iam", "CreatePolicy", { policyName: "deploy" })), []);
    assert.deepEqual(classesOf(call("iam", "GetRolePolicy", { roleName: "app" }, { readOnly: true })), []);
  });

  it("sees both the class and the administrators in one event", () => {
    const policyArn = "arn:aws:iam::aws:policy/IAMFullAccess";
    assert.deepEqual(classesOf(call("iam", "AttachUserPolicy", { userName: "anaya", policyArn })), [
      "administrators",
      "policies",
    ]);
  });

  it("sees trust that changes", () => {
    assert.deepEqual(classesOf(call("iam", "UpdateAssumeRolePolicy", { roleName: "app" })), ["trust"]);
    assert.deepEqual(classesOf(call("iam", "CreateSAMLProvider", { name: "idp" })), ["trust"]);
    assert.deepEqual(classesOf(call("iam", "UpdateRoleDescription", { roleName: "app" })), []);
  });

  it("sees access keys and passwords", () => {
    assert.deepEqual(classesOf(call("iam", "CreateAccessKey", { userName: "anaya" })), ["credentials"]);
    assert.deepEqual(classesOf(call("iam", "UpdateAccessKey", { status: "Active" })), ["credentials"]);
    assert.deepEqual(classesOf(call("iam", "CreateLoginProfile", { userName: "anaya" })), ["credentials"]);
    assert.deepEqual(classesOf(call("iam", "UpdateLoginProfile", { userName: "anaya" })), ["credentials"]);
    assert.deepEqual(classesOf(call("iam", "ChangePassword", null)), []);
    assert.deepEqual(classesOf(call("iam", "DeleteAccessKey", { userName: "anaya" })), []);
  });

  it("sees MFA devices come and go", () => {
    assert.deepEqual(classesOf(call("iam", "EnableMFADevice", { userName: "anaya" })), ["mfa"]);
    assert.deepEqual(classesOf(call("iam", "DeactivateMFADevice", { userName: "anaya" })), ["mfa"]);
    assert.deepEqual(classesOf(call("iam", "ResyncMFADevice", { userName: "anaya" })), []);
  });

  it("sees the password policy go", () => {
    assert.deepEqual(classesOf(call("iam", "DeleteAccountPasswordPolicy", null)), ["password-policy"]);
    assert.deepEqual(classesOf(call("iam", "GetAccountPasswordPolicy", null, { readOnly: true })), []);
  });

  it("sees an IAM user sign in without MFA", () => {
    assert.deepEqual(classesOf(signIn(USER, "No")), ["sign-in-without-mfa"]);
    assert.deepEqual(classesOf(signIn(USER, "Yes")), []);
    assert.deepEqual(classesOf(signIn(USER, "No", "Failure")), []);
  });

  it("leaves the MFA of federated people and of the root user to others", () => {
    const federated = { type: "AssumedRole", arn: "arn:aws:sts::111122223333:assumed-role/admin/dana" };
    assert.deepEqual(classesOf(signIn(federated, "No")), []);
    assert.deepEqual(classesOf(signIn(ROOT, "No")), []);
  });

  it("sees the organization's guard go down", () => {
    const organization = (name: string) => classesOf(call("organizations", name, null));
    assert.deepEqual(organization("DetachPolicy"), ["organization"]);
    assert.deepEqual(organization("UpdatePolicy"), ["organization"]);
    assert.deepEqual(organization("LeaveOrganization"), ["organization"]);
    assert.deepEqual(organization("MoveAccount"), ["organization"]);
    assert.deepEqual(organization("CreateAccount"), []);
    assert.deepEqual(classesOf(call("iam", "DisableOrganizationsRootSessions", null)), ["organization"]);
    assert.deepEqual(classesOf(call("iam", "EnableOrganizationsRootSessions", null)), []);
  });

  it("sees whom IAM Identity Center lets in", () => {
    assert.deepEqual(classesOf(call("sso", "CreateAccountAssignment", { targetId: "1" })), ["identity-center"]);
    assert.deepEqual(classesOf(call("sso", "PutInlinePolicyToPermissionSet", null)), ["identity-center"]);
    assert.deepEqual(classesOf(call("account-access", "CreateEntitlement", null)), ["identity-center"]);
    assert.deepEqual(classesOf(call("sso", "DeleteAccountAssignment", { targetId: "1" })), []);
    assert.deepEqual(classesOf(call("marketplace", "CreateEntitlement", null)), []);
  });

  it("sees the trail stopped", () => {
    assert.deepEqual(classesOf(call("cloudtrail", "StopLogging", { name: "organization-trail" })), ["trail"]);
    assert.deepEqual(classesOf(call("cloudtrail", "DeleteTrail", { name: "organization-trail" })), ["trail"]);
    assert.deepEqual(classesOf(call("cloudtrail", "StartLogging", { name: "organization-trail" })), []);
    assert.deepEqual(classesOf(call("kinesisvideo", "StopLogging", null)), []);
  });

  it("has an alarm and a filter for each class, which all tell one topic", () => {
    const names = [
      "admin-change-administrators",
      "admin-change-credentials",
      "admin-change-identity-center",
      "admin-change-mfa",
      "admin-change-organization",
      "admin-change-password-policy",
      "admin-change-policies",
      "admin-change-sign-in-without-mfa",
      "admin-change-trail",
      "admin-change-trust",
    ];
    const namesOf = (type: string) => all(registered, type).map(({ inputs }) => inputs.name);
    assert.deepEqual(namesOf(ALARM).sort(), names);
    assert.deepEqual(namesOf(FILTER).sort(), names);
    assert.equal(only(registered, TOPIC).inputs.name, "admin-change");
  });

  it("says in each alarm what happened, within what CloudWatch takes", () => {
    const lengths = all(registered, ALARM).map(({ inputs }) => String(inputs.alarmDescription).length);
    assert.ok(Math.max(...lengths) <= 1024, String(lengths));
  });

  it("watches the groups and roles that are named", async () => {
    const named = { administratorGroups: ["ops"], administratorRoles: ["root-ops", "break-glass"] };
    const filter = all(await adminAlarm(named), FILTER)[0];
    const sees = (event: Event) => filterMatches(String(filter?.inputs.pattern), event);
    assert.equal(sees(call("iam", "DeleteGroup", { groupName: "ops" })), true);
    assert.equal(sees(call("iam", "DeleteRole", { roleName: "break-glass" })), true);
    assert.equal(sees(call("iam", "DeleteGroup", { groupName: "administrators" })), false);
  });

  it("watches the classes that are named", async () => {
    const some = await adminAlarm({ changeClasses: ["trail", "mfa"] });
    const names = all(some, ALARM).map(({ inputs }) => inputs.name);
    assert.deepEqual(names.sort(), ["admin-change-mfa", "admin-change-trail"]);
  });

  it("refuses a class that is none, and none at all", async () => {
    assert.match(
      await refusal({ changeClasses: ["mfa", "keys"] }),
      /^AdminChangeAlarm: changeClasses\[1\] is "keys", which is none of: administrators, policies, /,
    );
    assert.match(
      await refusal({ changeClasses: [] }),
      /^AdminChangeAlarm: changeClasses is empty, so nothing would be/,
    );
  });

  it("refuses no administrators at all, whose changes would pass unseen", async () => {
    assert.equal(
      await refusal({ administratorGroups: [] }),
      "AdminChangeAlarm: administratorGroups is empty, so changes of administrators would pass unseen. " +
        "List a name, or leave it out.",
    );
    assert.match(await refusal({ administratorRoles: [] }), /^AdminChangeAlarm: administratorRoles is empty/);
  });

  it("refuses more names than a filter holds", async () => {
    const administratorRoles = ["a", "b", "c", "d", "e"].map((letter) => letter.repeat(128));
    assert.match(
      await refusal({ administratorRoles }),
      /^AdminChangeAlarm: administratorGroups and administratorRoles make a filter of 1\d\d\d characters; .* 1024\. List fewer\.$/,
    );
  });

  it("refuses a name with a quotation mark, which would end the filter's text", async () => {
    assert.match(
      await refusal({ administratorGroups: ['x" || "'] }),
      /administratorGroups\[0\] is .*, which is not a name/,
    );
  });
});

describe("stacks: AdminChangeAlarm, with a mail for every event", () => {
  it("makes no rule where that is not asked for", async () => {
    assert.deepEqual(all(await adminAlarm(), RULE), []);
  });

  it("lets EventBridge use the topic and its key, only where that is asked for", async () => {
    const statements = (registered: readonly Registered[], type: string) =>
      JSON.parse(String(only(registered, type).inputs.policy)).Statement.map(({ Sid }: { Sid: string }) => Sid);
    const without = await adminAlarm();
    assert.deepEqual(statements(without, TOPIC), ["AlarmsPublish"]);
    assert.deepEqual(statements(without, KEY), ["AccountAdministersKey", "AlarmsEncrypt"]);
    const mailing = await adminAlarm({ mailEveryEvent: true });
    assert.deepEqual(statements(mailing, TOPIC), ["AlarmsPublish", "EventsPublish"]);
    assert.deepEqual(statements(mailing, KEY), ["AccountAdministersKey", "AlarmsEncrypt", "EventsEncrypt"]);
  });

  it("forwards from the region where IAM reports to the stack's own", async () => {
    const registered = await adminAlarm(
      { mailEveryEvent: true, eventRegions: ["us-east-1"], changeClasses: ["mfa", "trail"] },
      { getRegion: { region: "eu-central-1" } },
    );
    const forward = all(registered, RULE).find(({ inputs }) => inputs.region === "us-east-1");
    assert.deepEqual(JSON.parse(String(forward?.inputs.eventPattern)), {
      detail: { eventSource: ["iam.amazonaws.com", "cloudtrail.amazonaws.com"] },
    });
    const target = all(registered, TARGET).find(({ inputs }) => inputs.region === "us-east-1");
    assert.equal(target?.inputs.arn, "arn:aws:events:eu-central-1:123456789012:event-bus/default");
    assert.deepEqual(JSON.parse(String(only(registered, "aws:iam/rolePolicy:RolePolicy").inputs.policy)).Statement, [
      {
        Effect: "Allow",
        Action: "events:PutEvents",
        Resource: "arn:aws:events:eu-central-1:123456789012:event-bus/default",
      },
    ]);
  });

  it("stops where IAM's events would be missed, and says which region to add", async () => {
    const [message] = await refusalOf(() => new AdminChangeAlarm("admins", { ...args, mailEveryEvent: true }), {
      ...trail(),
      getRegion: { region: "eu-central-1" },
    });
    assert.match(
      message,
      /^AdminChangeAlarm: IAM .* in us-east-1, not in eu-central-1.* Add us-east-1 to eventRegions\.$/,
    );
  });

  it("stops at the stack's own region, whose events would go round in a circle", async () => {
    assert.match(
      await refusal({ mailEveryEvent: true, eventRegions: ["us-east-1"] }),
      /^AdminChangeAlarm: eventRegions has us-east-1, the region of this stack, .* Take it out\.$/,
    );
  });

  it("refuses regions where no event is mailed", async () => {
    assert.match(await refusal({ eventRegions: ["us-east-1"] }), /eventRegions has no effect without mailEveryEvent/);
  });
});
