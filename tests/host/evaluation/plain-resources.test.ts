import assert from "node:assert/strict";
import { configure } from "../../../policypack/host/configuration/configure";
import { evaluate } from "../../../policypack/host/evaluation/evaluate";
import { ReadResource, type Resource } from "../../../policypack/model";
import { rules } from "../../../policypack/rules";

const now = new Date(0);
const configuration = configure(rules, new Map(), now);

/** How often its properties are read, and the rules that found nothing of theirs, when a resource is asked about alone. */
function askedAbout(type: string): { reads: number; notApplicable: readonly string[] } {
  let reads = 0;
  const resource: Resource = {
    urn: `urn:pulumi:dev::shop::${type}::one`,
    type,
    name: "one",
    get properties() {
      reads += 1;
      return { name: "one" };
    },
    dependencies: [],
    propertyDependencies: {},
  };
  const { notApplicable } = evaluate(
    {
      phase: "resource",
      resources: [new ReadResource(resource)],
      shown: new Map([[resource.urn, resource]]),
      configuration,
      environment: { rules, now: () => now },
    },
    resource.urn,
  );
  return { reads, notApplicable: notApplicable.map(({ id }) => id) };
}

describe("a resource that declares nothing", () => {
  it("has its properties read once, by the one rule that looks at every resource", () => {
    assert.equal(askedAbout("aws:sqs/queue:Queue").reads, 1);
  });

  it("leaves every rule about identity without a subject, as a resource does that declares something else", () => {
    const plain = askedAbout("aws:sqs/queue:Queue").notApplicable;
    assert.ok(plain.includes("safe-login-profile"));
    assert.ok(plain.includes("no-static-provider-credentials"));
    assert.ok(!plain.includes("no-embedded-access-key"));
    assert.deepEqual(
      plain.filter((id) => id !== "readable-identity"),
      askedAbout("aws:iam/group:Group").notApplicable,
    );
  });
});
