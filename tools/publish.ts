import { spawnSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "./build";
import { expectMember, loginOf, publishedVersions } from "./publish/cloud";
import { npmEnvironment } from "./publish/npm-environment";
import { SHRINKWRAP, shrinkwrapOf } from "./publish/shrinkwrap";
import { faultsOf, manifestOf, tarballOf } from "./publish/tarball";

const ROOT = join(__dirname, "..");
const PACK = join(ROOT, "policypack");
/** What the pack's own sources are tested by; without the random tests, the engine and the command line, which take minutes. */
const SUITES = ["tests/{examples,host,iam,model,rules}/**/*.test.ts", "--ignore", "tests/iam/{fuzz,laws}.test.ts"];

/**
 * Publishes the pack of this checkout, at its version, to an organization of Pulumi Cloud. What can be wrong is found
 * before anything is sent.
 *
 * @throws Error that says what is wrong and what to do
 */
async function publish(organization: string): Promise<void> {
  const { name, version }: { name: string; version: string } = JSON.parse(
    readFileSync(join(PACK, "package.json"), "utf8"),
  );
  const login = loginOf(PACK);
  expectMember(login, organization);
  expectCommitted();
  if (publishedVersions(PACK, organization, name).includes(version)) {
    throw new Error(
      `${organization} has ${name} ${version} already, and a published version never changes: raise "version" in ` +
        "package.json, policypack/package.json and package-lock.json, and commit",
    );
  }

  step("Building");
  await build(ROOT);
  step("Testing");
  run(process.execPath, [join(ROOT, "node_modules/mocha/bin/mocha.js"), ...SUITES], ROOT, "the tests failed");
  step("Packing");
  try {
    writeFileSync(join(PACK, SHRINKWRAP), shrinkwrapOf(ROOT));
    const tarball = tarballOf(PACK);
    const faults = faultsOf(tarball, manifestOf(PACK));
    if (faults.length > 0) throw new Error(`the pack must not be published so:\n${faults.join("\n")}`);
    console.log(`${tarball.files.join(", ")}: ${Math.ceil(tarball.size / 1024)} KB`);
    step(`Publishing ${name} ${version} to ${organization} as ${login.user}`);
    run("pulumi", ["--non-interactive", "policy", "publish", organization], PACK, "pulumi policy publish failed");
  } finally {
    // Beside the pack it would only go stale: the repository has its lock file.
    rmSync(join(PACK, SHRINKWRAP), { force: true });
  }
  console.log(`\nNothing is enforced yet. To enable it (docs/rollout.md has the steps):`);
  console.log(`  pulumi policy enable ${organization}/${name} ${version} --policy-group GROUP --config FILE`);
}

/** A published version has to be one that somebody can check out again. */
function expectCommitted(): void {
  const { status, stdout } = spawnSync("git", ["status", "--porcelain"], { cwd: ROOT, encoding: "utf8" });
  // No git, or no checkout: a source archive has nothing to compare with.
  if (status !== 0 || stdout === "") return;
  const changed = stdout.trimEnd().split("\n");
  const shown = changed.slice(0, 5).join("\n");
  const more = changed.length > 5 ? `\n   … and ${changed.length - 5} more` : "";
  throw new Error(`the checkout has changes that are not committed: commit or stash them first\n${shown}${more}`);
}

function step(title: string): void {
  console.log(`\n=== ${title}`);
}

function run(command: string, args: readonly string[], cwd: string, failure: string): void {
  const { status, error } = spawnSync(command, args, { cwd, stdio: "inherit", env: npmEnvironment() });
  if (status !== 0) throw new Error(`${failure}${error === undefined ? "" : `: ${error.message}`}; see above`);
}

const [organization, ...rest] = process.argv.slice(2);
if (organization === undefined || rest.length > 0 || !/^\w[\w-]*$/.test(organization)) {
  console.error("Usage: npm run publish:pack -- ORG\nORG is the name of an organization of Pulumi Cloud.");
  process.exitCode = 2;
} else {
  publish(organization).catch((error: Error) => {
    console.error(`\nNot published: ${error.message}`);
    process.exitCode = 1;
  });
}
