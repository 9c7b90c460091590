import { SNS } from "@aws-sdk/client-sns";
import { client } from "./connection";
import type { Kinds } from "./kind";
import { shownTags, tagsOf, text, textIn } from "./values";

const sns = client(SNS);

/** Properties of a topic by what the API calls them ("SetTopicAttributes"). */
const TOPIC_ATTRIBUTES: Readonly<Record<string, string>> = {
  displayName: "DisplayName",
  kmsMasterKeyId: "KmsMasterKeyId",
  policy: "Policy",
};

export const snsKinds: Kinds = {
  "aws:sns/topic:Topic": {
    async create(inputs, aws) {
      const given = Object.entries(TOPIC_ATTRIBUTES).flatMap(([name, attribute]): [string, string][] => {
        const value = textIn(inputs, name);
        return value === undefined ? [] : [[attribute, value]];
      });
      const { TopicArn = "" } = await sns(aws).createTopic({
        Name: text(inputs, "name"),
        Attributes: Object.fromEntries(given),
        Tags: tagsOf(inputs),
      });
      return TopicArn;
    },
    async read(id, aws) {
      const { Attributes = {} } = await sns(aws).getTopicAttributes({ TopicArn: id });
      const { Tags } = await sns(aws).listTagsForResource({ ResourceArn: id });
      return {
        arn: id,
        name: id.split(":").at(-1) ?? null,
        displayName: Attributes.DisplayName || null,
        kmsMasterKeyId: Attributes.KmsMasterKeyId || null,
        owner: Attributes.Owner ?? null,
        policy: Attributes.Policy ?? null,
        ...shownTags(Tags),
      };
    },
    async update(id, inputs, aws, olds) {
      for (const [name, attribute] of Object.entries(TOPIC_ATTRIBUTES)) {
        if (olds[name] === inputs[name]) continue;
        const value = textIn(inputs, name) ?? "";
        await sns(aws).setTopicAttributes({ TopicArn: id, AttributeName: attribute, AttributeValue: value });
      }
    },
    async delete(id, aws) {
      await sns(aws).deleteTopic({ TopicArn: id });
    },
  },

  "aws:sns/topicSubscription:TopicSubscription": {
    async create(inputs, aws) {
      const { SubscriptionArn = "" } = await sns(aws).subscribe({
        TopicArn: text(inputs, "topic"),
        Protocol: text(inputs, "protocol"),
        Endpoint: text(inputs, "endpoint"),
        ReturnSubscriptionArn: true,
      });
      return SubscriptionArn;
    },
    async read(id, aws) {
      const { Attributes = {} } = await sns(aws).getSubscriptionAttributes({ SubscriptionArn: id });
      return {
        arn: id,
        endpoint: Attributes.Endpoint ?? null,
        ownerId: Attributes.Owner ?? null,
        pendingConfirmation: Attributes.PendingConfirmation === "true",
        protocol: Attributes.Protocol ?? null,
        topic: Attributes.TopicArn ?? null,
      };
    },
    async delete(id, aws) {
      await sns(aws).unsubscribe({ SubscriptionArn: id });
    },
  },
};
