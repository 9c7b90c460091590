import assert from "node:assert/strict";
import { makeAnalyzeRpcFun, makeAnalyzeStackRpcFun } from "@pulumi/policy/server";
import { pulumiPolicies } from "../../policypack/host/protocol/pulumi-policies";
import { rules } from "../../policypack/rules";
import type { Example } from "../../policypack/rules/authoring/example";
import { call, Engine, type Told, today, toldBy } from "../host/asked";
import { analyzeRequest, type Registered, stackRequest } from "../host/requests";
import { resourcesOf } from "./example-stack";
import { isUndecided } from "./told";

/** What Pulumi's own server tells when the rules are ordinary policies of a pack. */
async function toldByPulumi(resources: readonly Registered[]): Promise<Told[]> {
  const policies = pulumiPolicies({ rules, now: () => today });
  const analyze = makeAnalyzeRpcFun("pack", "1.2.3", "advisory", policies);
  const analyzeStack = makeAnalyzeStackRpcFun("pack", "1.2.3", "advisory", policies);
  const told: Told[] = [];
  for (const resource of resources) told.push(...toldBy(await call(analyze, analyzeRequest(resource))));
  return [...told, ...toldBy(await call(analyzeStack, stackRequest(resources)))];
}

/** What both ways must agree on, to the letter. Pulumi's server leaves out sources that are no resource of the stack, as in some examples. */
function comparable(told: readonly Told[]): readonly string[] {
  const lines = told.map((entry) => {
    const message = isUndecided(entry)
      ? entry.message.replace(/\s+/g, " ").replace(/, which comes from [^.]*/, "")
      : entry.message;
    return `${entry.policy} ${entry.level} ${entry.severity} ${entry.urn}\n${message}`;
  });
  return [...new Set(lines)].sort();
}

function isUnderDefaults({ options, settings }: Example): boolean {
  return options === undefined && settings === undefined;
}

describe("examples, through Pulumi's own server", () => {
  for (const { id, examples } of rules) {
    for (const example of [...examples.fail, ...examples.pass, ...examples.undecided].filter(isUnderDefaults)) {
      it(`tells of ${id}, ${example.title}, what the service tells`, async () => {
        const resources = resourcesOf(example);
        const byService = comparable(await new Engine({ rules }).preview(resources));
        assert.deepEqual(comparable(await toldByPulumi(resources)), byService);
      });
    }
  }
});
