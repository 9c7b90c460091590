import { deepEqual } from "node:assert/strict";
import { configure } from "../../../policypack/host/configuration/configure";
import { evaluate } from "../../../policypack/host/evaluation/evaluate";
import { ReadResource } from "../../../policypack/model";
import { rules } from "../../../policypack/rules";
import { textOf } from "../../iam/budget-documents";
import { resource } from "../../model/resource";

/** The rules that block a user whose administrator power ended in 2025, asked at that time. */
function blockedAt(time: string): readonly string[] {
  const now = () => new Date(time);
  const Condition = { DateLessThan: { "aws:CurrentTime": "2026-01-01T00:00:00Z" } };
  const policy = textOf({ Effect: "Allow", Action: "*", Resource: "*", Condition });
  const resources = [
    resource("aws:iam/user:User", "bob", { name: "bob", path: "/" }),
    resource("aws:iam/userPolicy:UserPolicy", "work", { user: "bob", policy }),
  ];
  const configuration = configure(rules, new Map(), now());
  const shown = new Map(resources.map((each) => [each.urn, each]));
  const environment = { rules, now };
  const read = resources.map((each) => new ReadResource(each));
  const { answers } = evaluate({ phase: "stack", resources: read, shown, configuration, environment }, "urn");
  const found = answers.filter(({ outcome }) => outcome.kind === "finding").map(({ rule }) => rule.id);
  return found.filter((id) => id === "no-overbroad-user");
}

describe("the moment of a run", () => {
  it("is that of the requests that rules ask about", () => {
    deepEqual(blockedAt("2025-12-31T00:00:00Z"), ["no-overbroad-user"]);
    deepEqual(blockedAt("2026-01-02T00:00:00Z"), []);
  });
});
