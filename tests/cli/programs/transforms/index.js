const aws = require("@pulumi/aws");
const pulumi = require("@pulumi/pulumi");

pulumi.runtime.registerStackTransform(({ type, props, opts }) => {
  return type === "aws:iam/user:User" ? { props: { ...props, path: "/stack/" }, opts } : undefined;
});
pulumi.runtime.registerStackTransformation(({ type, props, opts }) => {
  return type === "aws:iam/user:User" ? { props: { ...props, tags: { from: "transformation" } }, opts } : undefined;
});
pulumi.runtime.registerInvokeTransform(({ args, opts }) => ({ args: { ...args, policyId: "transformed" }, opts }));

class Team extends pulumi.ComponentResource {
  constructor(name) {
    super(
      "acme:index:Team",
      name,
      {},
      { transforms: [({ props, opts }) => ({ props: { ...props, forceDestroy: true }, opts })] },
    );
    this.user = new aws.iam.User(`${name}-lead`, {}, { parent: this });
  }
}
const team = new Team("ops");
const group = new aws.iam.Group("ops");
const touch = ({ props, opts }) => ({
  props: { ...props, groups: ["fixed"] },
  opts: pulumi.mergeOptions(opts, { protect: true }),
});
new aws.iam.UserGroupMembership("replaced", { user: team.user.name, groups: [group.name] }, { transforms: [touch] });
new aws.iam.UserGroupMembership(
  "kept",
  { user: team.user.name, groups: [group.arn] },
  { transforms: [() => undefined] },
);
const document = aws.iam.getPolicyDocumentOutput({ statements: [{ actions: ["s3:*"], resources: ["*"] }] });
new aws.iam.Policy("document", { policy: document.json });
