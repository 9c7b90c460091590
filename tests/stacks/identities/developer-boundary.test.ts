import assert from "node:assert/strict";
import { DeveloperBoundary, type DeveloperBoundaryArgs } from "../../../stacks/components";
import { type Answers, all, only, type Registered, refusalOf, registeredBy } from "../registered";

const POLICY = "aws:iam/policy:Policy";
const NOTHING_THERE: Answers = { getRoles: { names: [] }, getGroup: {}, getRole: {} };

function boundary(args: DeveloperBoundaryArgs, answers: Answers = {}): Promise<readonly Registered[]> {
  return registeredBy(() => new DeveloperBoundary("teams", args), { ...NOTHING_THERE, ...answers });
}

async function refusalMessage(args: DeveloperBoundaryArgs): Promise<string> {
  const [message, registered] = await refusalOf(() => new DeveloperBoundary("teams", args), NOTHING_THERE);
  assert.deepEqual(registered, []);
  return message;
}

describe("stacks: DeveloperBoundary", () => {
  it("makes the boundary and the policy that demands it", async () => {
    const policies = all(await boundary({}), POLICY);
    assert.deepEqual(
      policies.map(({ inputs }) => inputs.name),
      ["developer-boundary", "developer-delegation"],
    );
    assert.match(
      String(policies[1]?.inputs.policy),
      /"iam:PermissionsBoundary":"arn:aws:iam::123456789012:policy\/developer-boundary"/,
    );
  });

  it("gives the delegation to groups and roles that exist", async () => {
    const registered = await boundary({ teamGroups: ["developers"], teamRoles: ["deploy"] });
    assert.equal(only(registered, "aws:iam/groupPolicyAttachment:GroupPolicyAttachment").inputs.group, "developers");
    assert.equal(only(registered, "aws:iam/rolePolicyAttachment:RolePolicyAttachment").inputs.role, "deploy");
  });

  it("writes both policies for AWS GovCloud (US)", async () => {
    const registered = await boundary(
      {},
      { getPartition: { partition: "aws-us-gov" }, getCallerIdentity: { accountId: "210987654321" } },
    );
    const texts = all(registered, POLICY).map(({ inputs }) => inputs.policy);
    assert.deepEqual(
      new Set(texts.join().match(/arn:[^:]+:iam::[^:]+:/g)),
      new Set(["arn:aws-us-gov:iam::210987654321:"]),
    );
  });

  it("stops where a role is below the path already", async () => {
    const [message] = await refusalOf(() => new DeveloperBoundary("teams", {}), {
      ...NOTHING_THERE,
      getRoles: { names: ["old-admin"] },
    });
    assert.equal(
      message,
      "DeveloperBoundary: the role old-admin is below /teams/ already, and teams could pass it to a service of theirs " +
        "without any boundary. Set teamPath to a path without roles; see: aws iam list-roles --path-prefix /teams/",
    );
  });

  it("stops for a role that does not exist", async () => {
    const [message] = await refusalOf(() => new DeveloperBoundary("teams", { teamRoles: ["deploy"] }), {
      ...NOTHING_THERE,
      getRole: new Error("NoSuchEntity: The role with name deploy cannot be found."),
    });
    assert.match(
      message,
      /^DeveloperBoundary: the role deploy of teamRoles cannot be read: NoSuchEntity.*aws iam list-roles/,
    );
  });

  it("refuses the path /, which is everybody's", async () => {
    assert.match(
      await refusalMessage({ teamPath: "/" }),
      /^DeveloperBoundary: teamPath is "\/", which is not a path such as \/teams\/.*everybody's/,
    );
  });

  it("refuses a path of AWS's own roles", async () => {
    assert.match(
      await refusalMessage({ teamPath: "/aws-reserved/" }),
      /^DeveloperBoundary: teamPath is "\/aws-reserved\/"/,
    );
  });

  it("refuses to let every role be passed, and takes the beginning of a name", async () => {
    assert.match(
      await refusalMessage({ passableRoles: ["arn:aws:iam::123456789012:role/*"] }),
      /^DeveloperBoundary: passableRoles\[0\] is "arn:aws:iam::123456789012:role\/\*", which is not the ARN of a role/,
    );
    const registered = await boundary({ passableRoles: ["arn:aws:iam::123456789012:role/ecs-*"] });
    assert.match(String(all(registered, POLICY)[0]?.inputs.policy), /role\/ecs-\*/);
  });

  it("refuses roles of any account", async () => {
    assert.match(
      await refusalMessage({ assumableRoles: ["arn:aws:iam::*:role/deploy"] }),
      /^DeveloperBoundary: assumableRoles\[0\] is "arn:aws:iam::\*:role\/deploy", which is not the ARN of a role/,
    );
  });

  it("refuses one name for both policies", async () => {
    assert.equal(
      await refusalMessage({ delegationPolicyName: "developer-boundary" }),
      'DeveloperBoundary: delegationPolicyName is "developer-boundary" like the boundary\'s. Choose another name.',
    );
  });

  it("refuses more roles than a policy can name", async () => {
    const roles = Array.from({ length: 100 }, (_, index) => `arn:aws:iam::123456789012:role/service-${index}`);
    assert.match(
      await refusalMessage({ passableRoles: roles }),
      /^DeveloperBoundary: passableRoles and assumableRoles make a policy of \d+ characters; IAM allows 6144\. List fewer\.$/,
    );
  });
});
