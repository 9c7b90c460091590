import { CloudWatch, type ComparisonOperator, type Statistic } from "@aws-sdk/client-cloudwatch";
import { CloudWatchLogs } from "@aws-sdk/client-cloudwatch-logs";
import type { WireMap } from "../../rpc";
import { type Connection, client } from "./connection";
import type { Kinds } from "./kind";
import { flagIn, halves, mapIn, numberIn, text, textIn, textsIn } from "./values";

const cloudWatch = client(CloudWatch);
const logs = client(CloudWatchLogs);

async function putFilter(inputs: WireMap, aws: Connection): Promise<void> {
  const transformation = mapIn(inputs, "metricTransformation");
  await logs(aws).putMetricFilter({
    logGroupName: text(inputs, "logGroupName"),
    filterName: text(inputs, "name"),
    filterPattern: text(inputs, "pattern"),
    metricTransformations: [
      {
        metricName: text(transformation, "name"),
        metricNamespace: text(transformation, "namespace"),
        metricValue: text(transformation, "value"),
      },
    ],
  });
}

async function putAlarm(inputs: WireMap, aws: Connection): Promise<void> {
  await cloudWatch(aws).putMetricAlarm({
    AlarmName: text(inputs, "name"),
    ActionsEnabled: flagIn(inputs, "actionsEnabled"),
    AlarmActions: textsIn(inputs, "alarmActions"),
    AlarmDescription: textIn(inputs, "alarmDescription"),
    ComparisonOperator: text(inputs, "comparisonOperator") as ComparisonOperator,
    EvaluationPeriods: numberIn(inputs, "evaluationPeriods"),
    MetricName: textIn(inputs, "metricName"),
    Namespace: textIn(inputs, "namespace"),
    Period: numberIn(inputs, "period"),
    Statistic: textIn(inputs, "statistic") as Statistic | undefined,
    Threshold: numberIn(inputs, "threshold"),
    TreatMissingData: textIn(inputs, "treatMissingData"),
  });
}

export const cloudWatchKinds: Kinds = {
  "aws:cloudwatch/logMetricFilter:LogMetricFilter": {
    async create(inputs, aws) {
      await putFilter(inputs, aws);
      return `${text(inputs, "logGroupName")}:${text(inputs, "name")}`;
    },
    async read(id, aws) {
      const [logGroupName, name] = halves(id, ":");
      const { metricFilters = [] } = await logs(aws).describeMetricFilters({ logGroupName, filterNamePrefix: name });
      const found = metricFilters.find((it) => it.filterName === name);
      if (found === undefined) return undefined;
      const [transformation] = found.metricTransformations ?? [];
      return {
        logGroupName,
        name,
        pattern: found.filterPattern ?? null,
        metricTransformation: {
          name: transformation?.metricName ?? "",
          namespace: transformation?.metricNamespace ?? "",
          value: transformation?.metricValue ?? "",
        },
      };
    },
    update: (_id, inputs, aws) => putFilter(inputs, aws),
    async delete(id, aws) {
      const [logGroupName, filterName] = halves(id, ":");
      await logs(aws).deleteMetricFilter({ logGroupName, filterName });
    },
  },

  "aws:cloudwatch/metricAlarm:MetricAlarm": {
    async create(inputs, aws) {
      await putAlarm(inputs, aws);
      return text(inputs, "name");
    },
    async read(id, aws) {
      const { MetricAlarms = [] } = await cloudWatch(aws).describeAlarms({ AlarmNames: [id] });
      const [alarm] = MetricAlarms;
      if (alarm === undefined) return undefined;
      return {
        name: alarm.AlarmName ?? null,
        arn: alarm.AlarmArn ?? null,
        actionsEnabled: alarm.ActionsEnabled ?? null,
        alarmActions: alarm.AlarmActions ?? [],
        alarmDescription: alarm.AlarmDescription ?? null,
        comparisonOperator: alarm.ComparisonOperator ?? null,
        evaluationPeriods: alarm.EvaluationPeriods ?? null,
        metricName: alarm.MetricName ?? null,
        namespace: alarm.Namespace ?? null,
        period: alarm.Period ?? null,
        statistic: alarm.Statistic ?? null,
        threshold: alarm.Threshold ?? null,
        treatMissingData: alarm.TreatMissingData ?? null,
      };
    },
    update: (_id, inputs, aws) => putAlarm(inputs, aws),
    async delete(id, aws) {
      await cloudWatch(aws).deleteAlarms({ AlarmNames: [id] });
    },
  },
};
