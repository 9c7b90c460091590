import * as kms from "@pulumi/aws/kms";
import * as sns from "@pulumi/aws/sns";
import * as pulumi from "@pulumi/pulumi";
import type { Place } from "../shared/provider-place";

/** Arguments of {@link AlarmTopic}, which its callers have checked. */
export interface AlarmTopicArgs {
  /** The topic's name, unique in the account and region. */
  readonly topicName: string;
  /** E-mail addresses that are told. Each must confirm the message that SNS sends it. */
  readonly subscribers: readonly string[];
  readonly place: pulumi.Output<Place>;
  /** Whether EventBridge publishes to it, beside the alarms. */
  readonly takesEvents?: boolean;
  /** What is made before anything of the topic. */
  readonly after: readonly pulumi.Resource[];
}

const KEY_DELETION_DAYS = 30;
const ENCRYPTING = ["kms:Decrypt", "kms:GenerateDataKey*"];

/**
 * Without a condition on the source: EventBridge sends none to SNS ("Using resource-based policies for Amazon EventBridge", Amazon
 * SNS permissions, in the Amazon EventBridge User Guide). A rule of another account publishes by a role of its own, not as the service.
 */
const EVENTS = { Service: "events.amazonaws.com" };

/**
 * An SNS topic for alarms, encrypted with a key of its own: the key that AWS keeps for SNS does not let CloudWatch
 * publish. See "Key management" in the Amazon SNS Developer Guide.
 */
export class AlarmTopic extends pulumi.ComponentResource {
  readonly topicArn: pulumi.Output<string>;

  constructor(name: string, args: AlarmTopicArgs, opts?: pulumi.ComponentResourceOptions) {
    super("aws-identity-guardrails:index:AlarmTopic", name, {}, opts);
    const { topicName, subscribers, place, takesEvents = false, after } = args;
    const parent = { parent: this };

    const key = new kms.Key(
      `${name}-key`,
      {
        description: `Encrypts the SNS topic ${topicName}.`,
        enableKeyRotation: true,
        deletionWindowInDays: KEY_DELETION_DAYS,
        policy: place.apply((own) => keyPolicy(own, takesEvents)),
      },
      { ...parent, dependsOn: [...after] },
    );
    const topic = new sns.Topic(
      `${name}-topic`,
      {
        name: topicName,
        kmsMasterKeyId: key.keyId,
        policy: place.apply((own) => topicPolicy(own, topicName, takesEvents)),
      },
      parent,
    );
    for (const endpoint of subscribers) {
      new sns.TopicSubscription(`${name}-${endpoint}`, { topic: topic.arn, protocol: "email", endpoint }, parent);
    }

    this.topicArn = topic.arn;
    this.registerOutputs({ topicArn: this.topicArn });
  }
}

function keyPolicy(place: Place, takesEvents: boolean): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "AccountAdministersKey",
        Effect: "Allow",
        Principal: { AWS: `arn:${place.partition}:iam::${place.accountId}:root` },
        Action: "kms:*",
        Resource: "*",
      },
      {
        Sid: "AlarmsEncrypt",
        Effect: "Allow",
        Principal: { Service: "cloudwatch.amazonaws.com" },
        Action: ENCRYPTING,
        Resource: "*",
        Condition: fromAlarms(place),
      },
      ...(takesEvents
        ? [{ Sid: "EventsEncrypt", Effect: "Allow", Principal: EVENTS, Action: ENCRYPTING, Resource: "*" }]
        : []),
    ],
  });
}

function topicPolicy(place: Place, topicName: string, takesEvents: boolean): string {
  const resource = `arn:${place.partition}:sns:${place.region}:${place.accountId}:${topicName}`;
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "AlarmsPublish",
        Effect: "Allow",
        Principal: { Service: "cloudwatch.amazonaws.com" },
        Action: "sns:Publish",
        Resource: resource,
        Condition: fromAlarms(place),
      },
      ...(takesEvents
        ? [{ Sid: "EventsPublish", Effect: "Allow", Principal: EVENTS, Action: "sns:Publish", Resource: resource }]
        : []),
    ],
  });
}

/** Any alarm of this account and region; without it CloudWatch would publish for other accounts too (the confused deputy). */
function fromAlarms({ partition, region, accountId }: Place) {
  return {
    StringEquals: { "aws:SourceAccount": accountId },
    ArnLike: { "aws:SourceArn": `arn:${partition}:cloudwatch:${region}:${accountId}:alarm:*` },
  };
}
