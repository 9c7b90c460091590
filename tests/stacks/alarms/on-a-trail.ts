import { AdminChangeAlarm } from "../../../stacks/components";
import { type Answers, refusalOf } from "../registered";

export const FILTER = "aws:cloudwatch/logMetricFilter:LogMetricFilter";
export const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
export const TOPIC = "aws:sns/topic:Topic";
export const KEY = "aws:kms/key:Key";

export const args = { trail: "organization-trail", logGroup: "trail-logs", subscribers: ["security@example.com"] };

/** A trail that delivers everything, with the properties that differ. */
export function trail(properties: object = {}): Answers {
  const usual = {
    IsLogging: true,
    IsMultiRegionTrail: true,
    IsOrganizationTrail: true,
    CloudWatchLogsLogGroupArn: "arn:aws:logs:us-east-1:123456789012:log-group:trail-logs:*",
  };
  return { getResource: { properties: JSON.stringify({ ...usual, ...properties }) } };
}

/** With what AdminChangeAlarm refuses these arguments, or this trail. */
export async function refusal(different: object, answers = trail()): Promise<string> {
  const [message] = await refusalOf(() => new AdminChangeAlarm("admins", { ...args, ...different }), answers);
  return message;
}
