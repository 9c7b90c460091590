import { Organizations, type PolicyType } from "@aws-sdk/client-organizations";
import { client } from "./connection";
import type { Kinds } from "./kind";
import { halves, shownTags, tagChanges, tagsOf, text, textIn } from "./values";

const organizations = client(Organizations);

export const organizationsKinds: Kinds = {
  "aws:organizations/policy:Policy": {
    async create(inputs, aws) {
      const { Policy: policy } = await organizations(aws).createPolicy({
        Name: text(inputs, "name"),
        Content: text(inputs, "content"),
        Description: textIn(inputs, "description") ?? "",
        Type: text(inputs, "type") as PolicyType,
        Tags: tagsOf(inputs),
      });
      return policy?.PolicySummary?.Id ?? "";
    },
    async read(id, aws) {
      const { Policy: policy } = await organizations(aws).describePolicy({ PolicyId: id });
      const { Tags } = await organizations(aws).listTagsForResource({ ResourceId: id });
      return {
        name: policy?.PolicySummary?.Name ?? null,
        arn: policy?.PolicySummary?.Arn ?? null,
        content: policy?.Content ?? null,
        description: policy?.PolicySummary?.Description ?? null,
        type: policy?.PolicySummary?.Type ?? null,
        ...shownTags(Tags),
      };
    },
    async update(id, inputs, aws, olds) {
      await organizations(aws).updatePolicy({
        PolicyId: id,
        Name: text(inputs, "name"),
        Content: text(inputs, "content"),
        Description: textIn(inputs, "description") ?? "",
      });
      const { set, remove } = tagChanges(olds, inputs);
      if (set.length > 0) await organizations(aws).tagResource({ ResourceId: id, Tags: set });
      if (remove.length > 0) await organizations(aws).untagResource({ ResourceId: id, TagKeys: remove });
    },
    async delete(id, aws) {
      await organizations(aws).deletePolicy({ PolicyId: id });
    },
  },

  "aws:organizations/policyAttachment:PolicyAttachment": {
    async create(inputs, aws) {
      const [policyId, targetId] = [text(inputs, "policyId"), text(inputs, "targetId")];
      await organizations(aws).attachPolicy({ PolicyId: policyId, TargetId: targetId });
      return `${targetId}:${policyId}`;
    },
    async read(id, aws) {
      const [targetId, policyId] = halves(id, ":");
      const { Targets = [] } = await organizations(aws).listTargetsForPolicy({ PolicyId: policyId });
      return Targets.some((it) => it.TargetId === targetId) ? { policyId, targetId } : undefined;
    },
    async delete(id, aws) {
      const [targetId, policyId] = halves(id, ":");
      await organizations(aws).detachPolicy({ PolicyId: policyId, TargetId: targetId });
    },
  },
};
