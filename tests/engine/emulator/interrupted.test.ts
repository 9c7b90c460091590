import assert from "node:assert/strict";
import { setTimeout } from "node:timers/promises";
import { compiledCompanion } from "../companion";
import { type Result, Workspace } from "../workspace";
import { accountAt, environmentOf, OWN_ACCOUNT } from "./account";
import { succeeded } from "./deployment";
import { Gate } from "./gate";
import { Moto } from "./moto";
import { needsEmulator } from "./suite";

const POLICY = "administrators-self-service";

/** A provider that outlives its crashed engine for a moment must not try again in that time. */
const ONE_ATTEMPT = { AWS_MAX_ATTEMPTS: "1" };

const WRITTEN_AFTER_MS = 1500;

describe("an up that is interrupted", function () {
  needsEmulator(this);
  let moto: Moto;
  let gate: Gate;
  let stack: Workspace;

  before(async () => {
    moto = await Moto.start();
    gate = new Gate(moto.endpoint);
    await gate.open();
  });
  after(async () => {
    gate?.close();
    await moto?.kill();
  });
  beforeEach(async () => {
    await moto.reset();
    await addUsers();
  });
  afterEach(() => stack?.dispose());

  async function open(env: Record<string, string> = {}): Promise<void> {
    const project = compiledCompanion("admin-group");
    stack = await Workspace.open({ ...project, env: { ...environmentOf(gate.endpoint), ...env } });
  }

  async function addUsers(): Promise<void> {
    const { iam } = accountAt(moto.endpoint);
    for (const UserName of ["first-admin", "second-admin"]) await iam.createUser({ UserName });
  }

  /** One resource after the other, so that it is known what was done when the test interferes. */
  function up(...args: string[]): Promise<Result> {
    return stack.up("--skip-preview", "--parallel", "1", ...args);
  }

  /** Ends everything at once, but not in the middle of a write: what a torn state file means is not the question here. */
  async function crash(): Promise<void> {
    await setTimeout(WRITTEN_AFTER_MS);
    stack.crash();
    gate.close();
  }

  async function assertComplete(): Promise<void> {
    const { iam } = accountAt(moto.endpoint);
    const { Users = [] } = await iam.getGroup({ GroupName: "administrators" });
    assert.deepEqual(Users.map((it) => it.UserName).sort(), ["first-admin", "second-admin"]);
    const { AttachedPolicies = [] } = await iam.listAttachedGroupPolicies({ GroupName: "administrators" });
    assert.deepEqual(
      AttachedPolicies.map((it) => it.PolicyName),
      [POLICY],
    );
    const attached = await iam.listAttachedRolePolicies({ RoleName: "administrator" });
    assert.deepEqual(
      attached.AttachedPolicies?.map((it) => it.PolicyName),
      ["AdministratorAccess"],
    );
  }

  it("says what could not be made when AWS does not answer any more, and the next up goes on from there", async () => {
    await open();
    gate.before("AttachGroupPolicy", () => gate.close());
    const cut = await up();
    assert.match(
      cut.output,
      /error: creating aws:iam\/groupPolicyAttachment:GroupPolicyAttachment \(admin-group-group-policy\): connect ECONNREFUSED/,
    );
    assert.notEqual(cut.code, 0);

    await gate.open();
    succeeded(await up());
    await assertComplete();
  });

  it("makes everything anew after a refresh when the account was emptied in between", async () => {
    await open();
    gate.before("AttachGroupPolicy", () => moto.kill());
    assert.notEqual((await up()).code, 0);

    await moto.restart();
    await addUsers();
    succeeded(await up("--refresh"));
    await assertComplete();
  });

  it("has lost nothing when it crashed before AWS was asked: cancel the lock, up again", async () => {
    await open(ONE_ATTEMPT);
    gate.before("CreatePolicy", crash);
    assert.notEqual((await up()).code, 0);
    await gate.open();
    const locked = await up();
    assert.match(locked.output, /the stack is currently locked by 1 lock/);
    assert.notEqual(locked.code, 0);

    succeeded(await stack.run(["cancel", "--yes", "--stack", "admin-group"]));
    const repaired = succeeded(await up());
    assert.match(repaired.output, /admin-group-policy, interrupted while creating/);
    await assertComplete();
  });

  it("names what AWS has made and the state does not know when it crashed in between, and takes it over", async () => {
    await open(ONE_ATTEMPT);
    gate.after("CreatePolicy", crash);
    assert.notEqual((await up()).code, 0);
    await gate.open();
    succeeded(await stack.run(["cancel", "--yes", "--stack", "admin-group"]));

    const clash = await up();
    assert.match(clash.output, /admin-group-policy, interrupted while creating/);
    assert.match(
      clash.output,
      /error: creating aws:iam\/policy:Policy \(admin-group-policy\): EntityAlreadyExistsException: A policy called administrators-self-service already exists/,
    );
    assert.notEqual(clash.code, 0);

    // The flag --import-pending-creates of refresh ends well and yet leaves the resource out of the state.
    const parent =
      "admin-group=urn:pulumi:admin-group::aws-identity-guardrails::aws-identity-guardrails:index:AdminGroup::admin-group";
    const policy = ["aws:iam/policy:Policy", "admin-group-policy", `arn:aws:iam::${OWN_ACCOUNT}:policy/${POLICY}`];
    const quietly = ["--yes", "--protect=false", "--generate-code=false"];
    succeeded(await stack.run(["import", ...quietly, "--stack", "admin-group", "--parent", parent, ...policy]));
    succeeded(await up());
    await assertComplete();
  });
});
