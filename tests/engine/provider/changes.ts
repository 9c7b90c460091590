import type { WireMap } from "../rpc";
import { sorted } from "./go-json";

/** Inputs whose change makes AWS create the resource anew; the resources' pages mark them "Forces new resource". */
const IDENTIFYING = new Set(["bucket", "group", "namePrefix", "policyArn", "policyId", "role", "targetId", "user"]);
const RENAMED_IN_PLACE = new Set([
  "aws:account/alternativeContact:AlternativeContact",
  "aws:iam/group:Group",
  "aws:iam/user:User",
  "aws:organizations/policy:Policy",
]);

const IDENTIFYING_BY_TYPE: Readonly<Record<string, readonly string[]>> = {
  "aws:account/alternativeContact:AlternativeContact": ["accountId", "alternateContactType"],
  "aws:cloudwatch/logMetricFilter:LogMetricFilter": ["logGroupName"],
  "aws:iam/openIdConnectProvider:OpenIdConnectProvider": ["url"],
  "aws:iam/policy:Policy": ["description", "path"],
  "aws:iam/role:Role": ["path"],
  "aws:identitystore/group:Group": ["identityStoreId"],
  "aws:identitystore/groupMembership:GroupMembership": ["groupId", "identityStoreId", "memberId"],
  "aws:organizations/awsServiceAccess:AwsServiceAccess": ["servicePrincipal"],
  "aws:organizations/policy:Policy": ["type"],
  "aws:sns/topicSubscription:TopicSubscription": ["endpoint", "protocol", "topic"],
  "aws:ssoadmin/accountAssignment:AccountAssignment": [
    "instanceArn",
    "permissionSetArn",
    "principalId",
    "principalType",
  ],
  "aws:ssoadmin/managedPolicyAttachment:ManagedPolicyAttachment": [
    "instanceArn",
    "managedPolicyArn",
    "permissionSetArn",
  ],
  "aws:ssoadmin/permissionSet:PermissionSet": ["instanceArn"],
};

export interface Changes {
  changed: string[];
  replacing: string[];
  /** A name that the program fixes is not free for the new resource while the old one has it. */
  deleteBeforeReplace: boolean;
}

/** Compares two sets of checked inputs. */
export function changesOf(type: string, olds: WireMap, news: WireMap): Changes {
  const names = [...new Set([...Object.keys(olds), ...Object.keys(news)])].filter((name) => !name.startsWith("__"));
  const changed = names.filter((name) => text(olds[name]) !== text(news[name])).sort();
  const own = IDENTIFYING_BY_TYPE[type] ?? [];
  const replacing = changed.filter(
    (it) => IDENTIFYING.has(it) || own.includes(it) || (it === "name" && !RENAMED_IN_PLACE.has(type)),
  );
  const generated = Array.isArray(news.__defaults) && news.__defaults.includes("name");
  const keepsName = typeof news.name === "string" && news.name === olds.name && !generated;
  return { changed, replacing, deleteBeforeReplace: replacing.length > 0 && keepsName };
}

function text(value: WireMap[string] | undefined): string {
  return JSON.stringify(sorted(value ?? null));
}
