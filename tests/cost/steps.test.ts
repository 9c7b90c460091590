import { AnalyzerStackConfigureRequest } from "@pulumi/pulumi/proto/analyzer_pb";
import { analyzeRequest, analyzeStackRequest } from "../../cli/pack/messages";
import type { Resource } from "../../cli/pulumi/stack";
import { Session } from "../../policypack/host/protocol";
import * as wire from "../../policypack/host/protocol/wire";
import { WorkLimit } from "../../policypack/iam";
import { GrowingGraph } from "../../policypack/model";
import * as declare from "../../policypack/model/declarations/declare";
import { rules } from "../../policypack/rules";
import { policy, resource, rolesOf, stackOf } from "../../tools/bench/stack";
import { received, receivedStack } from "../host/asked";
import { expectNoted } from "./noted";

const PACK = { name: "aws-identity-guardrails", version: "", description: "", readme: () => "" };

/** Calls of the methods that it watches, and the objects that they were made on. */
class Watch {
  private readonly undo: (() => void)[] = [];

  method<Holder extends object>(holder: Holder, name: keyof Holder & string): { calls: number; on: Set<unknown> } {
    const original: unknown = Reflect.get(holder, name);
    if (typeof original !== "function") throw new TypeError(`${name} is no method`);
    const seen = { calls: 0, on: new Set<unknown>() };
    const watching = function (this: unknown, ...given: unknown[]): unknown {
      seen.calls += 1;
      seen.on.add(this);
      return Reflect.apply(original, this, given);
    };
    Reflect.set(holder, name, watching);
    this.undo.push(() => Reflect.set(holder, name, original));
    return seen;
  }

  end(): void {
    for (const undo of this.undo) undo();
  }
}

/** What a run of the engine comes to: each resource is shown, and all of them at the end. */
function costsOf(resources: readonly Resource[], isPreview: boolean): Record<string, number> {
  const watch = new Watch();
  const decoded = watch.method(wire, "readStruct");
  const declared = watch.method(declare, "declarationsOf");
  const graphs = watch.method(GrowingGraph.prototype, "show").on as Set<GrowingGraph>;
  const limits = watch.method(WorkLimit.prototype, "of").on as Set<WorkLimit>;
  const environment = { rules, now: () => new Date("2026-01-01T00:00:00Z") };
  try {
    judge(new Session(PACK, environment), resources, isPreview);
  } finally {
    watch.end();
  }
  return {
    "structures decoded": decoded.calls,
    "declarations read": declared.calls,
    "graph operations": sumOf([...graphs].map(({ operations }) => operations)),
    "solver steps": sumOf([...limits].map(({ used }) => used)),
  };
}

function judge(session: Session, resources: readonly Resource[], isPreview: boolean): void {
  const announcement = new AnalyzerStackConfigureRequest();
  announcement.setStack("dev");
  announcement.setProject("shop");
  announcement.setDryRun(isPreview);
  session.configureStack(announcement);
  for (const resource of resources) session.analyze(received(analyzeRequest(resource)));
  session.analyzeStack(receivedStack(analyzeStackRequest(resources)));
}

function sumOf(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}

/**
 * Resources of teams whose power hangs on conditions: a group of administrators behind MFA, one of its members, and a role that is
 * kept from administrating by a denial. Every team's names are its own.
 */
function teamsOf(count: number): readonly Resource[] {
  return Array.from({ length: count }, (_, i) => teamOf(`team-${i}`)).flat();
}

function teamOf(name: string): readonly Resource[] {
  const mfa = { "aws:MultiFactorAuthPresent": "true" };
  const admins = policy({ Effect: "Allow", Action: "*", Resource: "*", Condition: { Bool: mfa } });
  const withoutMfa = { "aws:MultiFactorAuthPresent": "false" };
  const gate = policy({
    ...{ Effect: "Deny", NotAction: ["iam:*MFADevice", "sts:GetSessionToken"], Resource: "*" },
    Condition: { BoolIfExists: withoutMfa },
  });
  const deploys = policy(
    { Effect: "Allow", Action: ["iam:*", "lambda:*"], Resource: "*" },
    { Effect: "Deny", NotAction: ["iam:Get*", "iam:PassRole", "lambda:*"], Resource: "*" },
    {
      ...{ Effect: "Deny", Action: "iam:PassRole", NotResource: `arn:aws:iam::111122223333:role/${name}-*` },
      Condition: { StringNotEquals: { "iam:PassedToService": "lambda.amazonaws.com" } },
    },
  );
  const trust = policy({ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" });
  return [
    resource("aws:iam/group:Group", name, { name, path: "/" }),
    resource("aws:iam/groupPolicy:GroupPolicy", `${name}-admins`, { group: name, policy: admins }),
    resource("aws:iam/groupPolicy:GroupPolicy", `${name}-gate`, { group: name, policy: gate }),
    resource("aws:iam/user:User", name, { name, path: "/" }),
    resource("aws:iam/userGroupMembership:UserGroupMembership", name, { user: name, groups: [name] }),
    resource("aws:iam/userLoginProfile:UserLoginProfile", name, { user: name }),
    resource("aws:iam/role:Role", name, { name, assumeRolePolicy: trust, path: "/" }),
    resource("aws:iam/rolePolicy:RolePolicy", name, { role: name, policy: deploys }),
  ];
}

describe("what a run costs, counted", () => {
  it("is as noted for a preview of 2,000 resources, four in ten about identity", () => {
    expectNoted("preview of 2,000 resources, four in ten about identity", costsOf(stackOf(2_000, 4), true));
  });

  it("is as noted for a preview of 2,000 resources, one in ten about identity", () => {
    expectNoted("preview of 2,000 resources, one in ten about identity", costsOf(stackOf(2_000, 1), true));
  });

  it("is as noted for a preview of 100 teams whose power hangs on conditions", () => {
    expectNoted("preview of 100 teams whose power hangs on conditions", costsOf(teamsOf(100), true));
  });

  it("is as noted for an update of 400 roles and their policies", () => {
    expectNoted("update of 400 roles and their policies", costsOf(rolesOf(400), false));
  });
});
