import { EventBridge } from "@aws-sdk/client-eventbridge";
import type { WireMap } from "../../rpc";
import { type Connection, client } from "./connection";
import type { Kinds } from "./kind";
import { mapIn, text, textIn } from "./values";

const events = client(EventBridge);

async function putRule(inputs: WireMap, aws: Connection): Promise<void> {
  await events(aws).putRule({
    Name: text(inputs, "name"),
    Description: textIn(inputs, "description"),
    EventPattern: text(inputs, "eventPattern"),
    State: "ENABLED",
  });
}

async function putTarget(inputs: WireMap, aws: Connection): Promise<void> {
  const transformer = mapIn(inputs, "inputTransformer");
  const template = textIn(transformer, "inputTemplate");
  const paths = Object.entries(mapIn(transformer, "inputPaths")).map(([name, path]) => [name, String(path)]);
  const { FailedEntries = [] } = await events(aws).putTargets({
    Rule: text(inputs, "rule"),
    Targets: [
      {
        Id: text(inputs, "targetId"),
        Arn: text(inputs, "arn"),
        RoleArn: textIn(inputs, "roleArn"),
        ...(template === undefined
          ? {}
          : { InputTransformer: { InputTemplate: template, InputPathsMap: Object.fromEntries(paths) } }),
      },
    ],
  });
  if (FailedEntries.length > 0) throw new Error(FailedEntries[0]?.ErrorMessage ?? "the target was not taken");
}

export const eventBridgeKinds: Kinds = {
  "aws:cloudwatch/eventRule:EventRule": {
    async create(inputs, aws) {
      await putRule(inputs, aws);
      return text(inputs, "name");
    },
    async read(id, aws) {
      const rule = await events(aws).describeRule({ Name: id });
      return {
        name: id,
        arn: rule.Arn ?? null,
        description: rule.Description ?? null,
        eventPattern: rule.EventPattern ?? null,
      };
    },
    update: (_id, inputs, aws) => putRule(inputs, aws),
    async delete(id, aws) {
      await events(aws).deleteRule({ Name: id });
    },
  },

  "aws:cloudwatch/eventTarget:EventTarget": {
    async create(inputs, aws) {
      await putTarget(inputs, aws);
      return `${text(inputs, "rule")}-${text(inputs, "targetId")}`;
    },
    async read(_id, aws, state) {
      const [rule, targetId] = [text(state, "rule"), text(state, "targetId")];
      const { Targets = [] } = await events(aws).listTargetsByRule({ Rule: rule });
      const found = Targets.find((it) => it.Id === targetId);
      if (found === undefined) return undefined;
      const { InputTransformer: transformer } = found;
      return {
        rule,
        targetId,
        arn: found.Arn ?? null,
        roleArn: found.RoleArn ?? null,
        inputTransformer:
          transformer === undefined
            ? null
            : { inputPaths: transformer.InputPathsMap ?? {}, inputTemplate: transformer.InputTemplate ?? "" },
      };
    },
    update: (_id, inputs, aws) => putTarget(inputs, aws),
    async delete(_id, aws, state) {
      await events(aws).removeTargets({ Rule: text(state, "rule"), Ids: [text(state, "targetId")] });
    },
  },
};
