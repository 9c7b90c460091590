const aws = require("@pulumi/aws");
const pulumi = require("@pulumi/pulumi");

const network = new pulumi.StackReference("organization/stack-references/dev");
new aws.iam.User("alice", { tags: { network: pulumi.interpolate`network-${network.getOutput("name")}` } });
new aws.iam.User("bob");
