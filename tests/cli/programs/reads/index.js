const aws = require("@pulumi/aws");

const group = aws.iam.Group.get("existing", "admins");
new aws.iam.GroupMembership("members", { group: "admins", users: ["alice"] }, { dependsOn: [group] });
