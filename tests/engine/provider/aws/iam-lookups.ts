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
