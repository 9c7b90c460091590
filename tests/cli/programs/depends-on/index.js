const aws = require("@pulumi/aws");
const pulumi = require("@pulumi/pulumi");

class Team extends pulumi.ComponentResource {
  constructor(name) {
    super("acme:index:Team", name);
    new aws.iam.Group(`${name}-group`, {}, { parent: this });
    new aws.iam.User(`${name}-lead`, {}, { parent: this });
  }
}
const team = new Team("ops");
const key = new aws.iam.AccessKey("key", { user: "robot" }, { ignoreChanges: ["status"], deleteBeforeReplace: true });
new aws.iam.User(
  "after",
  {},
  { dependsOn: [team, key], customTimeouts: { create: "1h30m", delete: "45s" }, retainOnDelete: true },
);
new aws.iam.UserLoginProfile("profile", { user: "alice" }, { dependsOn: key, protect: true });
