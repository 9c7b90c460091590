const aws = require("@pulumi/aws");
const pulumi = require("@pulumi/pulumi");

// What the oldest SDK does not have.
const isThere = pulumi.runtime.existsResource("aws:iam/user:User", "ann", undefined, { version: "7.48.0" });
const group = new aws.iam.Group("crew", { name: "crew" }, { stateMigrations: [() => undefined] });
new aws.iam.GroupPolicyAttachment("crew", {
  group: group.name,
  policyArn: isThere.apply((is) =>
    is ? "arn:aws:iam::aws:policy/ReadOnlyAccess" : "arn:aws:iam::aws:policy/PowerUserAccess",
  ),
});
