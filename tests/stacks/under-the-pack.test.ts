import assert from "node:assert/strict";
import { readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { check } from "../../cli/check/check";
import { TemporaryFolder } from "../cli/temporary-folder";
import { compiledCompanion } from "../engine/companion";

const ROOT = join(__dirname, "../..");

interface Judgement {
  /** What the pack says with every rule at its default: `level rule: name of the resource`. */
  readonly findings: readonly string[];
  /** How many resources it saw: those of the program, the stack and the provider. */
  readonly resources: number;
}

/** What the pack says of a stack of the program in the folder. */
async function judgementOf(path: string, stack: string, config: readonly string[] = []): Promise<Judgement> {
  const { failure, findings, resources } = await check({
    path,
    stack,
    config,
    policyConfig: undefined,
    answers: undefined,
    account: "123456789012",
    region: "us-east-1",
    timeoutSeconds: 120,
  });
  if (failure !== undefined) throw failure;
  return {
    findings: findings.map(({ level, rule, resource }) => `${level} ${rule}: ${resource.split("::").at(-1)}`),
    resources,
  };
}

describe("stacks: under our own pack", () => {
  // The program is the same for every stack, so it is compiled once.
  const program = new TemporaryFolder();
  before(() => symlinkSync(join(ROOT, "node_modules"), join(program.path, "node_modules")));
  after(() => program.remove());

  function judgementOn(stack: string, config: readonly string[] = []): Promise<Judgement> {
    const { copies = [], files = {} } = compiledCompanion(stack);
    for (const path of copies) program.write(path, readFileSync(join(ROOT, path), "utf8"));
    for (const [path, text] of Object.entries(files)) program.write(path, text);
    return judgementOf(program.path, stack, config);
  }

  it("password-policy has no finding, in its sources and compiled", async () => {
    assert.deepEqual(await judgementOf(ROOT, "password-policy"), { findings: [], resources: 4 });
    assert.deepEqual(await judgementOn("password-policy"), { findings: [], resources: 4 });
  });

  it("admin-group has the advice that its role is an administrator's", async () => {
    assert.deepEqual(await judgementOn("admin-group"), {
      findings: ["advisory no-overbroad-role: admin-group-role"],
      resources: 10,
    });
  });

  for (const [stack, resources] of [
    ["user-mfa", 8],
    ["alternate-contacts", 6],
    ["deploy-role", 6],
    ["github-deploy-role", 6],
    ["account-baseline", 17],
    ["guardrail-scps", 5],
    ["central-root-access", 5],
    ["root-activity-alarm", 11],
    ["admin-change-alarm", 48],
    ["organization-baseline", 39],
    ["org-enforcement", 4],
  ] as const) {
    it(`${stack} has no finding`, async () => {
      assert.deepEqual(await judgementOn(stack), { findings: [], resources });
    });
  }

  it("identity-center-admins has the advice that its permission set is not listed", async () => {
    assert.deepEqual(await judgementOn("identity-center-admins"), {
      findings: ["advisory no-overbroad-permission-set: identity-center-admins-permission-set"],
      resources: 8,
    });
  });

  it("break-glass has the advice that its role is an administrator's", async () => {
    assert.deepEqual(await judgementOn("break-glass"), {
      findings: ["advisory no-overbroad-role: break-glass-access-role"],
      resources: 20,
    });
  });

  it("developer-boundary has the advice that teams may rewrite the policies below their path", async () => {
    assert.deepEqual(await judgementOn("developer-boundary"), {
      findings: ["advisory no-overbroad-group: developer-boundary-group-developers"],
      resources: 6,
    });
  });
  const key = "aws-identity-guardrails:";
  const ids = [`${key}ownerId=123456`, `${key}repositoryId=456789`];
  for (const [caller, config] of [
    ["both subjects", [...ids, `${key}subjectForm=both`]],
    ["pull requests", [...ids, `${key}branch=`, `${key}pullRequests=true`]],
    ["an environment", [`${key}branch=`, `${key}environment=production`]],
  ] as const) {
    it(`github-deploy-role has no finding for ${caller}`, async () => {
      assert.deepEqual(await judgementOn("github-deploy-role", config), { findings: [], resources: 6 });
    });
  }

  it("root-scp has no finding", async () => {
    assert.deepEqual(await judgementOn("root-scp"), { findings: [], resources: 5 });
  });

  it("root-scp has no finding where AssumeRoot sessions are bound too", async () => {
    assert.deepEqual(await judgementOn("root-scp", ["aws-identity-guardrails:exemptAssumeRoot=false"]), {
      findings: [],
      resources: 5,
    });
  });
});
