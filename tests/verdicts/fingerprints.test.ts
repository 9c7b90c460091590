import assert from "node:assert/strict";
import type { Report } from "../../policypack/host";
import { Session } from "../../policypack/host/protocol";
import { rules } from "../../policypack/rules";
import type { ExampleResource } from "../../policypack/rules/authoring/example";
import { resourcesOf } from "../examples/example-stack";
import { type Config, received, receivedStack, reconciled, today } from "../host/asked";
import { analyzeRequest, stackRequest } from "../host/requests";
import { cases } from "./labelled";

const pack = { name: "pack", version: "1.0.0", description: "", readme: () => "" };

/** All that a preview of a stack reports, the rules' own doubts among it. */
function reportsAbout(title: string, resources: readonly ExampleResource[], config: Config): readonly Report[] {
  const session = new Session(pack, {
    rules,
    now: () => today,
    ambientKeyId: undefined,
    mostReports: Number.POSITIVE_INFINITY,
  });
  session.configure(reconciled(session.info(), config));
  const stack = resourcesOf({ title, resources });
  return [
    ...stack.flatMap((resource) => session.analyze(received(analyzeRequest(resource))).reports),
    ...session.analyzeStack(receivedStack(stackRequest(stack))).reports,
  ];
}

/** Findings of one stack that say different things under one fingerprint: a baseline would take one for the other. */
function shared(reports: readonly Report[]): readonly string[] {
  const said = new Map<string, Set<string>>();
  for (const { fingerprint, policy, decided, text } of reports) {
    if (!decided) continue;
    said.set(fingerprint, (said.get(fingerprint) ?? new Set()).add(`${policy}: ${text.what}`));
  }
  return [...said.values()].filter((texts) => texts.size > 1).map((texts) => [...texts].join(" | "));
}

describe("fingerprints of findings in one stack", () => {
  for (const rule of rules) {
    it(`tell those of the examples of ${rule.id} apart`, () => {
      for (const { title, resources, options, settings } of [...rule.examples.fail, ...rule.examples.undecided]) {
        const config = { ...(options && { [rule.id]: options }), ...(settings && { settings }) };
        assert.deepEqual(shared(reportsAbout(title, resources, config)), [], title);
      }
    });
  }

  it("tell those of the verdicts apart", () => {
    for (const { title, resources, config = {} } of cases) {
      assert.deepEqual(shared(reportsAbout(title, resources, config)), [], title);
    }
  });

  it("tell two roles apart, and two faults of each", () => {
    const administrator = (name: string): ExampleResource => ({
      type: "aws:iam/role:Role",
      name,
      properties: {
        name,
        path: "/",
        maxSessionDuration: 43_200,
        managedPolicyArns: ["arn:aws:iam::aws:policy/AdministratorAccess"],
        assumeRolePolicy: JSON.stringify({
          Version: "2012-10-17",
          Statement: [
            { Effect: "Allow", Action: "sts:AssumeRole", Principal: { AWS: "arn:aws:iam::111122223333:root" } },
          ],
        }),
      },
    });
    const reports = reportsAbout("two roles", [administrator("north"), administrator("south")], {}).filter(
      ({ policy }) => policy === "time-boxed-admin-role",
    );
    assert.equal(new Set(reports.map(({ text }) => text.what)).size, 4);
    assert.deepEqual(shared(reports), []);
  });
});
