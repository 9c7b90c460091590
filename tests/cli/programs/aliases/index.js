const aws = require("@pulumi/aws");
const pulumi = require("@pulumi/pulumi");

class Team extends pulumi.ComponentResource {
  constructor(name, opts) {
    super("acme:index:Team", name, {}, opts);
    new aws.iam.Group(
      `${name}-group`,
      {},
      { parent: this, aliases: [{ name: "old-group" }, { parent: pulumi.rootStackResource }] },
    );
  }
}
new Team("ops", { aliases: [{ name: "operations" }, { type: "acme:old:Team" }] });
new aws.iam.User("alice", {}, { aliases: ["urn:pulumi:dev::aliases::aws:iam/user:User::al", { project: "former" }] });
