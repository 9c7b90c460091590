/** What a root session of sts:AssumeRoot is limited to. */
interface RootTask {
  readonly name: string;
  /** Whether anything can be changed with it; what it leaves is to look at root's credentials. */
  readonly changes: boolean;
}

/** "Perform a privileged task on a member account", the managed policies for root tasks (IAM User Guide). */
const rootTasks: readonly RootTask[] = [
  { name: "IAMDeleteRootUserCredentials", changes: true },
  { name: "IAMCreateRootUserPassword", changes: true },
  { name: "S3UnlockBucketPolicy", changes: true },
  { name: "SQSUnlockQueuePolicy", changes: true },
  { name: "IAMAuditRootUserCredentials", changes: false },
];

/** The condition key, in lower case, that every request for sts:AssumeRoot has ("AssumeRoot", AWS STS API Reference). */
export const taskPolicyKey = "sts:taskpolicyarn";

/** ARNs of the policies of which a request for sts:AssumeRoot names one: all, or those that let something be changed. */
export function taskPolicies(partition: string, which: "all" | "changing"): readonly string[] {
  return rootTasks
    .filter(({ changes }) => which === "all" || changes)
    .map(({ name }) => `arn:${partition}:iam::aws:policy/root-task/${name}`);
}
