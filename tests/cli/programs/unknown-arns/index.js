const aws = require("@pulumi/aws");
const pulumi = require("@pulumi/pulumi");

const role = new aws.iam.Role("admin", {
  assumeRolePolicy: JSON.stringify({ Version: "2012-10-17", Statement: [] }),
  maxSessionDuration: 7200,
});
const policy = new aws.iam.Policy("assume", {
  policy: pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Resource: role.arn }],
  }),
});
const group = new aws.iam.Group("admins", { name: "admins" });
new aws.iam.GroupPolicyAttachment("assume", { group: group.name, policyArn: policy.arn });
new aws.iam.PolicyAttachment("several", {
  groups: [group.name, "others"],
  roles: [role],
  policyArn: pulumi.interpolate`${policy.arn}`,
});
new aws.iam.UserGroupMembership("member", { user: "alice", groups: [group.id, "static"] });
