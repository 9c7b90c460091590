import * as aws from "@pulumi/aws";

interface Person {
  readonly name: string;
  readonly team: string;
}

const people: Person[] = [
  { name: "alice", team: "ops" },
  { name: "bob", team: "data" },
];
const users = people.map(({ name, team }) => new aws.iam.User(name, { path: `/${team}/` }));
const group = new aws.iam.Group("people");
new aws.iam.GroupMembership("people", { group: group.name, users: users.map((user) => user.name) });

export const arns = users.map((user) => user.arn);
