import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as pulumi from "@pulumi/pulumi";
import type { ArgumentChecker } from "../shared/arguments";
import { beforeCreation } from "../shared/prerequisites";
import { placeOf } from "../shared/provider-place";
import { AlarmTopic } from "./alarm-topic";
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

  /** ARN of an SNS topic that exists and lets CloudWatch publish, instead of `subscribers`. */
  topicArn?: pulumi.Input<string>;
}

/** What tells one alarm from another. */
export interface Alarm {
  readonly component: string;
  /** Name of the alarm, its metric filter, its metric and its topic; unique in the account and region. */
  readonly alarmName: string;
  readonly description: string;
  /** What counts: "Filter pattern syntax for metric filters" in the Amazon CloudWatch Logs User Guide. */
  readonly pattern: string;
}

const NAMESPACE = "IdentityGuardrails";

/** CloudTrail delivers to CloudWatch Logs within minutes, so shorter periods would be over before the events arrive. */
const PERIOD_SECONDS = 300;

/**
 * Makes an alarm on a trail, with a topic unless one is given, as children of `parent`, and returns the topic's ARN.
 * Before the first change it looks the trail up and stops where that would miss events.
 */
export function alarmOnTrail(
  name: string,
  { component, alarmName, description, pattern }: Alarm,
  { needs, subscribers, topicArn }: CheckedTrailAlarm,
  parent: pulumi.Resource,
): pulumi.Output<string> {
  const place = placeOf(parent);
  const filter = new cloudwatch.LogMetricFilter(
    `${name}-filter`,
    {
      name: alarmName,
      logGroupName: needs.logGroup,
      pattern,
      metricTransformation: { name: alarmName, namespace: NAMESPACE, value: "1" },
    },
    { parent, ...beforeCreation(`${name}-trail`, () => requireTrail(component, needs, parent)) },
  );
  const topic =
    topicArn ??
    new AlarmTopic(name, { topicName: alarmName, subscribers, place, after: [filter] }, { parent }).topicArn;
  new cloudwatch.MetricAlarm(
    `${name}-alarm`,
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
    { parent, dependsOn: [filter] },
  );
  return pulumi.output(topic);
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
  if (subscribers.length === 0 && args.topicArn === undefined) {
    check.refuse("subscribers", "is empty, so nobody would be told. List an e-mail address.");
  }
  if (subscribers.length > 0 && args.topicArn !== undefined) {
    check.refuse("subscribers", "has no effect beside topicArn. Take one of the two out.");
  }
  return { needs, subscribers, topicArn: args.topicArn };
}

/** Throws {@link InvalidArgument} for an e-mail address that is none, or that is listed twice. */
function checkedSubscribers(check: ArgumentChecker, value: unknown): readonly string[] {
  const subscribers = check.list("subscribers", value, /^/, "an e-mail address");
  return subscribers.map((entry, index) => check.email(`subscribers[${index}]`, entry));
}
