import assert from "node:assert/strict";
import { join } from "node:path";
import { NEWEST_SDK, OLDEST_SDK } from "../../cli/program/sdk-release";
import { secret, UNKNOWN } from "../../cli/pulumi/values";
import { build } from "../../tools/build";
import { type Difference, differencesIn } from "../cli/differences";
import { CHECKOUT } from "../engine/checkout";
import type { SeenResource } from "../engine/record";
import { Consumer, type ReportedFinding } from "./consumer";
import { installedNode, installedSdk, PINNED_SDK } from "./installations";

const NODE_22 = "22.23.3";
const NODE_24 = "24.21.0";
const CHECKOUT_COMMAND = join(CHECKOUT, "dist", "cli", "main.js");

/** Programs whose findings are compared word by word. */
const JUDGED = ["risky", "safe", "everyday"];

/** Programs of which a policy pack is shown the same, value by value; with their configuration. */
const SHOWN: Readonly<Record<string, readonly string[]>> = {
  "policy-documents": [],
  reads: [],
  secrets: ["--config", "secrets:token=configured-token"],
  "stack-references": [],
  transforms: [],
};

interface Results {
  readonly findings: ReadonlyMap<string, readonly ReportedFinding[]>;
  readonly seen: ReadonlyMap<string, readonly SeenResource[]>;
}

/** Two programs at a time: more only wait for each other on a small machine. */
async function resultsOf(consumer: Consumer, shown = SHOWN): Promise<Results> {
  const [findings, seen] = [new Map<string, readonly ReportedFinding[]>(), new Map<string, readonly SeenResource[]>()];
  const tasks = [
    ...JUDGED.map((program) => async () => findings.set(program, await consumer.findings(program))),
    ...Object.entries(shown).map(
      ([program, flags]) =>
        async () =>
          seen.set(program, await consumer.seen(program, ...flags)),
    ),
  ];
  const worker = async () => {
    for (let next = tasks.shift(); next !== undefined; next = tasks.shift()) await next();
  };
  await Promise.all([worker(), worker()]);
  return { findings, seen };
}

/** On newer SDKs a secret that is not known yet keeps its mark; for a rule it is not known either way. */
function isMarkKept({ engine, check }: Difference): boolean {
  return engine === UNKNOWN && JSON.stringify(check) === JSON.stringify(secret(UNKNOWN));
}

describe("check on every SDK and Node.js that it is made for", function () {
  this.timeout(3 * 60_000);
  const consumers: Consumer[] = [];
  let expected: Results;

  function consumer(sdk: string, node = process.execPath, command?: string): Consumer {
    const made = new Consumer(installedSdk(sdk), node, command);
    consumers.push(made);
    return made;
  }

  function assertSame(results: Results): void {
    for (const [program, findings] of results.findings) {
      assert.deepEqual({ program, findings }, { program, findings: expected.findings.get(program) });
    }
    for (const [program, seen] of results.seen) {
      assert.ok(seen.length > 0);
      const differences = differencesIn(program, expected.seen.get(program) ?? [], seen);
      assert.deepEqual(
        differences.filter((difference) => !isMarkKept(difference)),
        [],
      );
    }
  }

  before(async function () {
    // What is not in the user's cache yet is some hundred megabytes.
    this.timeout(10 * 60_000);
    await build(CHECKOUT);
    for (const release of [OLDEST_SDK, NEWEST_SDK]) installedSdk(release);
    for (const release of [NODE_22, NODE_24]) installedNode(release);
    expected = await resultsOf(consumer(PINNED_SDK));
  });
  after(() => {
    for (const made of consumers) made.remove();
  });

  it(`finds by data sources, transforms, secrets and what is read (SDK ${PINNED_SDK})`, () => {
    const found = expected.findings.get("everyday") ?? [];
    const blocked = found.filter(({ level }) => level === "mandatory");
    assert.deepEqual(
      blocked.map(({ rule, resource }) => [rule, resource.name]),
      [
        ["no-overbroad-group", "crew"],
        ["no-embedded-access-key", "bob"],
        ["no-overbroad-user", "existing"],
      ],
    );
    assert.match(blocked[0]?.message ?? "", /"crew-123456789012"/);
    assert.match(blocked[2]?.message ?? "", /The user "ann"/);
    const undecided = found.find(({ rule }) => rule === "undecided")?.message ?? "";
    assert.match(undecided, /User "bob"[\s\S]*comes\s+from pulumi:pulumi:StackReference/);
    assert.doesNotMatch(JSON.stringify(found), /not-to-be-shown/);
  });

  it(`answers the same on the oldest SDK (${OLDEST_SDK})`, async () => {
    assertSame(await resultsOf(consumer(OLDEST_SDK)));
  });

  it(`answers the same on the oldest SDK with Node.js ${NODE_24}`, async () => {
    assertSame(await resultsOf(consumer(OLDEST_SDK, installedNode(NODE_24)), {}));
  });

  it(`answers the same on the newest SDK (${NEWEST_SDK}) with Node.js ${NODE_22}`, async () => {
    assertSame(await resultsOf(consumer(NEWEST_SDK, installedNode(NODE_22))));
  });

  it(`answers the same on the newest SDK (${NEWEST_SDK}) with Node.js ${NODE_24}`, async () => {
    assertSame(await resultsOf(consumer(NEWEST_SDK, installedNode(NODE_24))));
  });

  it("answers the same where the command runs on another SDK than the program", async () => {
    assertSame(await resultsOf(consumer(NEWEST_SDK, installedNode(NODE_24), CHECKOUT_COMMAND)));
  });

  it("runs what only the newest SDK has", async () => {
    const { findings, notSeen } = await consumer(NEWEST_SDK, installedNode(NODE_24)).report("newest");
    assert.deepEqual(notSeen, [
      'whether aws:iam/user:User "ann" exists, which the program asks: the answer counts as unknown',
    ]);
    assert.match(findings.map(({ message }) => message).join("\n"), /Group "crew" waits for policyArn/);
  });

  it("says so in one line where nobody tried the program's SDK", async () => {
    const stranger = consumer(PINNED_SDK);
    stranger.renameSdk("3.9999.0");
    const { assumptions } = await stranger.report("everyday");
    assert.deepEqual(
      assumptions.filter((text) => text.includes("3.9999.0")),
      [`@pulumi/pulumi 3.9999.0 is newer than ${NEWEST_SDK}, the newest that check is tried with`],
    );
  });
});
