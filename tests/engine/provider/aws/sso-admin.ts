import { SSOAdmin } from "@aws-sdk/client-sso-admin";
import type { WireMap } from "../../rpc";
import { type Connection, client } from "./connection";
import type { Kinds } from "./kind";
import { text, textIn } from "./values";

const ssoAdmin = client(SSOAdmin);

/** "Data Source: aws_ssoadmin_instances". */
export async function instances(aws: Connection): Promise<WireMap> {
  const { Instances = [] } = await ssoAdmin(aws).listInstances({});
  return {
    id: aws.region,
    region: aws.region,
    arns: Instances.map((it) => it.InstanceArn ?? ""),
    identityStoreIds: Instances.map((it) => it.IdentityStoreId ?? ""),
  };
}

function assignment(inputs: WireMap) {
  return {
    InstanceArn: text(inputs, "instanceArn"),
    PermissionSetArn: text(inputs, "permissionSetArn"),
    PrincipalId: text(inputs, "principalId"),
    PrincipalType: text(inputs, "principalType") === "GROUP" ? ("GROUP" as const) : ("USER" as const),
    TargetId: text(inputs, "targetId"),
    TargetType: "AWS_ACCOUNT" as const,
  };
}

/** Ids are those of the resources' pages under "Import", whose parts have a comma between them. */
export const ssoAdminKinds: Kinds = {
  "aws:ssoadmin/permissionSet:PermissionSet": {
    async create(inputs, aws) {
      const { PermissionSet } = await ssoAdmin(aws).createPermissionSet({
        InstanceArn: text(inputs, "instanceArn"),
        Name: text(inputs, "name"),
        Description: textIn(inputs, "description"),
        SessionDuration: textIn(inputs, "sessionDuration"),
      });
      return `${PermissionSet?.PermissionSetArn},${text(inputs, "instanceArn")}`;
    },
    async read(id, aws) {
      const [PermissionSetArn = "", InstanceArn = ""] = id.split(",");
      const { PermissionSet: found } = await ssoAdmin(aws).describePermissionSet({ InstanceArn, PermissionSetArn });
      if (found === undefined) return undefined;
      return {
        arn: PermissionSetArn,
        instanceArn: InstanceArn,
        name: found.Name ?? null,
        description: found.Description ?? null,
        sessionDuration: found.SessionDuration ?? null,
        createdDate: found.CreatedDate?.toISOString() ?? null,
      };
    },
    async update(id, inputs, aws) {
      const [PermissionSetArn, InstanceArn] = id.split(",");
      await ssoAdmin(aws).updatePermissionSet({
        InstanceArn,
        PermissionSetArn,
        Description: textIn(inputs, "description"),
        SessionDuration: textIn(inputs, "sessionDuration"),
      });
    },
    async delete(id, aws) {
      const [PermissionSetArn, InstanceArn] = id.split(",");
      await ssoAdmin(aws).deletePermissionSet({ InstanceArn, PermissionSetArn });
    },
  },

  "aws:ssoadmin/managedPolicyAttachment:ManagedPolicyAttachment": {
    async create(inputs, aws) {
      const [policy, set, instance] = ["managedPolicyArn", "permissionSetArn", "instanceArn"].map((it) =>
        text(inputs, it),
      );
      await ssoAdmin(aws).attachManagedPolicyToPermissionSet({
        InstanceArn: instance,
        PermissionSetArn: set,
        ManagedPolicyArn: policy,
      });
      return [policy, set, instance].join(",");
    },
    async read(id, aws) {
      const [policy = "", PermissionSetArn = "", InstanceArn = ""] = id.split(",");
      const asked = { InstanceArn, PermissionSetArn };
      const { AttachedManagedPolicies = [] } = await ssoAdmin(aws).listManagedPoliciesInPermissionSet(asked);
      const found = AttachedManagedPolicies.find((it) => it.Arn === policy);
      if (found === undefined) return undefined;
      return {
        instanceArn: InstanceArn,
        permissionSetArn: PermissionSetArn,
        managedPolicyArn: policy,
        managedPolicyName: found.Name ?? null,
      };
    },
    async delete(id, aws) {
      const [ManagedPolicyArn, PermissionSetArn, InstanceArn] = id.split(",");
      await ssoAdmin(aws).detachManagedPolicyFromPermissionSet({ InstanceArn, PermissionSetArn, ManagedPolicyArn });
    },
  },

  "aws:ssoadmin/accountAssignment:AccountAssignment": {
    async create(inputs, aws) {
      await ssoAdmin(aws).createAccountAssignment(assignment(inputs));
      const parts = ["principalId", "principalType", "targetId", "targetType", "permissionSetArn", "instanceArn"];
      return parts.map((it) => text(inputs, it)).join(",");
    },
    async read(id, aws) {
      const [principalId = "", principalType = "", targetId = "", targetType = "", set = "", instance = ""] =
        id.split(",");
      const { AccountAssignments = [] } = await ssoAdmin(aws).listAccountAssignments({
        InstanceArn: instance,
        PermissionSetArn: set,
        AccountId: targetId,
      });
      if (!AccountAssignments.some((it) => it.PrincipalId === principalId)) return undefined;
      return { instanceArn: instance, permissionSetArn: set, principalId, principalType, targetId, targetType };
    },
    async delete(_id, aws, state) {
      await ssoAdmin(aws).deleteAccountAssignment(assignment(state));
    },
  },
};
