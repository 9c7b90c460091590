const aws = require("@pulumi/aws");
const pulumi = require("@pulumi/pulumi");

class Members extends pulumi.ComponentResource {
  constructor(name, args, opts) {
    super("acme:team:Members", name, args, opts);
    this.group = new aws.iam.Group(`${name}-group`, { path: "/teams/" }, { parent: this });
    this.registerOutputs({ groupName: this.group.name, groupArn: this.group.arn });
  }
}

class Team extends pulumi.ComponentResource {
  constructor(name, opts) {
    super("acme:team:Team", name, {}, opts);
    this.members = new Members(`${name}-members`, { size: 3, labels: { kind: "people" } }, { parent: this });
    new aws.iam.GroupPolicyAttachment(
      `${name}-read`,
      { group: this.members.group.name, policyArn: "arn:aws:iam::aws:policy/ReadOnlyAccess" },
      { parent: this.members },
    );
    this.registerOutputs({ group: this.members.group.name });
  }
}

const team = new Team("platform", { protect: true });
exports.group = team.members.group.name;
exports.arn = team.members.group.arn;
