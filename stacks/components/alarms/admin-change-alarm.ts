import * as pulumi from "@pulumi/pulumi";
import { ArgumentChecker } from "../shared/arguments";
import { type ChangeClass, type ChangeClassName, changeClasses, changeClassNames } from "./change-classes";
import { filterPattern } from "./event-condition";
import { EventMail } from "./event-mail";
import {
  alarmsOnTrail,
  type CheckedTrailAlarm,
  checkedTrailAlarm,
  PATTERN_MAX_CHARACTERS,
  type TrailAlarmArgs,
} from "./trail-alarm";

/** Arguments of {@link AdminChangeAlarm}. */
export interface AdminChangeAlarmArgs extends TrailAlarmArgs {
  /** Names of the administrators' groups, spelt as IAM shows them. `administrators` by default. */
  administratorGroups?: readonly string[];

  /** Names of the administrators' roles, spelt as IAM shows them. `administrator` by default. */
  administratorRoles?: readonly string[];

  /** The classes of changes to watch, each with an alarm of its own. All of them by default. */
  changeClasses?: readonly ChangeClassName[];

  /**
   * Whether EventBridge mails every single event of these classes in this account as well, within a minute or so. False by
   * default: in a busy account that is a lot of mail.
   */
  mailEveryEvent?: boolean;

  /**
   * Other regions than the stack's own, whose events are mailed too: the one in which IAM and AWS Organizations report
   * (us-east-1 in the partition `aws`), which is demanded; that of IAM Identity Center; those in which people sign in.
   */
  eventRegions?: readonly string[];
}

const COMPONENT = "AdminChangeAlarm";
const ADMIN_CHANGE = "admin-change";

/**
 * Alarms for what makes or unmakes power over an account or organization: one for each class of {@link changeClasses}, since an
 * alarm acts only when its state changes and events of one class would hide those of another. With an organization trail they
 * cover every account. With `mailEveryEvent` EventBridge hides none: it mails each event of the account in which this is deployed.
 *
 * Throws {@link InvalidArgument} like {@link checkedTrailAlarm}, for a name that IAM does not allow, no name, more names than a
 * filter can hold, and classes or regions that are none; before the first change it looks the trail up and stops where that would miss
 * events.
 */
export class AdminChangeAlarm extends pulumi.ComponentResource {
  readonly topicArn: pulumi.Output<string>;

  constructor(name: string, args: AdminChangeAlarmArgs, opts?: pulumi.ComponentResourceOptions) {
    const { classes, mailEveryEvent, eventRegions, ...checked } = checkedAdminChangeAlarm(args);
    super("aws-identity-guardrails:index:AdminChangeAlarm", name, {}, opts);
    const alarms = classes.map((it) => ({ ...it, alarmName: `${ADMIN_CHANGE}-${it.name}` }));
    const { topicArn, place } = alarmsOnTrail(
      name,
      { component: COMPONENT, topicName: ADMIN_CHANGE, alarms, takesEvents: mailEveryEvent },
      checked,
      this,
    );
    if (mailEveryEvent) {
      const mail = { component: COMPONENT, prefix: ADMIN_CHANGE, classes, topicArn, place, regions: eventRegions };
      new EventMail(name, mail, { parent: this });
    }
    this.topicArn = topicArn;
    this.registerOutputs({ topicArn: this.topicArn });
  }
}

interface CheckedAdminChangeAlarm extends CheckedTrailAlarm {
  readonly classes: readonly ChangeClass[];
  readonly mailEveryEvent: boolean;
  readonly eventRegions: readonly string[];
}

/** Throws {@link InvalidArgument} for what {@link AdminChangeAlarm} refuses. */
export function checkedAdminChangeAlarm(args: AdminChangeAlarmArgs): CheckedAdminChangeAlarm {
  const check = new ArgumentChecker(COMPONENT);
  const mailEveryEvent = check.boolean("mailEveryEvent", args.mailEveryEvent ?? false);
  const eventRegions = check.list(
    "eventRegions",
    args.eventRegions ?? [],
    /^[a-z]{2,4}(-[a-z]+)+-[0-9]$/,
    "a region, such as eu-central-1",
  );
  if (eventRegions.length > 0 && !mailEveryEvent) {
    check.refuse("eventRegions", "has no effect without mailEveryEvent. Set that to true, or take eventRegions out.");
  }
  return { ...checkedTrailAlarm(check, args), classes: checkedClasses(check, args), mailEveryEvent, eventRegions };
}

function checkedClasses(check: ArgumentChecker, args: AdminChangeAlarmArgs): readonly ChangeClass[] {
  const groups = checkedNames(check, "administratorGroups", args.administratorGroups ?? ["administrators"]);
  const roles = checkedNames(check, "administratorRoles", args.administratorRoles ?? ["administrator"]);
  const chosen = check.list("changeClasses", args.changeClasses ?? changeClassNames, /^/, "a class of changes");
  if (chosen.length === 0) {
    check.refuse(
      "changeClasses",
      `is empty, so nothing would be watched. List some of: ${changeClassNames.join(", ")}.`,
    );
  }
  chosen.forEach((name, index) => {
    check.choice(`changeClasses[${index}]`, name, changeClassNames);
  });
  const classes = changeClasses(groups, roles).filter(({ name }) => chosen.includes(name));
  for (const { condition } of classes) {
    const { length } = filterPattern(condition);
    if (length <= PATTERN_MAX_CHARACTERS) continue;
    check.refuse(
      "administratorGroups",
      `and administratorRoles make a filter of ${length} characters; CloudWatch Logs takes ` +
        `${PATTERN_MAX_CHARACTERS}. List fewer.`,
    );
  }
  return classes;
}

function checkedNames(check: ArgumentChecker, argument: string, value: unknown): readonly string[] {
  const form = "a name in IAM: letters, digits and _+=,.@-, without a path or an ARN";
  const names = check.list(argument, value, /^[\w+=,.@-]{1,128}$/, form);
  if (names.length === 0) {
    check.refuse(argument, "is empty, so changes of administrators would pass unseen. List a name, or leave it out.");
  }
  return names;
}
