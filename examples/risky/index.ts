import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

const config = new pulumi.Config();

// Long-lived keys in a provider: whoever reads the program, its configuration or its state has them.
const legacy = new aws.Provider("legacy", {
  region: "eu-west-1",
  accessKey: config.require("accessKeyStart") + config.require("accessKeyEnd"),
  secretKey: config.require("secretKeyStart") + config.require("secretKeyEnd"),
});
new aws.s3.Bucket("reports", {}, { provider: legacy });

// A group that may do anything, all day, from anywhere.
const admins = new aws.iam.Group("admins");
new aws.iam.GroupPolicyAttachment("admins-can-do-anything", {
  group: admins.name,
  policyArn: "arn:aws:iam::aws:policy/AdministratorAccess",
});

// A person with a password, whose power nothing ties to MFA.
const alice = new aws.iam.User("alice");
new aws.iam.UserLoginProfile("alice", { user: alice.name });
new aws.iam.UserGroupMembership("alice", { user: alice.name, groups: [admins.name] });

// Passwords that are short and never expire.
new aws.iam.AccountPasswordPolicy("passwords", { minimumPasswordLength: 8 });
