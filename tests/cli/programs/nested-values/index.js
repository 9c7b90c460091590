const aws = require("@pulumi/aws");
const pulumi = require("@pulumi/pulumi");

const role = new aws.iam.Role("app", { assumeRolePolicy: "{}", description: null, tags: { a: undefined, b: "2" } });
new aws.cloudformation.Stack("template", {
  templateBody: pulumi.interpolate`{"Resources":{"Role":"${role.name}"}}`,
  parameters: { Arn: role.arn, Fixed: "x" },
});
new aws.iam.InstanceProfile("profile", { role: role });
const topic = new aws.sns.Topic("events", { name: "events" });
new aws.sns.TopicPolicy("events", {
  arn: topic.arn,
  policy: topic.arn.apply((arn) => JSON.stringify({ Version: "2012-10-17", Statement: [{ Resource: arn }] })),
});
