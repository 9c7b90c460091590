const aws = require("@pulumi/aws");
const pulumi = require("@pulumi/pulumi");

const deployer = new aws.iam.Role("deployer", {
  assumeRolePolicy: { Version: "2012-10-17", Statement: [] },
});
const west = new aws.Provider("west", {
  region: "us-west-2",
  defaultTags: { tags: { team: "identity" } },
  allowedAccountIds: ["123456789012"],
});
const assumed = new aws.Provider("assumed", { region: "eu-west-1", assumeRoles: [{ roleArn: deployer.arn }] });

new aws.iam.User("own", { tags: { own: "yes" } }, { provider: west });
new aws.iam.User("unknown-provider", {}, { provider: assumed });

class Box extends pulumi.ComponentResource {
  constructor(name, opts) {
    super("acme:index:Box", name, {}, opts);
    const inherited = new aws.iam.Group(`${name}-inherited`, {}, { parent: this });
    new aws.iam.GroupPolicy(`${name}-child`, { group: inherited.name, policy: "{}" }, { parent: inherited });
    new aws.iam.Group(`${name}-own`, {}, { parent: this, provider: west });
  }
}
new Box("map", { providers: { aws: assumed } });
new Box("list", { providers: [west] });
new Box("default");
