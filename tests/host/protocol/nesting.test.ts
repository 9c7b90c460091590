import { deepEqual, equal, match } from "node:assert/strict";
import { RemediateResponse } from "@pulumi/pulumi/proto/analyzer_pb";
import { Secrets } from "../../../policypack/host/outgoing/secrets";
import { resourceOf } from "../../../policypack/host/protocol/decode";
import { analyzer } from "../../../policypack/host/protocol/service";
import { notYet } from "../../../policypack/iam/language/document";
import { noOverbroadUser } from "../../../policypack/rules/administrators/no-overbroad-user";
import { passwordPolicyStrength } from "../../../policypack/rules/organization/password-policy-strength";
import { type Config, call, Engine, type Told, toldIn } from "../asked";
import { type Deep, deepAnalyzeRequest, deepStackRequest } from "../deep";
import { type Registered, urnOf } from "../requests";

const policy: Registered = {
  type: "aws:iam/userPolicy:UserPolicy",
  name: "work",
  inputs: { name: "work", user: "robot" },
};

const passwordPolicy: Registered = {
  type: "aws:iam/accountPasswordPolicy:AccountPasswordPolicy",
  name: "passwords",
  inputs: {},
};

const { analyze, analyzeStack } = analyzer;

async function shown(deep: Deep, config: Config = {}): Promise<Told[]> {
  const engine = new Engine({ rules: [noOverbroadUser], config });
  await engine.start(true);
  return toldIn(await call(engine.service.analyze, analyze.requestDeserialize(deepAnalyzeRequest(policy, deep))));
}

const inWords = ({ policy: rule, level, urn }: Told) => `${rule} ${level} ${urn}`;
const unread = [`settings mandatory ${urnOf(policy.type, policy.name)}`];

describe("values nested in one another", () => {
  it("are read down to 500 levels, and not one deeper", async () => {
    deepEqual((await shown({ property: "tags", levels: 500, as: "objects" })).map(inWords), []);
    deepEqual((await shown({ property: "tags", levels: 501, as: "objects" })).map(inWords), unread);
    deepEqual((await shown({ property: "tags", levels: 500, as: "lists" })).map(inWords), []);
    deepEqual((await shown({ property: "tags", levels: 501, as: "lists" })).map(inWords), unread);
  });

  it("are told of where they lie far deeper than a call stack reaches", async () => {
    deepEqual((await shown({ property: "policy", levels: 4_000, as: "objects" })).map(inWords), unread);
    deepEqual((await shown({ property: "policy", levels: 4_000, as: "lists" })).map(inWords), unread);
  });

  it("are told of by property and resource", async () => {
    const [told] = await shown({ property: "policy", levels: 2_000, as: "objects" });
    match(
      (told?.message ?? "").replace(/\s+/g, " "),
      /^What stands in policy of aws:iam\/userPolicy:UserPolicy "work" was not read: it is nested deeper than 500 levels\./,
    );
  });

  it("leave what stands beside them as it is, and the request like any other", () => {
    const of = (deep: Deep) => resourceOf(analyze.requestDeserialize(deepAnalyzeRequest(policy, deep)), new Secrets());
    const deep = of({ property: "policy", levels: 4_000, as: "objects" });
    equal(deep.urn, urnOf(policy.type, policy.name));
    deepEqual({ ...deep.properties }, { name: "work", user: "robot", policy: notYet });
    deepEqual(deep.unread, ["policy"]);
    deepEqual(of({ property: "tags", levels: 3, as: "lists" }).unread, []);
  });

  it("keep nothing secret in reach of a message: what was not read is not known", async () => {
    const told = await shown({ property: "policy", levels: 600, as: "objects", innermost: "sEcReT-12345678" });
    equal(
      told.some(({ message }) => message.includes("sEcReT")),
      false,
    );
  });

  it("are told of at the end where the run did not show them before, and once", async () => {
    const engine = new Engine({ rules: [noOverbroadUser] });
    await engine.start(true);
    const end = async () => {
      const bytes = deepStackRequest(policy, { property: "policy", levels: 4_000, as: "objects" });
      const told = toldIn(await call(engine.service.analyzeStack, analyzeStack.requestDeserialize(bytes)));
      return told.map(inWords).filter((line) => line.startsWith("settings"));
    };
    deepEqual(await end(), unread);
    deepEqual(await end(), []);
  });

  it("stop the remedies of their resource, as nobody could send back the whole of it", async () => {
    const engine = new Engine({
      rules: [passwordPolicyStrength],
      config: { "password-policy-strength": "remediate" },
    });
    await engine.start(true);
    const remedies = async (levels: number) => {
      const bytes = deepAnalyzeRequest(passwordPolicy, { property: "tags", levels, as: "objects" });
      const response = await call(engine.service.remediate, analyzer.remediate.requestDeserialize(bytes));
      return RemediateResponse.deserializeBinary(response);
    };
    equal((await remedies(3)).getRemediationsList().length, 1);
    equal((await remedies(4_000)).getRemediationsList().length, 0);
  });

  it("only advise where the configuration says so", async () => {
    const deep: Deep = { property: "policy", levels: 2_000, as: "objects" };
    deepEqual(
      (await shown(deep, { settings: "advisory" })).map(({ level }) => level),
      ["advisory"],
    );
  });
});
