const aws = require("@pulumi/aws");
const pulumi = require("@pulumi/pulumi");

const config = new pulumi.Config();
const user = new aws.iam.User("alice", { tags: { token: pulumi.secret("a-secret-token") } });
const key = new aws.iam.AccessKey("key", { user: user.name });
new aws.secretsmanager.SecretVersion("stored", { secretId: "keys", secretString: key.secret });
new aws.ssm.Parameter("parameter", { type: "SecureString", value: config.requireSecret("token") });
new aws.iam.Policy("secret-policy", {
  policy: pulumi.secret({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] }),
});
exports.key = key.secret;
