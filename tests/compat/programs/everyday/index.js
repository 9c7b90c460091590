const aws = require("@pulumi/aws");
const pulumi = require("@pulumi/pulumi");

// Each of these decides a finding: without it the report is another one.
pulumi.runtime.registerStackTransform(({ type, props, opts }) =>
  type === "aws:iam/policy:Policy" ? { props: { ...props, description: "AKIAIOSFODNN7EXAMPLX" }, opts } : undefined,
);
pulumi.runtime.registerInvokeTransform(({ token, args, opts }) =>
  token === "aws:iam/getPolicyDocument:getPolicyDocument"
    ? { args: { ...args, statements: [{ actions: ["*"], resources: ["*"] }] }, opts }
    : undefined,
);

module.exports = async () => {
  const caller = await aws.getCallerIdentity();
  const everything = aws.iam.getPolicyDocumentOutput({ statements: [{ actions: ["s3:*"], resources: ["*"] }] });
  const crew = new aws.iam.Group("crew", { name: `crew-${caller.accountId}` });
  new aws.iam.GroupPolicy("crew", { group: crew.name, policy: everything.json });

  const existing = aws.iam.User.get("existing", "ann");
  new aws.iam.UserPolicy("existing", { user: existing.id, policy: everything.json });

  const other = new pulumi.StackReference("acme/identities/prod");
  new aws.iam.UserPolicyAttachment("bob", {
    user: new aws.iam.User("bob", { name: "bob", tags: { note: pulumi.secret("not-to-be-shown") } }).name,
    policyArn: other.getOutput("policyArn"),
  });

  const password = new aws.iam.AccessKey("bob", { user: "bob" }).secret;
  new aws.iam.Policy("bob", {
    policy: pulumi.secret(
      '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}]}',
    ),
  });
  return { password };
};
