const aws = require("@pulumi/aws");
const pulumi = require("@pulumi/pulumi");

const bucket = new aws.s3.Bucket("Reports");
const trust = {
  Version: "2012-10-17",
  Statement: [
    { Sid: "<ops> & co", Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "ec2.amazonaws.com" } },
  ],
};
const role = new aws.iam.Role("server", { assumeRolePolicy: trust, inlinePolicies: [{ name: "x", policy: "{}" }] });
new aws.iam.RolePolicy("known", {
  role: role.id,
  policy: { Version: "2012-10-17", Statement: [{ Effect: "Allow", Resource: "*", Action: ["s3:Get*", "s3:List*"] }] },
});
new aws.iam.RolePolicy("partly-unknown", {
  role: role.name,
  policy: { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "s3:*", Resource: [bucket.arn, "b"] }] },
});
new aws.iam.Policy("output", {
  policy: pulumi.output({ Version: "2012-10-17", Statement: [{ Effect: "Deny", Action: "*", Resource: "*" }] }),
});
