import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

const workloadsAccount = new pulumi.Config().require("workloadsAccount");
const center = aws.ssoadmin.getInstancesOutput();
const instanceArn = center.arns[0] ?? "";
const identityStoreId = center.identityStoreIds[0] ?? "";

/** A group of people, and the permission set that they have in the workloads' account, for as long as a working day at most. */
function team(name: string, sessionDuration: string): aws.ssoadmin.PermissionSet {
  const group = new aws.identitystore.Group(name, { identityStoreId, displayName: name });
  const set = new aws.ssoadmin.PermissionSet(name, { name, instanceArn, sessionDuration });
  new aws.ssoadmin.AccountAssignment(name, {
    instanceArn,
    permissionSetArn: set.arn,
    principalType: "GROUP",
    principalId: group.groupId,
    targetType: "AWS_ACCOUNT",
    targetId: workloadsAccount,
  });
  return set;
}

// Auditors see how everything is set up, and read no data.
new aws.ssoadmin.ManagedPolicyAttachment("auditors", {
  instanceArn,
  permissionSetArn: team("auditors", "PT8H").arn,
  managedPolicyArn: "arn:aws:iam::aws:policy/SecurityAudit",
});

// Developers see what runs, and restart it. What they deploy goes through the pipeline (examples/ci-role).
const developers = team("developers", "PT8H");
new aws.ssoadmin.ManagedPolicyAttachment("developers", {
  instanceArn,
  permissionSetArn: developers.arn,
  managedPolicyArn: "arn:aws:iam::aws:policy/job-function/ViewOnlyAccess",
});
new aws.ssoadmin.PermissionSetInlinePolicy("developers", {
  instanceArn,
  permissionSetArn: developers.arn,
  inlinePolicy: JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      { Effect: "Allow", Action: ["logs:FilterLogEvents", "logs:GetLogEvents"], Resource: "*" },
      {
        Effect: "Allow",
        Action: "ec2:RebootInstances",
        Resource: `arn:aws:ec2:*:${workloadsAccount}:instance/*`,
        Condition: { StringEquals: { "aws:ResourceTag/environment": "test" } },
      },
    ],
  }),
});

// Administrators are a matter of their own: the stack identity-center-admins makes their permission set.
