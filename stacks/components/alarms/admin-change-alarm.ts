import * as pulumi from "@pulumi/pulumi";
import { ArgumentChecker } from "../shared/arguments";
import { alarmOnTrail, type CheckedTrailAlarm, checkedTrailAlarm, type TrailAlarmArgs } from "./trail-alarm";

/** Arguments of {@link AdminChangeAlarm}. */
export interface AdminChangeAlarmArgs extends TrailAlarmArgs {
  /** Names of the administrators' groups, spelt as IAM shows them. `administrators` by default. */
  administratorGroups?: readonly string[];

  /** Names of the administrators' roles, spelt as IAM shows them. `administrator` by default. */
  administratorRoles?: readonly string[];
}

const COMPONENT = "AdminChangeAlarm";
const ADMIN_CHANGE = "admin-change";

/** "CloudWatch Logs quotas" in the Amazon CloudWatch Logs User Guide. */
const PATTERN_MAX_CHARACTERS = 1024;

/**
 * An alarm for what makes an administrator: a change of an administrators' group (AddUserToGroup among them), of one of the
 * administrators' roles or of the group's policy; AdministratorAccess or IAMFullAccess attached to anybody; a new access key;
 * a new or changed password for the console. Failed attempts count. With an organization trail it covers every account.
 *
 * Throws {@link InvalidArgument} like {@link checkedTrailAlarm}, for a name that IAM does not allow and for more names than a
 * filter can hold; before the first change it looks the trail up and stops where that would miss events.
 */
export class AdminChangeAlarm extends pulumi.ComponentResource {
  readonly topicArn: pulumi.Output<string>;

  constructor(name: string, args: AdminChangeAlarmArgs, opts?: pulumi.ComponentResourceOptions) {
    const { pattern, ...checked } = checkedAdminChangeAlarm(args);
    super("aws-identity-guardrails:index:AdminChangeAlarm", name, {}, opts);
    const alarm = {
      component: COMPONENT,
      alarmName: ADMIN_CHANGE,
      description:
        "Administrators changed: their group, role or policy, AdministratorAccess or IAMFullAccess attached, a new access " +
        "key, or a new password.",
      pattern,
    };
    this.topicArn = alarmOnTrail(name, alarm, checked, this);
    this.registerOutputs({ topicArn: this.topicArn });
  }
}

/** Throws {@link InvalidArgument} for what {@link AdminChangeAlarm} refuses. */
export function checkedAdminChangeAlarm(args: AdminChangeAlarmArgs): CheckedTrailAlarm & { readonly pattern: string } {
  const check = new ArgumentChecker(COMPONENT);
  return { ...checkedTrailAlarm(check, args), pattern: checkedPattern(check, args) };
}

function checkedPattern(check: ArgumentChecker, args: AdminChangeAlarmArgs): string {
  const name = /^[\w+=,.@-]{1,128}$/;
  const form = "a name in IAM: letters, digits and _+=,.@-, without a path or an ARN";
  const groups = check.list("administratorGroups", args.administratorGroups ?? ["administrators"], name, form);
  const roles = check.list("administratorRoles", args.administratorRoles ?? ["administrator"], name, form);
  const pattern = patternFor(groups, roles);
  if (pattern.length > PATTERN_MAX_CHARACTERS) {
    check.refuse(
      "administratorGroups",
      `and administratorRoles make a filter of ${pattern.length} characters; CloudWatch Logs takes ` +
        `${PATTERN_MAX_CHARACTERS}. List fewer.`,
    );
  }
  return pattern;
}

/** "Actions, resources, and condition keys for AWS Identity and Access Management" in the Service Authorization Reference. */
function patternFor(groups: readonly string[], roles: readonly string[]): string {
  const is = (field: string, value: string) => `($.${field} = "${value}")`;
  const touched = [
    ...groups.map((group) => is("requestParameters.groupName", group)),
    ...groups.map((group) => is("requestParameters.policyArn", `*:policy/${group}-self-service`)),
    ...roles.map((role) => is("requestParameters.roleName", role)),
    is("requestParameters.policyArn", "*:aws:policy/AdministratorAccess"),
    is("requestParameters.policyArn", "*:aws:policy/IAMFullAccess"),
  ];
  const made = ["CreateAccessKey", "CreateLoginProfile", "UpdateLoginProfile"].map((call) => is("eventName", call));
  return (
    `{ ($.eventSource = "iam.amazonaws.com") && (${made.join(" || ")} || ` +
    `(($.readOnly IS FALSE) && (${touched.join(" || ")}))) }`
  );
}
