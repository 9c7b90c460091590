import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Example, isUnknownFrom } from "../../policypack/rules/authoring/example";
import { rules } from "../../policypack/rules/index";
import { CHECKOUT } from "./checkout";
import { faultsOf } from "./provider/check";
import { configFaults } from "./provider/provider-config";
import { UNKNOWN, type Wire, type WireMap } from "./rpc";
import { Sdk } from "./sdk/sdk";

/** RULES.md prints the rules' examples as code, so each must be a program that the SDK takes. */
describe("the rules' examples against the installed AWS SDK", () => {
  let cache: string;
  let sdk: Sdk;

  before(() => {
    cache = mkdtempSync(join(tmpdir(), "sdk-types-"));
    sdk = new Sdk(join(CHECKOUT, "node_modules", "@pulumi", "aws"), cache);
  });
  after(() => rmSync(cache, { recursive: true, force: true }));

  function faultsIn({ title, resources }: Example): string[] {
    return resources
      .flatMap(({ type, name, properties }) => {
        const values = wire(properties);
        if (type === "pulumi:providers:aws") return configFaults(values, sdk.provider());
        if (!type.startsWith("aws:")) return [];
        const shape = sdk.resource(type);
        if (shape === undefined) return [{ property: type, reason: "does not exist in the installed SDK" }];
        const lookup = (nested: string) => sdk.object(nested);
        return faultsOf(values, shape.inputs, lookup).map((it) => ({
          ...it,
          property: `${title}: ${name}.${it.property}`,
        }));
      })
      .map(({ property, reason }) => `${property} ${reason}`);
  }

  for (const rule of rules) {
    it(rule.id, () => {
      const { fail, pass, undecided } = rule.examples;
      assert.deepEqual([...fail, ...pass, ...undecided].flatMap(faultsIn), []);
    });
  }
});

function wire(properties: Readonly<Record<string, unknown>>): WireMap {
  return JSON.parse(JSON.stringify(properties, (_, value): Wire => (isUnknownFrom(value) ? UNKNOWN : value)));
}
