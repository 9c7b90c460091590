import assert from "node:assert/strict";
import { Run } from "../../../policypack/host/run";
import { noOverbroadRole } from "../../../policypack/rules/administrators/no-overbroad-role";
import { noOverbroadUser } from "../../../policypack/rules/administrators/no-overbroad-user";
import { Engine, today } from "../asked";
import { unknownText, urnOf } from "../requests";

const assumeRolePolicy = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }],
});
/** Doubts about what only advises are not told. */
const config = { "no-overbroad-role": "mandatory" } as const;

const worker = { type: "aws:iam/role:Role", name: "worker", inputs: { name: "worker", path: "/", assumeRolePolicy } };

describe("at the end, what a program gave and what a provider will fill in", () => {
  it("waits for a list of policies that the program gave and nobody knows yet", async () => {
    const inputs = { ...worker.inputs, managedPolicyArns: unknownText };
    const told = await new Engine({ rules: [noOverbroadRole], config }).preview([{ ...worker, inputs }]);
    assert.match(told[0]?.message ?? "", /cannot be judged yet/);
  });

  it("does not wait for the list that every new role shows as an output", async () => {
    const outputs = { managedPolicyArns: unknownText };
    assert.deepEqual(await new Engine({ rules: [noOverbroadRole], config }).preview([{ ...worker, outputs }]), []);
  });
});

describe("a document with a hole in it", () => {
  const user = { type: "aws:iam/user:User", name: "robot", inputs: { name: "robot", path: "/" } };
  const statement = { Effect: "Allow", Action: "sts:AssumeRole", Principal: { AWS: unknownText } };
  const builder = {
    ...worker,
    name: "builder",
    inputs: {
      name: "builder",
      path: "/",
      assumeRolePolicy: { Version: "2012-10-17", Statement: [statement] },
      managedPolicyArns: ["arn:aws:iam::aws:policy/AdministratorAccess"],
    },
    from: { assumeRolePolicy: [urnOf(user.type, user.name)] },
  };

  it("is read as it was given where the end shows nothing of it", async () => {
    const outputs = { assumeRolePolicy: unknownText };
    const told = await new Engine({ rules: [noOverbroadUser] }).preview([user, { ...builder, outputs }]);
    assert.deepEqual(
      told.map(({ level, urn }) => `${level} ${urn.split("::").at(-1)}`),
      ["mandatory robot"],
    );
  });
});

describe("under a provider whose own configuration is not known yet", () => {
  const given = {
    urn: urnOf("aws:iam/role:Role", "worker"),
    type: "aws:iam/role:Role",
    name: "worker",
    properties: { ...worker.inputs, managedPolicyArns: ["arn:aws:iam::aws:policy/AdministratorAccess"] },
    dependencies: [],
    propertyDependencies: {},
  };
  const shownAtTheEnd = { ...given, properties: {} };

  it("judges what the program gave, as the engine shows nothing at the end", () => {
    const run = new Run({ rules: [noOverbroadRole], now: () => today });
    run.analyze(given);
    assert.deepEqual(
      run.analyzeStack([shownAtTheEnd]).reports.map(({ policy }) => policy),
      ["no-overbroad-role"],
    );
  });

  it("has nothing to judge of what it was never shown", () => {
    const run = new Run({ rules: [noOverbroadRole], now: () => today });
    assert.deepEqual(run.analyzeStack([shownAtTheEnd]).reports, []);
  });
});
