import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

const account = aws.getCallerIdentityOutput().accountId;

// No keys: the deploying role comes from the environment and ends by itself.
const west = new aws.Provider("west", {
  region: "eu-west-1",
  assumeRoles: [{ roleArn: pulumi.interpolate`arn:aws:iam::${account}:role/deploy` }],
});
new aws.s3.Bucket("reports", {}, { provider: west });

// Power sits in a role that people take on with MFA, for an hour.
const administrator = new aws.iam.Role("administrator", {
  maxSessionDuration: 3600,
  assumeRolePolicy: {
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Action: "sts:AssumeRole",
        Principal: { AWS: account },
        Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } },
      },
    ],
  },
});
new aws.iam.RolePolicyAttachment("administrator", {
  role: administrator.name,
  policyArn: "arn:aws:iam::aws:policy/AdministratorAccess",
});

// The group may do two things: take on that role, and nothing at all without MFA but setting MFA up.
const admins = new aws.iam.Group("admins");
const policy = new aws.iam.Policy("admins", {
  policy: {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "TakeOnTheRole",
        Effect: "Allow",
        Action: "sts:AssumeRole",
        Resource: pulumi.interpolate`arn:aws:iam::${account}:role/${administrator.name}`,
      },
      {
        Sid: "SetUpMfa",
        Effect: "Allow",
        Action: ["iam:CreateVirtualMFADevice", "iam:EnableMFADevice", "iam:ListMFADevices", "iam:ResyncMFADevice"],
        Resource: [
          pulumi.interpolate`arn:aws:iam::${account}:mfa/\${aws:username}`,
          pulumi.interpolate`arn:aws:iam::${account}:user/\${aws:username}`,
        ],
      },
      {
        Sid: "NothingElseWithoutMfa",
        Effect: "Deny",
        NotAction: ["iam:CreateVirtualMFADevice", "iam:EnableMFADevice", "iam:ListMFADevices", "iam:ResyncMFADevice"],
        Resource: "*",
        Condition: { BoolIfExists: { "aws:MultiFactorAuthPresent": "false" } },
      },
    ],
  },
});
new aws.iam.GroupPolicyAttachment("admins", { group: admins.name, policyArn: policy.arn });

const alice = new aws.iam.User("alice");
new aws.iam.UserLoginProfile("alice", { user: alice.name, passwordLength: 24, passwordResetRequired: true });
new aws.iam.UserGroupMembership("alice", { user: alice.name, groups: [admins.name] });

new aws.iam.AccountPasswordPolicy("passwords", {
  minimumPasswordLength: 14,
  maxPasswordAge: 90,
  passwordReusePrevention: 24,
  requireLowercaseCharacters: true,
  requireUppercaseCharacters: true,
  requireNumbers: true,
  requireSymbols: true,
  allowUsersToChangePassword: true,
});
