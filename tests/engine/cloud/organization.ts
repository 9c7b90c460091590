import assert from "node:assert/strict";
import { type Result, Workspace } from "../workspace";
import { CheckoutCopy } from "./checkout-copy";
import type { JsonObject } from "./http";
import { PulumiCloud } from "./server";
import type { Operation } from "./stacks";

const GROUP = "production";

/** A finding as the CLI reports it to Pulumi Cloud (apitype.PolicyEvent of Pulumi's SDK). */
export interface RecordedFinding {
  readonly resourceUrn: string;
  readonly message: string;
  readonly policyName: string;
  readonly policyPackVersionTag: string;
  readonly enforcementLevel: string;
  readonly severity: string;
}

/** An organization of Pulumi Cloud with a project of one stack in the policy group `production`, and a checkout of the pack. */
export class Organization {
  private constructor(
    readonly cloud: PulumiCloud,
    readonly checkout: CheckoutCopy,
    readonly workspace: Workspace,
  ) {}

  static async found(): Promise<Organization> {
    const cloud = await PulumiCloud.start();
    // What a consumer installs, every developer of this repository has in npm's cache.
    const env = { ...cloud.login, npm_config_prefer_offline: "true" };
    const workspace = await Workspace.open({ env, stack: "acme/dev", files: { "index.js": "" } });
    const organization = new Organization(cloud, new CheckoutCopy(), workspace);
    await organization.policy(
      "group",
      "new",
      GROUP,
      "--entity-type",
      "stacks",
      "--mode",
      "preventative",
      "--org",
      "acme",
      "--yes",
    );
    await organization.policy("group", "edit", GROUP, "--org", "acme", "--add-stack", "engine-test/dev");
    return organization;
  }

  /** Publishes the checkout's pack under a version. */
  async publish(version: string): Promise<void> {
    this.checkout.release(version);
    const args = ["run", "--silent", "publish:pack", "--", "acme"];
    const { code, output } = await this.workspace.execute("npm", args, this.checkout.folder);
    assert.equal(code, 0, output);
  }

  /** Holds the group to a version of the pack (`latest` too) with a configuration. */
  async enforce(version: string, configuration: object = {}): Promise<void> {
    const config = this.workspace.write("policy-config.json", JSON.stringify(configuration));
    await this.policy("enable", "acme/aws-identity-guardrails", version, "--policy-group", GROUP, "--config", config);
  }

  async release(): Promise<void> {
    await this.policy("disable", "acme/aws-identity-guardrails", "--policy-group", GROUP);
  }

  /** Runs `pulumi policy …`, which has to succeed. */
  async policy(...args: string[]): Promise<Result> {
    const result = await this.workspace.run(["policy", ...args]);
    assert.equal(result.code, 0, result.output);
    return result;
  }

  /** A plain `pulumi preview` of a program, as any developer runs it. */
  preview(program: string): Promise<Result> {
    this.workspace.write("index.js", program);
    return this.workspace.preview();
  }

  /** What was recorded of the last operation. */
  recorded(): { kind: string; status: string; findings: RecordedFinding[]; events: JsonObject[] } {
    const last: Operation | undefined = this.cloud.stacks.operations.at(-1);
    assert.ok(last, "an operation was recorded");
    const { kind, status = "unfinished", events } = last;
    const findings = events.flatMap(({ policyEvent }) => (policyEvent === undefined ? [] : [policyEvent]));
    return { kind, status, findings: findings as unknown as RecordedFinding[], events };
  }

  close(): void {
    this.workspace.dispose();
    this.checkout.dispose();
    this.cloud.stop();
  }
}
