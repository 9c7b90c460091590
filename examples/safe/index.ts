import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

const account = aws.getCallerIdentityOutput().accountId;

// No keys: the deploying role comes from the environment and ends by itself.
const west = new aws.Provider("west", {
  region: "eu-west-1",
  assumeRoles: [{ roleArn: pulumi.interpolate`arn:aws:iam::${account}:role/deploy` }],
});
const reports = new aws.s3.Bucket("reports", {}, { provider: west });

// Power sits in a role that people take on with MFA, for an hour. It sees everything and changes what the work needs:
// AdministratorAccess is the whole account, and PowerUserAccess leads there.
const operator = new aws.iam.Role("operator", {
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
new aws.iam.RolePolicyAttachment("operator-sees", {
  role: operator.name,
  policyArn: "arn:aws:iam::aws:policy/ReadOnlyAccess",
});
new aws.iam.RolePolicy("operator-changes", {
  role: operator.name,
  policy: {
    Version: "2012-10-17",
    Statement: [
      { Effect: "Allow", Action: ["s3:PutObject", "s3:DeleteObject"], Resource: pulumi.interpolate`${reports.arn}/*` },
      { Effect: "Allow", Action: "cloudwatch:SetAlarmState", Resource: "*" },
    ],
  },
});

// The group may do two things: take on that role, and nothing at all without MFA but setting MFA up.
const operators = new aws.iam.Group("operators");
const policy = new aws.iam.Policy("operators", {
  policy: {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "TakeOnTheRole",
        Effect: "Allow",
        Action: "sts:AssumeRole",
        Resource: pulumi.interpolate`arn:aws:iam::${account}:role/${operator.name}`,
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
new aws.iam.GroupPolicyAttachment("operators", { group: operators.name, policyArn: policy.arn });

const alice = new aws.iam.User("alice");
// Her first password is encrypted with her PGP key, so that neither this program nor its state shows it.
new aws.iam.UserLoginProfile("alice", { user: alice.name, pgpKey: "keybase:alice", passwordResetRequired: true });
new aws.iam.UserGroupMembership("alice", { user: alice.name, groups: [operators.name] });

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
