const aws = require("@pulumi/aws");
const pulumi = require("@pulumi/pulumi");

const provider = {
  async create(inputs) {
    return { id: "made", outs: { ...inputs, token: "made-here" } };
  },
};
class Ticket extends pulumi.dynamic.Resource {
  constructor(name, props, opts) {
    super(provider, name, { token: undefined, ...props }, opts);
  }
}
const user = new aws.iam.User("alice");
const ticket = new Ticket("review", { title: "Review", owner: user.name, ownerArn: user.arn });
new aws.iam.User("bob", { tags: { ticket: ticket.token } });
