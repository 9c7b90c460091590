import { IAM } from "@aws-sdk/client-iam";
import { client } from "./connection";
import type { Kinds } from "./kind";
import { shownTags, tagChanges, tagsOf, text, textIn } from "./values";

const iam = client(IAM);

/** IAM keeps five versions of a policy and refuses a sixth ("IAM and AWS STS quotas"). */
const MOST_VERSIONS = 5;

export const iamPolicyKinds: Kinds = {
  "aws:iam/policy:Policy": {
    async create(inputs, aws) {
      const { Policy: policy } = await iam(aws).createPolicy({
        PolicyName: text(inputs, "name"),
        PolicyDocument: text(inputs, "policy"),
        Description: textIn(inputs, "description"),
        Path: textIn(inputs, "path"),
        Tags: tagsOf(inputs),
      });
      return policy?.Arn ?? "";
    },
    async read(id, aws) {
      const { Policy: policy } = await iam(aws).getPolicy({ PolicyArn: id });
      if (policy === undefined) return undefined;
      const version = await iam(aws).getPolicyVersion({ PolicyArn: id, VersionId: policy.DefaultVersionId });
      return {
        name: policy.PolicyName ?? null,
        arn: policy.Arn ?? null,
        attachmentCount: policy.AttachmentCount ?? 0,
        description: policy.Description ?? null,
        path: policy.Path ?? null,
        policy: decodeURIComponent(version.PolicyVersion?.Document ?? ""),
        policyId: policy.PolicyId ?? null,
        ...shownTags(policy.Tags),
      };
    },
    async update(id, inputs, aws, olds) {
      if (olds.policy !== inputs.policy) {
        const { Versions = [] } = await iam(aws).listPolicyVersions({ PolicyArn: id });
        const spare = Versions.filter((it) => it.IsDefaultVersion !== true).at(-1);
        if (Versions.length >= MOST_VERSIONS && spare !== undefined) {
          await iam(aws).deletePolicyVersion({ PolicyArn: id, VersionId: spare.VersionId });
        }
        await iam(aws).createPolicyVersion({
          PolicyArn: id,
          PolicyDocument: text(inputs, "policy"),
          SetAsDefault: true,
        });
      }
      const { set, remove } = tagChanges(olds, inputs);
      if (set.length > 0) await iam(aws).tagPolicy({ PolicyArn: id, Tags: set });
      if (remove.length > 0) await iam(aws).untagPolicy({ PolicyArn: id, TagKeys: remove });
    },
    async delete(id, aws) {
      const { Versions = [] } = await iam(aws).listPolicyVersions({ PolicyArn: id });
      for (const { VersionId } of Versions.filter((it) => it.IsDefaultVersion !== true)) {
        await iam(aws).deletePolicyVersion({ PolicyArn: id, VersionId });
      }
      await iam(aws).deletePolicy({ PolicyArn: id });
    },
  },
};
