import { IAM } from "@aws-sdk/client-iam";
import { client } from "./connection";
import type { Kinds } from "./kind";
import { halves, text, textIn, textsIn } from "./values";

const iam = client(IAM);

export const iamGroupKinds: Kinds = {
  "aws:iam/group:Group": {
    async create(inputs, aws) {
      await iam(aws).createGroup({ GroupName: text(inputs, "name"), Path: textIn(inputs, "path") });
      return text(inputs, "name");
    },
    async read(id, aws) {
      const { Group: group } = await iam(aws).getGroup({ GroupName: id });
      if (group === undefined) return undefined;
      return {
        name: group.GroupName ?? null,
        path: group.Path ?? null,
        arn: group.Arn ?? null,
        uniqueId: group.GroupId ?? null,
      };
    },
    async update(id, inputs, aws) {
      await iam(aws).updateGroup({
        GroupName: id,
        NewGroupName: text(inputs, "name"),
        NewPath: textIn(inputs, "path"),
      });
    },
    idAfterUpdate: (inputs) => text(inputs, "name"),
    async delete(id, aws) {
      await iam(aws).deleteGroup({ GroupName: id });
    },
  },

  "aws:iam/groupPolicy:GroupPolicy": {
    async create(inputs, aws) {
      const [group, name] = [text(inputs, "group"), text(inputs, "name")];
      await iam(aws).putGroupPolicy({ GroupName: group, PolicyName: name, PolicyDocument: text(inputs, "policy") });
      return `${group}:${name}`;
    },
    async read(id, aws) {
      const [group, name] = halves(id, ":");
      const answer = await iam(aws).getGroupPolicy({ GroupName: group, PolicyName: name });
      return { group, name, policy: decodeURIComponent(answer.PolicyDocument ?? "") };
    },
    async update(id, inputs, aws) {
      const [group, name] = halves(id, ":");
      await iam(aws).putGroupPolicy({ GroupName: group, PolicyName: name, PolicyDocument: text(inputs, "policy") });
    },
    async delete(id, aws) {
      const [group, name] = halves(id, ":");
      await iam(aws).deleteGroupPolicy({ GroupName: group, PolicyName: name });
    },
  },

  "aws:iam/groupPolicyAttachment:GroupPolicyAttachment": {
    async create(inputs, aws) {
      const [group, policyArn] = [text(inputs, "group"), text(inputs, "policyArn")];
      await iam(aws).attachGroupPolicy({ GroupName: group, PolicyArn: policyArn });
      return `${group}/${policyArn}`;
    },
    async read(id, aws) {
      const [group, policyArn] = halves(id, "/");
      const { AttachedPolicies = [] } = await iam(aws).listAttachedGroupPolicies({ GroupName: group });
      return AttachedPolicies.some((it) => it.PolicyArn === policyArn) ? { group, policyArn } : undefined;
    },
    async delete(id, aws) {
      const [group, policyArn] = halves(id, "/");
      await iam(aws).detachGroupPolicy({ GroupName: group, PolicyArn: policyArn });
    },
  },

  // The provider gives memberships a random id; this one says the same at every run.
  "aws:iam/userGroupMembership:UserGroupMembership": {
    async create(inputs, aws) {
      const [user, groups] = [text(inputs, "user"), textsIn(inputs, "groups")];
      for (const group of groups) await iam(aws).addUserToGroup({ UserName: user, GroupName: group });
      return [user, ...groups].join("/");
    },
    async read(id, aws, state) {
      const [user = "", ...imported] = id.split("/");
      const wanted = Array.isArray(state.groups) ? textsIn(state, "groups") : imported;
      const { Groups = [] } = await iam(aws).listGroupsForUser({ UserName: user });
      return { user, groups: wanted.filter((name) => Groups.some((it) => it.GroupName === name)) };
    },
    async update(_id, inputs, aws, olds) {
      const user = text(inputs, "user");
      const [before, after] = [textsIn(olds, "groups"), textsIn(inputs, "groups")];
      for (const group of after.filter((it) => !before.includes(it))) {
        await iam(aws).addUserToGroup({ UserName: user, GroupName: group });
      }
      for (const group of before.filter((it) => !after.includes(it))) {
        await iam(aws).removeUserFromGroup({ UserName: user, GroupName: group });
      }
    },
    async delete(_id, aws, state) {
      for (const group of textsIn(state, "groups")) {
        await iam(aws).removeUserFromGroup({ UserName: text(state, "user"), GroupName: group });
      }
    },
  },
};
