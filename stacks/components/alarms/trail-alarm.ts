import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as pulumi from "@pulumi/pulumi";
import type { ArgumentChecker } from "../shared/arguments";
import { beforeCreation } from "../shared/prerequisites";
import { type Place, placeOf } from "../shared/provider-place";
import { AlarmTopic } from "./alarm-topic";
import { type EventCondition, filterPattern } from "./event-condition";
import { requireTrail, type TrailNeeds } from "./trail";

/** What every alarm on a trail takes. */
export interface TrailAlarmArgs {
  /** The name of the trail in this account and region: an organization trail unless `trailScope` is `account`. */
  trail: string;

  /** The name of the log group in CloudWatch Logs that the trail delivers to. */
  logGroup: string;

  /** `organization` (the default) covers every account and needs an organization trail; `account` covers this one alone. */
  trailScope?: "organization" | "account";

  /** E-mail addresses that are told, through an encrypted topic made for them. Each must confirm SNS's first message. */
  subscribers?: readonly string[];

  /** ARN of an SNS topic of this region that exists and lets CloudWatch publish, instead of `subscribers`. */
  topicArn?: pulumi.Input<string>;
}

/** What tells one alarm from another. */
export interface Alarm {
  /** Name of the alarm, its metric filter and its metric; unique in the account and region, and no other's beginning. */
  readonly alarmName: string;
  /** What happened, as a sentence. */
  readonly description: string;
  readonly condition: EventCondition;
}

/** Alarms that share a topic. */
export interface AlarmSet {
  readonly component: string;
  /** The topic's name, unique in the account and region. */
  readonly topicName: string;
  readonly alarms: readonly Alarm[];
  /** Whether EventBridge may publish to the topic too. */
  readonly takesEvents?: boolean;
}

const NAMESPACE = "IdentityGuardrails";

/** "CloudWatch Logs quotas" in the Amazon CloudWatch Logs User Guide. */
export const PATTERN_MAX_CHARACTERS = 1024;

/**
 * The shortest period of a metric without high resolution, so that an alarm falls back, and can tell of the next event, soon.
 * Data that come late do not go by: "Configuring how CloudWatch alarms treat missing data" in the Amazon CloudWatch User Guide
 * has an alarm look at more periods than it evaluates, and take the latest that hold data.
 */
const PERIOD_SECONDS = 60;

/**
 * Makes alarms on a trail, with a topic unless one is given, as children of `parent`, and returns the topic's ARN and the place.
 * Before the first change it looks the trail up and stops where that would miss events.
 */
export function alarmsOnTrail(
  name: string,
  { component, topicName, alarms, takesEvents = false }: AlarmSet,
  { needs, subscribers, topicArn }: CheckedTrailAlarm,
  parent: pulumi.Resource,
): { topicArn: pulumi.Output<string>; place: pulumi.Output<Place> } {
  const place = placeOf(parent);
  const trail = beforeCreation(`${name}-trail`, () => requireTrail(component, needs, parent));
  const filters: cloudwatch.LogMetricFilter[] = [];
  for (const { alarmName, condition } of alarms) {
    const first = filters.slice(0, 1);
    const filter = new cloudwatch.LogMetricFilter(
      `${name}-${alarmName}-filter`,
      {
        name: alarmName,
        logGroupName: needs.logGroup,
        pattern: filterPattern(condition),
        metricTransformation: { name: alarmName, namespace: NAMESPACE, value: "1" },
      },
      { parent, dependsOn: first, ...(first.length === 0 ? trail : {}) },
    );
    filters.push(filter);
  }
  const topic =
    topicArn ??
    new AlarmTopic(name, { topicName, subscribers, place, takesEvents, after: filters }, { parent }).topicArn;
  for (const { alarmName, description } of alarms) {
    new cloudwatch.MetricAlarm(
      `${name}-${alarmName}-alarm`,
      {
        name: alarmName,
        alarmDescription: place.apply(({ region }) => `${description} ${whoDidIt(needs.logGroup, region, alarmName)}`),
        namespace: NAMESPACE,
        metricName: alarmName,
        statistic: "Sum",
        period: PERIOD_SECONDS,
        evaluationPeriods: 1,
        threshold: 1,
        comparisonOperator: "GreaterThanOrEqualToThreshold",
        treatMissingData: "notBreaching",
        alarmActions: [topic],
      },
      { parent, dependsOn: filters },
    );
  }
  return { topicArn: pulumi.output(topic), place };
}

/** An alarm says that something happened; this command says what. */
function whoDidIt(logGroup: string, region: string, alarmName: string): string {
  return (
    `To see the events of the last hour: aws logs filter-log-events --region ${region} --log-group-name ${logGroup} ` +
    `--start-time "$(($(date +%s) - 3600))000" --filter-pattern "$(aws logs describe-metric-filters --region ${region} ` +
    `--log-group-name ${logGroup} --filter-name-prefix ${alarmName} --query "metricFilters[0].filterPattern" --output text)"`
  );
}

/** {@link TrailAlarmArgs} that are as they must be. */
export interface CheckedTrailAlarm {
  readonly needs: TrailNeeds;
  readonly subscribers: readonly string[];
  readonly topicArn: pulumi.Input<string> | undefined;
}

/** Throws {@link InvalidArgument} for a name that CloudTrail or CloudWatch Logs does not allow, and for nobody to tell. */
export function checkedTrailAlarm(check: ArgumentChecker, args: TrailAlarmArgs): CheckedTrailAlarm {
  const scope = check.choice("trailScope", args.trailScope ?? "organization", ["organization", "account"] as const);
  const needs = {
    trail: check.text(
      "trail",
      args.trail,
      /^[A-Za-z0-9][A-Za-z0-9._-]{2,127}$/,
      "the name of a trail (not its ARN), as aws cloudtrail list-trails shows it",
    ),
    logGroup: check.text(
      "logGroup",
      args.logGroup,
      /^[\w./#-]{1,256}$/,
      "the name of the trail's log group (not its ARN) of at most 256 characters, as aws cloudtrail describe-trails shows it",
    ),
    organization: scope === "organization",
  };
  const subscribers = checkedSubscribers(check, args.subscribers ?? []);
  const topicArn = checkedTopic(check, args.topicArn);
  if (subscribers.length === 0 && topicArn === undefined) {
    check.refuse("subscribers", "is empty, so nobody would be told. List an e-mail address, or set topicArn.");
  }
  if (subscribers.length > 0 && topicArn !== undefined) {
    check.refuse("subscribers", "has no effect beside topicArn. Take one of the two out.");
  }
  return { needs, subscribers, topicArn };
}

/** Throws {@link InvalidArgument} for a text that is no topic's ARN; what is an output is not known yet. */
function checkedTopic(
  check: ArgumentChecker,
  topicArn: pulumi.Input<string> | undefined,
): pulumi.Input<string> | undefined {
  if (topicArn === undefined || typeof topicArn === "object") return topicArn;
  return check.text(
    "topicArn",
    topicArn,
    /^arn:aws[a-z-]*:sns:[a-z0-9-]+:[0-9]{12}:[\w-]{1,256}$/,
    "the ARN of an SNS topic, such as arn:aws:sns:us-east-1:123456789012:security",
  );
}

/** Throws {@link InvalidArgument} for an e-mail address that is none, or that is listed twice. */
function checkedSubscribers(check: ArgumentChecker, value: unknown): readonly string[] {
  const subscribers = check.list("subscribers", value, /^/, "an e-mail address");
  return subscribers.map((entry, index) => check.email(`subscribers[${index}]`, entry));
}
