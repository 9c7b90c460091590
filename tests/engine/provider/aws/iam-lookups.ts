import { IAM } from "@aws-sdk/client-iam";
import type { WireMap } from "../../rpc";
import { type Connection, client } from "./connection";

const iam = client(IAM);

/** "Data Source: aws_iam_group"; throws where there is none. */
export async function groupOf(name: string, aws: Connection): Promise<WireMap> {
  const { Group: group, Users = [] } = await iam(aws).getGroup({ GroupName: name });
  return {
    id: group?.GroupId ?? "",
    arn: group?.Arn ?? "",
    groupId: group?.GroupId ?? "",
    groupName: name,
    path: group?.Path ?? "",
    users: Users.map((it) => ({
      arn: it.Arn ?? "",
      path: it.Path ?? "",
      userId: it.UserId ?? "",
      userName: it.UserName ?? "",
    })),
  };
}

/** "Data Source: aws_iam_user"; throws where there is none. */
export async function userOf(name: string, aws: Connection): Promise<WireMap> {
  const { User: user } = await iam(aws).getUser({ UserName: name });
  return {
    id: user?.UserId ?? "",
    arn: user?.Arn ?? "",
    path: user?.Path ?? "",
    permissionsBoundary: user?.PermissionsBoundary?.PermissionsBoundaryArn ?? "",
    tags: {},
    userId: user?.UserId ?? "",
    userName: name,
  };
}

/** "Data Source: aws_iam_users", without a filter. */
export async function allUsers(aws: Connection): Promise<WireMap> {
  const { Users = [] } = await iam(aws).listUsers({});
  return { id: aws.region, arns: Users.map((it) => it.Arn ?? ""), names: Users.map((it) => it.UserName ?? "") };
}

/** "Data Source: aws_iam_role"; throws where there is none. */
export async function roleOf(name: string, aws: Connection): Promise<WireMap> {
  const { Role: role } = await iam(aws).getRole({ RoleName: name });
  return {
    id: name,
    name,
    arn: role?.Arn ?? "",
    assumeRolePolicy: decodeURIComponent(role?.AssumeRolePolicyDocument ?? ""),
    createDate: role?.CreateDate?.toISOString() ?? "",
    description: role?.Description ?? "",
    maxSessionDuration: role?.MaxSessionDuration ?? 0,
    path: role?.Path ?? "",
    permissionsBoundary: role?.PermissionsBoundary?.PermissionsBoundaryArn ?? "",
    roleLastUseds: [],
    tags: {},
    uniqueId: role?.RoleId ?? "",
  };
}

/** "Data Source: aws_iam_roles", with a path to begin with. */
export async function rolesBelow(pathPrefix: string, aws: Connection): Promise<WireMap> {
  const { Roles = [] } = await iam(aws).listRoles({ PathPrefix: pathPrefix });
  return {
    id: aws.region,
    pathPrefix,
    arns: Roles.map((it) => it.Arn ?? ""),
    names: Roles.map((it) => it.RoleName ?? ""),
  };
}
