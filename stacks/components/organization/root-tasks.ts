/**
 * The tasks that AWS keeps for the root user, by name, each with the IAM actions it takes. Sources: "Tasks that require root
 * user credentials" in the IAM User Guide for the list, the "Service Authorization Reference" for the names of the actions,
 * and the pages named beside the tasks.
 *
 * Without a name, because no service control policy decides about them: the root user's own password and MFA device and its
 * sign-in pages ("Service control policies (SCPs)" in the AWS Organizations User Guide lists such exceptions). Without a
 * name, because a member account's root user is not needed: its e-mail address ("Update the root user email address" in the
 * AWS Account Management Reference Guide) and an AWS GovCloud (US) account ("CreateGovCloudAccount" in the AWS Organizations
 * API Reference) are changed and made from the management account.
 */
export const rootTasks = {
  /** "Update your account name" in the AWS Account Management Reference Guide. */
  "change-account-name": ["account:GetAccountInformation", "account:PutAccountName"],

  /** "Manage access keys for the root user" in the IAM User Guide. A root user should have none; this lets it make one. */
  "manage-root-access-keys": [
    "iam:CreateAccessKey",
    "iam:DeleteAccessKey",
    "iam:GetAccessKeyLastUsed",
    "iam:ListAccessKeys",
    "iam:UpdateAccessKey",
  ],

  /** For the day on which the only administrator took away their own permissions: attach and repair policies. */
  "restore-iam-permissions": [
    "iam:AddUserToGroup",
    "iam:AttachGroupPolicy",
    "iam:AttachRolePolicy",
    "iam:AttachUserPolicy",
    "iam:DeleteGroupPolicy",
    "iam:DeleteRolePermissionsBoundary",
    "iam:DeleteRolePolicy",
    "iam:DeleteUserPermissionsBoundary",
    "iam:DeleteUserPolicy",
    "iam:DetachGroupPolicy",
    "iam:DetachRolePolicy",
    "iam:DetachUserPolicy",
    "iam:GetGroup",
    "iam:GetGroupPolicy",
    "iam:GetPolicy",
    "iam:GetPolicyVersion",
    "iam:GetRole",
    "iam:GetRolePolicy",
    "iam:GetUser",
    "iam:GetUserPolicy",
    "iam:ListAttachedGroupPolicies",
    "iam:ListAttachedRolePolicies",
    "iam:ListAttachedUserPolicies",
    "iam:ListGroupPolicies",
    "iam:ListGroups",
    "iam:ListGroupsForUser",
    "iam:ListPolicies",
    "iam:ListPolicyVersions",
    "iam:ListRolePolicies",
    "iam:ListRoles",
    "iam:ListUserPolicies",
    "iam:ListUsers",
    "iam:PutGroupPolicy",
    "iam:PutRolePolicy",
    "iam:PutUserPolicy",
    "iam:SetDefaultPolicyVersion",
    "iam:UpdateAssumeRolePolicy",
  ],

  /** "Activating access to the AWS Billing console" in the AWS Billing User Guide. */
  "activate-billing-access": ["billing:GetIAMAccessPreference", "billing:UpdateIAMAccessPreference"],

  /** "Viewing your AWS invoices" in the AWS Billing User Guide. */
  "view-tax-invoices": ["invoicing:GetInvoicePDF", "invoicing:ListInvoiceSummaries"],

  /** "Close an AWS account" in the AWS Account Management Reference Guide. */
  "close-account": ["account:CloseAccount", "account:GetAccountInformation"],

  /** "Sell Reserved Instances for Amazon EC2 in the Reserved Instance Marketplace" in the Amazon EC2 User Guide. */
  "sell-reserved-instances": [
    "ec2:CancelReservedInstancesListing",
    "ec2:CreateReservedInstancesListing",
    "ec2:DescribeReservedInstances",
    "ec2:DescribeReservedInstancesListings",
  ],

  /** "Configuring MFA delete" in the Amazon S3 User Guide. */
  "configure-s3-mfa-delete": ["s3:GetBucketVersioning", "s3:ListAllMyBuckets", "s3:PutBucketVersioning"],

  /** A bucket policy that denies everyone; the actions of AWS's own task policy S3UnlockBucketPolicy. */
  "unlock-s3-bucket-policy": [
    "s3:DeleteBucketPolicy",
    "s3:GetBucketPolicy",
    "s3:ListAllMyBuckets",
    "s3:PutBucketPolicy",
  ],

  /** A queue policy that denies everyone; the actions of AWS's own task policy SQSUnlockQueuePolicy. */
  "unlock-sqs-queue-policy": ["sqs:GetQueueAttributes", "sqs:GetQueueUrl", "sqs:ListQueues", "sqs:SetQueueAttributes"],

  /** A KMS key whose policy locks everyone out is recovered by AWS Support, asked by the root user. */
  "ask-support-for-kms-key": [
    "support:AddAttachmentsToSet",
    "support:AddCommunicationToCase",
    "support:CreateCase",
    "support:DescribeCases",
    "support:DescribeCommunications",
    "support:DescribeServices",
    "support:DescribeSeverityLevels",
    "support:ResolveCase",
  ],
} as const satisfies Record<string, readonly string[]>;

/** The name of a task that only the root user can do. */
export type RootTask = keyof typeof rootTasks;

/** Every name, in the order of the table. */
export const rootTaskNames: readonly string[] = Object.keys(rootTasks);

export function isRootTask(name: string): name is RootTask {
  return Object.hasOwn(rootTasks, name);
}

/** The actions of these tasks and the further ones, sorted, each once. */
export function actionsOf(tasks: readonly RootTask[], further: readonly string[]): readonly string[] {
  return [...new Set([...tasks.flatMap((task) => rootTasks[task]), ...further])].sort();
}
