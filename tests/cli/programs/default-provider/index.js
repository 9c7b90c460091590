const aws = require("@pulumi/aws");
const pulumi = require("@pulumi/pulumi");

const config = new pulumi.Config();
new aws.iam.User("alice", { path: config.require("path"), tags: { team: config.require("team") } });
new aws.sns.Topic("alerts", { displayName: new pulumi.Config("aws").require("region") });
