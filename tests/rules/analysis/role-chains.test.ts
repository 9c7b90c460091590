import assert from "node:assert/strict";
import { WorkLimit } from "../../../policypack/iam/answer/work-limit";
import { buildGraph } from "../../../policypack/model/graph/growing-graph";
import { rules } from "../../../policypack/rules";
import { reachOf } from "../../../policypack/rules/analysis/role-chains";
import { Analysis } from "../../../policypack/rules/authoring/analysis";
import { type ExampleResource, unknownFrom } from "../../../policypack/rules/authoring/example";
import {
  administratorAccess,
  group,
  groupPolicy,
  lambdaService,
  managedPolicy,
  membership,
  ownAccount,
  policy,
  role,
  trust,
  user,
  userAttachment,
  userPolicy,
  withMfa,
} from "../../../policypack/rules/authoring/example-resources";
import { defaultsOf } from "../../../policypack/rules/authoring/options";
import { settingsOptions } from "../../../policypack/rules/authoring/settings";
import { resourcesOf } from "../../examples/example-stack";
import { Engine } from "../../host/asked";
import { resource } from "../../model/resource";

/** What a preview tells about power, as `level rule: resource`. */
async function powerIn(
  resources: readonly ExampleResource[],
  settings: Readonly<Record<string, unknown>> = {},
): Promise<readonly string[]> {
  const told = await new Engine({ rules, config: { settings } }).preview(resourcesOf({ title: "a stack", resources }));
  return told
    .filter(({ policy }) => /^no-(overbroad-(group|user)|privilege-escalation)$/.test(policy))
    .map(({ level, policy, urn }) => `${level} ${policy}: ${urn.split("::").at(-1)}`);
}

function allow(action: unknown, resource: unknown): unknown {
  return { Effect: "Allow", Action: action, Resource: resource };
}

const admin = { managedPolicyArns: [administratorAccess] };

describe("ways to a role of admin power in the stack", () => {
  const assume = groupPolicy("assume", "ops", policy(allow("sts:AssumeRole", "arn:aws:iam::111122223333:role/adm")));

  it("a group that may assume it", async () => {
    assert.deepEqual(await powerIn([group("ops"), assume, role("adm", trust(ownAccount), admin)]), [
      "mandatory no-overbroad-group: ops",
    ]);
  });

  it("is no way where the trust asks for MFA", async () => {
    assert.deepEqual(await powerIn([group("ops"), assume, role("adm", trust(ownAccount, withMfa), admin)]), []);
  });

  it("is no way where the role of that name is in another account than its trust speaks of", async () => {
    const elsewhere = trust({ AWS: "arn:aws:iam::444455556666:root" });
    assert.deepEqual(await powerIn([group("ops"), assume, role("adm", elsewhere, admin)]), []);
  });

  it("a chain of roles", async () => {
    const first = role("adm", trust(ownAccount), {
      inlinePolicies: [{ name: "on", policy: policy(allow("sts:AssumeRole", "*")) }],
    });
    const last = role("last", trust({ AWS: "arn:aws:iam::111122223333:role/adm" }), admin);
    assert.deepEqual(await powerIn([group("ops"), assume, first, last]), [
      "mandatory no-overbroad-group: ops",
      "advisory no-privilege-escalation: adm",
    ]);
  });

  it("a user that the trust names before its ARN is known", async () => {
    const statement = { Effect: "Allow", Principal: { AWS: unknownFrom("alice") }, Action: "sts:AssumeRole" };
    const named = role("adm", "", {
      ...admin,
      assumeRolePolicy: { Version: "2012-10-17", Statement: [statement] },
    });
    assert.deepEqual(await powerIn([user("alice"), named]), ["mandatory no-overbroad-user: alice"]);
  });

  it("is no way for that user where the trust asks for MFA", async () => {
    const statement = {
      Effect: "Allow",
      Principal: { AWS: unknownFrom("alice") },
      Action: "sts:AssumeRole",
      Condition: withMfa,
    };
    const named = role("adm", "", {
      ...admin,
      assumeRolePolicy: { Version: "2012-10-17", Statement: [statement] },
    });
    assert.deepEqual(await powerIn([user("alice"), named]), []);
  });
});

describe("a role of admin power whose trust names a user", () => {
  const ann = "arn:aws:iam::111122223333:user/ann";
  const named = role("adm", trust({ AWS: ann }), admin);
  const deny = { Effect: "Deny", Action: "sts:AssumeRole", Resource: "*" };

  it("is a way without any policy of the user's", async () => {
    assert.deepEqual(await powerIn([user("ann"), named]), ["mandatory no-overbroad-user: ann"]);
  });

  it("is none where a policy of the user denies it", async () => {
    assert.deepEqual(await powerIn([user("ann"), userPolicy("no", "ann", policy(deny)), named]), []);
  });

  it("is a way where that Deny is about another role", async () => {
    const other = { ...deny, Resource: "arn:aws:iam::*:role/other" };
    assert.deepEqual(await powerIn([user("ann"), userPolicy("no", "ann", policy(other)), named]), [
      "mandatory no-overbroad-user: ann",
    ]);
  });

  it("is none where a group of the user denies it", async () => {
    const desk = [group("desk"), groupPolicy("no", "desk", policy(deny)), membership("in", "ann", ["desk"])];
    assert.deepEqual(await powerIn([user("ann"), ...desk, named]), []);
  });

  it("is a way although the user's boundary leaves it out", async () => {
    const bounded = user("ann", { permissionsBoundary: "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess" });
    assert.deepEqual(await powerIn([bounded, named]), ["mandatory no-overbroad-user: ann"]);
  });

  it("is none where the user's boundary denies it", async () => {
    const limit = managedPolicy("limit", policy(allow("*", "*"), deny));
    const bounded = user("ann", { permissionsBoundary: unknownFrom("limit") });
    assert.deepEqual(await powerIn([bounded, limit, named]), []);
  });

  it("may name it by a condition on everybody", async () => {
    const singled = trust({ AWS: "*" }, { ArnEquals: { "aws:PrincipalArn": ann } });
    assert.deepEqual(await powerIn([user("ann"), role("adm", singled, admin)]), ["mandatory no-overbroad-user: ann"]);
  });

  it("does not name it by a condition that others meet", async () => {
    const organization = trust({ AWS: "*" }, { StringEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } });
    assert.deepEqual(await powerIn([user("ann"), role("adm", organization, admin)]), []);
  });
});

describe("roles that may be assumed by their tags", () => {
  const tagged = {
    ...(allow("sts:AssumeRole", "*") as object),
    Condition: { StringEquals: { "aws:ResourceTag/open": "yes" } },
  };
  const assume = groupPolicy("assume", "ops", policy(tagged));
  const withTags = (tags: Readonly<Record<string, string>>) => role("adm", trust(ownAccount), { ...admin, tags });

  it("are a way where the role has the tag", async () => {
    assert.deepEqual(await powerIn([group("ops"), assume, withTags({ open: "yes" })]), [
      "mandatory no-overbroad-group: ops",
    ]);
  });

  it("are none where it has another value", async () => {
    assert.deepEqual(await powerIn([group("ops"), assume, withTags({ open: "no" })]), []);
  });

  it("are none where it has no tags", async () => {
    assert.deepEqual(await powerIn([group("ops"), assume, withTags({})]), []);
  });

  it("are a way where the tags can be set", async () => {
    const tag = groupPolicy("tag", "ops", policy(allow("iam:TagRole", "*")));
    assert.deepEqual(await powerIn([group("ops"), assume, tag, withTags({ open: "no" })]), [
      "mandatory no-overbroad-group: ops",
      "advisory no-privilege-escalation: ops",
    ]);
  });
});

describe("passing a role of admin power in the stack", () => {
  const pass = groupPolicy(
    "functions",
    "dev",
    policy(
      allow(["lambda:CreateFunction", "lambda:InvokeFunction"], "*"),
      allow("iam:PassRole", "arn:aws:iam::111122223333:role/adm"),
    ),
  );

  it("is escalation, though the role is named", async () => {
    assert.deepEqual(await powerIn([group("dev"), pass, role("adm", trust(lambdaService), admin)]), [
      "mandatory no-privilege-escalation: dev",
    ]);
  });

  it("is advice where the role trusts another service", async () => {
    assert.deepEqual(await powerIn([group("dev"), pass, role("adm", trust({ Service: "ec2.amazonaws.com" }), admin)]), [
      "advisory no-privilege-escalation: dev",
    ]);
  });

  it("is advice where the role has no such power", async () => {
    assert.deepEqual(await powerIn([group("dev"), pass, role("adm", trust(lambdaService))]), [
      "advisory no-privilege-escalation: dev",
    ]);
  });
});

describe("credentials of a user of admin power in the stack", () => {
  const settings = { sanctionedUsers: ["bob"] };
  const bob = [user("bob"), userAttachment("bob-all", "bob", administratorAccess)];
  const key = (name: string) =>
    userPolicy("keys", "alice", policy(allow("iam:CreateAccessKey", `arn:aws:iam::*:user/${name}`)));

  it("are escalation for whoever may make them", async () => {
    assert.deepEqual(await powerIn([...bob, user("alice"), key("bob")], settings), [
      "mandatory no-privilege-escalation: alice",
    ]);
  });

  it("are advice for a user without power", async () => {
    assert.deepEqual(await powerIn([...bob, user("carol"), user("alice"), key("carol")], settings), [
      "advisory no-privilege-escalation: alice",
    ]);
  });
});

describe("ways over roles in a large stack", () => {
  const assumes = (name: string) =>
    resource("aws:iam/userPolicy:UserPolicy", name, { user: name, policy: policy(allow("sts:AssumeRole", "*")) });
  const users = Array.from({ length: 20 }, (_, i) => `user-${i}`);
  const roles = Array.from({ length: 20 }, (_, i) => `role-${i}`);
  const worker = (name: string) =>
    resource("aws:iam/role:Role", name, { name, assumeRolePolicy: trust(lambdaService), managedPolicyArns: [] });
  const adminRole = resource("aws:iam/role:Role", "adm", {
    name: "adm",
    assumeRolePolicy: trust(ownAccount, withMfa),
    managedPolicyArns: [administratorAccess],
  });
  const graph = buildGraph([
    adminRole,
    ...roles.map(worker),
    ...users.flatMap((name) => [resource("aws:iam/user:User", name, { name }), assumes(name)]),
  ]);

  it("no user is tried on roles that lead nowhere", () => {
    const settings = defaultsOf(settingsOptions);
    let tried = 0;
    const counted = graph.roles.map((each) => ({
      ...each,
      get trust() {
        tried += 1;
        return each.trust;
      },
    }));
    const watched = { ...graph, roles: counted };
    const analysis = new Analysis(() => watched, settings, new WorkLimit());
    for (const each of graph.users) assert.equal(reachOf(each, analysis).answer, "no");
    assert.ok(tried < 200, `${tried} looks at trust policies, for 20 users and 21 roles`);
  });
});

describe("writing the policies of one's own group", () => {
  const write = policy(allow("iam:PutGroupPolicy", "arn:aws:iam::111122223333:group/ops"));

  it("is a user's power, granted to the user", async () => {
    const stack = [user("alice"), group("ops"), membership("m", "alice", ["ops"]), userPolicy("w", "alice", write)];
    assert.deepEqual(await powerIn(stack), ["mandatory no-overbroad-user: alice"]);
  });

  it("is a user's power, granted by another group of the user", async () => {
    const stack = [
      user("alice"),
      group("ops"),
      group("dev"),
      groupPolicy("w", "dev", write),
      membership("m", "alice", ["ops", "dev"]),
    ];
    assert.ok((await powerIn(stack)).includes("mandatory no-overbroad-user: alice"));
  });

  it("is advice where the user is in neither", async () => {
    const stack = [user("alice"), group("ops"), userPolicy("w", "alice", write)];
    assert.deepEqual(await powerIn(stack), ["advisory no-overbroad-user: alice"]);
  });
});

describe("a role of admin power in an account that is known to be another", () => {
  const inMember = { region: "us-east-1", allowedAccountIds: ["210987654321"] };
  const assume = (on: string) => userPolicy("assume", "robot", policy(allow("sts:AssumeRole", on)));
  const trusting = (principal: unknown): ExampleResource => ({
    ...role("builder", "", {
      ...admin,
      assumeRolePolicy: {
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Principal: { AWS: principal }, Action: "sts:AssumeRole" }],
      },
    }),
    provider: inMember,
  });
  const robot = "arn:aws:iam::123456789012:user/robot";
  const blocked = ["mandatory no-overbroad-user: robot"];

  it("is reached by a user whom it names and whose policy reaches it", async () => {
    assert.deepEqual(await powerIn([user("robot"), assume("arn:aws:iam::*:role/builder"), trusting(robot)]), blocked);
    assert.deepEqual(
      await powerIn([user("robot"), assume("arn:aws:iam::*:role/builder"), trusting(unknownFrom("robot"))]),
      blocked,
    );
  });

  it("is reached as it was while its account was not known", async () => {
    const { provider: _, ...anywhere } = trusting(unknownFrom("robot"));
    assert.deepEqual(await powerIn([user("robot"), assume("arn:aws:iam::*:role/builder"), anywhere]), blocked);
  });

  it("is not reached without a policy of the user's own, or by one for roles of the user's account", async () => {
    assert.deepEqual(await powerIn([user("robot"), trusting(robot)]), []);
    assert.deepEqual(
      await powerIn([user("robot"), assume("arn:aws:iam::123456789012:role/builder"), trusting(robot)]),
      [],
    );
  });

  it("is not reached where it names somebody else", async () => {
    const other = "arn:aws:iam::123456789012:user/other";
    assert.deepEqual(await powerIn([user("robot"), assume("arn:aws:iam::*:role/builder"), trusting(other)]), []);
  });
});
