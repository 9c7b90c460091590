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
  /** What is made before anything of the topic. */
  readonly after: readonly pulumi.Resource[];
}

const KEY_DELETION_DAYS = 30;

/**
 * An SNS topic for alarms, encrypted with a key of its own: the key that AWS keeps for SNS does not let CloudWatch
 * publish. See "Key management" in the Amazon SNS Developer Guide.
 */
export class AlarmTopic extends pulumi.ComponentResource {
  readonly topicArn: pulumi.Output<string>;

  constructor(name: string, args: AlarmTopicArgs, opts?: pulumi.ComponentResourceOptions) {
    super("aws-identity-guardrails:index:AlarmTopic", name, {}, opts);
    const { topicName, subscribers, place, after } = args;
    const parent = { parent: this };

    const key = new kms.Key(
      `${name}-key`,
      {
        description: `Encrypts the SNS topic ${topicName}.`,
        enableKeyRotation: true,
        deletionWindowInDays: KEY_DELETION_DAYS,
        policy: place.apply(keyPolicy),
      },
      { ...parent, dependsOn: [...after] },
    );
    const topic = new sns.Topic(
      `${name}-topic`,
      {
        name: topicName,
        kmsMasterKeyId: key.keyId,
        policy: place.apply((own) => topicPolicy(own, topicName)),
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

function keyPolicy(place: Place): string {
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
        Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
        Resource: "*",
        Condition: fromAlarms(place),
      },
    ],
  });
}

function topicPolicy(place: Place, topicName: string): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "AlarmsPublish",
        Effect: "Allow",
        Principal: { Service: "cloudwatch.amazonaws.com" },
        Action: "sns:Publish",
        Resource: `arn:${place.partition}:sns:${place.region}:${place.accountId}:${topicName}`,
        Condition: fromAlarms(place),
      },
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
