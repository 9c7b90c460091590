const aws = require("@pulumi/aws");
const pulumi = require("@pulumi/pulumi");

const network = new pulumi.StackReference("organization/stack-references/dev");
new aws.iam.UserPolicyAttachment("attached", { user: "alice", policyArn: network.requireOutput("policyArn") });
new aws.iam.User("bob");
