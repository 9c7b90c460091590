import { deepEqual, ok } from "node:assert/strict";
import { configure } from "../../../policypack/host/configuration/configure";
import { evaluate } from "../../../policypack/host/evaluation/evaluate";
import { WorkLimit } from "../../../policypack/iam/answer/work-limit";
import { ReadResource } from "../../../policypack/model/declarations/read-resource";
import type { Resource } from "../../../policypack/model/resources/resource";
import { rules } from "../../../policypack/rules";
import { administrator, bucketReader, textOf } from "../../iam/budget-documents";
import { resource } from "../../model/resource";

const now = () => new Date("2026-01-01T00:00:00Z");
const environment = { rules, now };

/** Asks all rules at the end of a run about users with these policies, each with a key, the hostile ones first. */
function askedAbout(policies: Readonly<Record<string, string>>, work = new WorkLimit()) {
  return asked(
    Object.entries(policies).flatMap(([name, policy]) => [
      resource("aws:iam/user:User", name, { name, path: "/" }),
      resource("aws:iam/accessKey:AccessKey", `${name}-key`, { user: name }),
      resource("aws:iam/userPolicy:UserPolicy", `${name}-work`, { user: name, policy }),
    ]),
    work,
  );
}

/** Asks all rules at the end of a run of these resources. */
function asked(resources: readonly Resource[], work: WorkLimit) {
  const configuration = configure(rules, new Map(), now());
  const shown = new Map(resources.map((each) => [each.urn, each]));
  const { answers } = evaluate(
    { phase: "stack", resources: resources.map((each) => new ReadResource(each)), shown, configuration, environment },
    "urn",
    work,
  );
  return answers;
}

/** What some rules say of a user, crashes included. */
function saidOf(answers: ReturnType<typeof askedAbout>, name: string): readonly string[] {
  return answers
    .filter(({ outcome }) => outcome.urn.endsWith(`::${name}`))
    .map(({ rule, outcome }) => `${rule.id} ${outcome.kind}`)
    .sort();
}

const spent = /the work limit of one run is spent/;

/** Denies that each spare a little under two conditions: every request has to find a way past all of them. */
const hostile = textOf(
  { Effect: "Allow", NotAction: "s3:List*", NotResource: "arn:aws:s3:::open/*" },
  ...["a", "b", "c", "d"].map((tag) => ({
    Effect: "Deny",
    NotAction: `s3:${tag}*`,
    NotResource: `arn:aws:s3:::*${tag}*`,
    Condition: {
      StringNotEquals: { [`aws:ResourceTag/${tag}`]: tag },
      StringNotLike: { [`aws:PrincipalTag/${tag}`]: `*${tag}*` },
    },
  })),
);

describe("what a run may cost", () => {
  it("is bounded for 1,000 users with hostile policies, and the ordinary ones among them are judged", () => {
    const limits = { subject: 500, reserve: 60_000 };
    const work = new WorkLimit(limits);
    const crowd = Object.fromEntries(Array.from({ length: 1_000 }, (_, i) => [`hostile-${i}`, hostile]));
    const users = { ...crowd, admin: administrator, reader: bucketReader };

    const answers = askedAbout(users, work);

    // Each search may overstep by the step at which it gives up.
    ok(work.used < 1.2 * (limits.reserve + 1_002 * limits.subject), `${work.used} steps`);
    ok(work.used > limits.reserve, `${work.used} steps: nothing was hard`);
    deepEqual(
      answers.filter(({ outcome }) => outcome.kind === "crash"),
      [],
    );
    const alone = askedAbout({ admin: administrator, reader: bucketReader });
    for (const name of ["admin", "reader"]) deepEqual(saidOf(answers, name), saidOf(alone, name));
    // None of the hostile ones passes in silence.
    const last = answers.filter(({ outcome }) => outcome.urn.endsWith("::hostile-999"));
    ok(
      last.some(({ outcome }) => outcome.kind === "undecided" && spent.test(outcome.because)),
      JSON.stringify(last.map(({ rule, outcome }) => [rule.id, outcome.kind])),
    );
  });

  it("is never met by ordinary users, whose own share is enough", () => {
    const work = new WorkLimit({ reserve: 0 });
    const users = Array.from({ length: 200 }, (_, i) => [`user-${i}`, i % 2 === 0 ? administrator : bucketReader]);
    const answers = askedAbout(Object.fromEntries(users), work);
    ok(!answers.some(({ outcome }) => outcome.kind === "undecided"));
    ok(work.used < 200 * 1_000, `${work.used} steps`);
  });

  const account = "arn:aws:iam::111122223333";
  const role = (name: string, principal: string, condition?: object, more: object = {}) =>
    resource("aws:iam/role:Role", name, {
      name,
      path: "/",
      assumeRolePolicy: textOf({
        Effect: "Allow",
        Action: "sts:AssumeRole",
        Principal: { AWS: principal },
        ...(condition === undefined ? {} : { Condition: condition }),
      }),
      ...more,
    });
  const assuming = (type: "user" | "role", name: string, roles: string) =>
    resource(`aws:iam/${type}Policy:${type === "user" ? "User" : "Role"}Policy`, `${name}-work`, {
      [type]: name,
      policy: textOf({ Effect: "Allow", Action: "sts:AssumeRole", Resource: roles }),
    });
  const administrators = { managedPolicyArns: ["arn:aws:iam::aws:policy/AdministratorAccess"] };

  it("grows with the roles of a chain, not with the pairs of them", () => {
    const stepsFor = (count: number) => {
      const work = new WorkLimit();
      const names = Array.from({ length: count }, (_, i) => `role-${i}`);
      const resources = names.flatMap((name, i) => [
        role(name, `${account}:root`, undefined, i === 0 ? administrators : {}),
        assuming("role", name, `${account}:role/role-${(i + count - 1) % count}`),
      ]);
      const user = resource("aws:iam/user:User", "dana", { name: "dana", path: "/" });
      const answers = asked([user, assuming("user", "dana", `${account}:role/role-1`), ...resources], work);
      deepEqual(
        saidOf(answers, "dana").filter((said) => said.startsWith("no-overbroad")),
        ["no-overbroad-user finding"],
      );
      return work.used;
    };
    const few = stepsFor(100);
    const many = stepsFor(400);
    ok(few >= 1_000, `${few} steps: no pair was counted`);
    ok(many <= 4.5 * few, `${many} steps for four times the roles of ${few}`);
  });

  it("is bounded where a thousand users may each assume any of a thousand roles, and the roles are judged", () => {
    const limits = { subject: 500, reserve: 60_000 };
    const work = new WorkLimit(limits);
    const never = { StringEquals: { "aws:PrincipalTag/team": "nobody" } };
    const resources = Array.from({ length: 1_000 }, (_, i) => [
      role(`role-${i}`, `${account}:root`, never, administrators),
      resource("aws:iam/user:User", `user-${i}`, { name: `user-${i}`, path: "/", tags: {} }),
      assuming("user", `user-${i}`, `${account}:role/*`),
    ]).flat();
    const answers = asked(resources, work);
    ok(work.used < 1.2 * (limits.reserve + 2_000 * limits.subject), `${work.used} steps`);
    const open = answers.filter(({ outcome }) => outcome.kind === "undecided" && spent.test(outcome.because));
    ok(open.length > 900, `${open.length} of them are told to be undecided`);
    deepEqual(
      open.filter(({ outcome }) => outcome.urn.includes("iam/role")),
      [],
    );
  });

  it("grows with the members of a group, not with the pairs of them", () => {
    const stepsFor = (count: number) => {
      const work = new WorkLimit();
      const users = Array.from({ length: count }, (_, i) => `user-${i}`);
      const answers = asked(
        [
          resource("aws:iam/group:Group", "builders", { name: "builders", path: "/" }),
          resource("aws:iam/groupPolicy:GroupPolicy", "work", { group: "builders", policy: bucketReader }),
          ...users.map((name) => resource("aws:iam/user:User", name, { name, path: "/" })),
          resource("aws:iam/groupMembership:GroupMembership", "all", { group: "builders", users }),
        ],
        work,
      );
      ok(!answers.some(({ outcome }) => outcome.kind === "undecided"));
      return work.used;
    };
    const few = stepsFor(100);
    const many = stepsFor(400);
    ok(few >= 100, `${few} steps: nobody was asked about`);
    ok(many <= 4.5 * few, `${many} steps for four times the members of ${few}`);
  });
});
