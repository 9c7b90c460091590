import assert from "node:assert/strict";
import { join } from "node:path";
import { recordEngine } from "../engine/record";
import { UNKNOWN } from "../engine/rpc";
import { needsEngine } from "../engine/suite";
import { type Difference, differencesIn } from "./differences";
import { PROGRAMS, recordCheck } from "./recording";

interface Accepted {
  readonly reason: string;
  readonly covers: (difference: Difference) => boolean;
}

const withoutSuffixes = (value: unknown) => String(value).replaceAll(/-[0-9a-f]{7}\b/g, "");

/** Everything in which `check` may differ from the engine; an entry that covers nothing any more fails. */
const ACCEPTED: readonly Accepted[] = [
  {
    reason: "generated names end in random digits under the engine, and in the same ones on every run of check",
    covers: ({ engine, check }) => engine !== undefined && withoutSuffixes(engine) === withoutSuffixes(check),
  },
  {
    reason: "the engine reads the content of assets to hash it; no rule looks at the hash",
    covers: ({ place, check }) => /\.hash$/.test(place) && check === undefined,
  },
  {
    reason: "another stack's outputs are kept where check has no access, so they count as unknown",
    covers: ({ program, engine, check }) =>
      program === "stack-references" && JSON.stringify(engine).includes("network-undefined") && check === UNKNOWN,
  },
  {
    reason: "a provider makes a document with one unknown part a text of which nothing is known; check keeps what is",
    covers: ({ engine, check }) =>
      engine === UNKNOWN && typeof check === "object" && check !== null && "Statement" in check,
  },
  {
    reason: "check predicts ARNs and the like, unless --unknown-outputs asks for the engine's view",
    covers: ({ program, place, engine, check }) =>
      program === PREDICTED &&
      (/ properties\.id$/.test(place) || JSON.stringify(engine).includes(UNKNOWN)) &&
      !JSON.stringify(check).includes(UNKNOWN),
  },
];

/** The one program that runs with predictions here. */
const PREDICTED = "unknown-arns, predicted";

describe("what check shows to a policy pack, against the engine", function () {
  needsEngine(this);
  this.timeout(10 * 60_000);
  const differences: Difference[] = [];

  async function compare(program: string, config: Readonly<Record<string, string>> = {}): Promise<void> {
    const engine = await recordEngine(join(PROGRAMS, program), { config });
    const { seen } = await recordCheck(program, { config, unknownOutputs: true });
    assert.ok(engine.length > 0);
    accept(differencesIn(program, engine, seen));
  }

  function accept(found: readonly Difference[]): void {
    differences.push(...found);
    assert.deepEqual(
      found.filter((difference) => !ACCEPTED.some(({ covers }) => covers(difference))),
      [],
    );
  }

  it("agrees on components", () => compare("components"));
  it("agrees on explicit providers, also of components and with unknown configuration", () =>
    compare("explicit-providers"));
  it("agrees on the default provider and the stack's configuration", () =>
    compare("default-provider", {
      "aws:region": "eu-central-1",
      "aws:defaultTags": '{"tags":{"team":"identity"}}',
      "aws:skipMetadataApiCheck": "true",
      "default-provider:path": "/people/",
      "default-provider:team": "ops",
    }));
  it("agrees on ARNs that are not known yet", () => compare("unknown-arns"));
  it("differs from it only in what it predicts", async () => {
    const engine = await recordEngine(join(PROGRAMS, "unknown-arns"), { config: {} });
    const { seen } = await recordCheck("unknown-arns", { unknownOutputs: false });
    accept(differencesIn(PREDICTED, engine, seen));
  });
  it("agrees on policies given as objects", () => compare("policy-objects"));
  it("agrees on policy documents, with and without unknowns", () => compare("policy-documents"));
  it("agrees on stack references", () => compare("stack-references"));
  it("agrees on transforms and transformations", () => compare("transforms"));
  it("agrees on dynamic resources", () => compare("dynamic-resources"));
  it("agrees on reads", () => compare("reads"));
  it("agrees on aliases", () => compare("aliases"));
  it("agrees on dependencies between resources and components", () => compare("depends-on"));
  it("agrees on assets", () => compare("assets"));
  it("agrees on secrets", () => compare("secrets", { "secrets:token": "configured-token" }));
  it("agrees on nested values and resources as values", () => compare("nested-values"));
  it("agrees on a TypeScript program", () => compare("typescript-program"));

  it("needs every difference that it accepts", () => {
    const unneeded = ACCEPTED.filter(({ covers }) => !differences.some(covers)).map(({ reason }) => reason);
    assert.deepEqual(unneeded, []);
  });
});
