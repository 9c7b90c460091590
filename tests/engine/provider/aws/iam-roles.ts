import { IAM } from "@aws-sdk/client-iam";
import { client } from "./connection";
import type { Kinds } from "./kind";
import { halves, numberIn, shownTags, tagChanges, tagsOf, text, textIn } from "./values";

const iam = client(IAM);

export const iamRoleKinds: Kinds = {
  "aws:iam/role:Role": {
    async create(inputs, aws) {
      await iam(aws).createRole({
        RoleName: text(inputs, "name"),
        AssumeRolePolicyDocument: text(inputs, "assumeRolePolicy"),
        Description: textIn(inputs, "description"),
        MaxSessionDuration: numberIn(inputs, "maxSessionDuration"),
        Path: textIn(inputs, "path"),
        PermissionsBoundary: textIn(inputs, "permissionsBoundary"),
        Tags: tagsOf(inputs),
      });
      return text(inputs, "name");
    },
    async read(id, aws) {
      const { Role: role } = await iam(aws).getRole({ RoleName: id });
      if (role === undefined) return undefined;
      const { AttachedPolicies = [] } = await iam(aws).listAttachedRolePolicies({ RoleName: id });
      return {
        name: role.RoleName ?? null,
        arn: role.Arn ?? null,
        assumeRolePolicy: decodeURIComponent(role.AssumeRolePolicyDocument ?? ""),
        createDate: role.CreateDate?.toISOString() ?? null,
        description: role.Description ?? null,
        managedPolicyArns: AttachedPolicies.map((it) => it.PolicyArn ?? ""),
        maxSessionDuration: role.MaxSessionDuration ?? null,
        path: role.Path ?? null,
        permissionsBoundary: role.PermissionsBoundary?.PermissionsBoundaryArn ?? null,
        uniqueId: role.RoleId ?? null,
        ...shownTags(role.Tags),
      };
    },
    async update(id, inputs, aws, olds) {
      const changed = (name: string) => olds[name] !== inputs[name];
      if (changed("assumeRolePolicy")) {
        await iam(aws).updateAssumeRolePolicy({ RoleName: id, PolicyDocument: text(inputs, "assumeRolePolicy") });
      }
      if (changed("description") || changed("maxSessionDuration")) {
        await iam(aws).updateRole({
          RoleName: id,
          Description: textIn(inputs, "description") ?? "",
          MaxSessionDuration: numberIn(inputs, "maxSessionDuration"),
        });
      }
      if (changed("permissionsBoundary")) {
        const boundary = textIn(inputs, "permissionsBoundary");
        if (boundary === undefined) await iam(aws).deleteRolePermissionsBoundary({ RoleName: id });
        else await iam(aws).putRolePermissionsBoundary({ RoleName: id, PermissionsBoundary: boundary });
      }
      const { set, remove } = tagChanges(olds, inputs);
      if (set.length > 0) await iam(aws).tagRole({ RoleName: id, Tags: set });
      if (remove.length > 0) await iam(aws).untagRole({ RoleName: id, TagKeys: remove });
    },
    async delete(id, aws, state) {
      if (state.forceDetachPolicies === true) {
        const { AttachedPolicies = [] } = await iam(aws).listAttachedRolePolicies({ RoleName: id });
        for (const { PolicyArn } of AttachedPolicies) await iam(aws).detachRolePolicy({ RoleName: id, PolicyArn });
      }
      await iam(aws).deleteRole({ RoleName: id });
    },
  },

  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": {
    async create(inputs, aws) {
      const [role, policyArn] = [text(inputs, "role"), text(inputs, "policyArn")];
      await iam(aws).attachRolePolicy({ RoleName: role, PolicyArn: policyArn });
      return `${role}/${policyArn}`;
    },
    async read(id, aws) {
      const [role, policyArn] = halves(id, "/");
      const { AttachedPolicies = [] } = await iam(aws).listAttachedRolePolicies({ RoleName: role });
      return AttachedPolicies.some((it) => it.PolicyArn === policyArn) ? { role, policyArn } : undefined;
    },
    async delete(id, aws) {
      const [role, policyArn] = halves(id, "/");
      await iam(aws).detachRolePolicy({ RoleName: role, PolicyArn: policyArn });
    },
  },

  "aws:iam/rolePolicy:RolePolicy": {
    async create(inputs, aws) {
      const [role, name] = [text(inputs, "role"), text(inputs, "name")];
      await iam(aws).putRolePolicy({ RoleName: role, PolicyName: name, PolicyDocument: text(inputs, "policy") });
      return `${role}:${name}`;
    },
    async read(id, aws) {
      const [role, name] = halves(id, ":");
      const answer = await iam(aws).getRolePolicy({ RoleName: role, PolicyName: name });
      return { role, name, policy: decodeURIComponent(answer.PolicyDocument ?? "") };
    },
    async update(id, inputs, aws) {
      const [role, name] = halves(id, ":");
      await iam(aws).putRolePolicy({ RoleName: role, PolicyName: name, PolicyDocument: text(inputs, "policy") });
    },
    async delete(id, aws) {
      const [role, name] = halves(id, ":");
      await iam(aws).deleteRolePolicy({ RoleName: role, PolicyName: name });
    },
  },
};
