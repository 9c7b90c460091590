import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "../command";
import { TemporaryFolder } from "../temporary-folder";

const RISKY = join(__dirname, "..", "..", "..", "examples", "risky");

describe("the reports of check", function () {
  this.timeout(120_000);
  const folder = new TemporaryFolder();
  after(() => folder.remove());
  const at = (name: string) => join(folder.path, name);

  it("go to several files at once, with the text beside them", async () => {
    const formats = ["--format", "sarif", "--output", at("a.sarif"), "--format", "junit", "--output", at("a.xml")];
    const { code, stdout } = await run(["check", RISKY, ...formats, "--output", at("a.md")]);
    assert.equal(code, 1);
    assert.match(stdout, /^BLOCKED {2}no-overbroad-group/);
    assert.equal(JSON.parse(readFileSync(at("a.sarif"), "utf8")).version, "2.1.0");
    assert.match(readFileSync(at("a.xml"), "utf8"), /<testsuites/);
    assert.match(readFileSync(at("a.md"), "utf8"), /^### ⛔/);
    assert.deepEqual(
      readdirSync(folder.path).filter((name) => name.endsWith(".tmp")),
      [],
    );
  });

  it("are refused before anything runs where a file cannot be written", async () => {
    mkdirSync(at("folder"));
    for (const [file, problem] of [
      [join(folder.path, "none", "a.json"), "does not exist"],
      [at("folder"), "it is a folder"],
    ] as const) {
      const { code, stdout, stderr } = await run(["check", RISKY, "--format", "json", "--output", file]);
      assert.deepEqual([code, stdout], [2, ""]);
      assert.match(stderr, /^error: .* cannot be written: /);
      assert.ok(stderr.includes(problem), stderr);
    }
  });

  it("are refused in an unknown form, with the nearest one", async () => {
    const { code, stderr } = await run(["check", RISKY, "--format", "jsn"]);
    assert.equal(code, 2);
    assert.match(stderr, /--format jsn: there is no such format\s+Did you mean json\?/);
  });

  it("have annotations where GitHub runs them, beside what another program reads too", async () => {
    const text = await run(["check", RISKY, "--quiet"], { GITHUB_ACTIONS: "true" });
    assert.match(text.stdout, /^::error file=examples\/risky\/index\.ts,line=15,col=16,title=no-overbroad-group::/m);
    const json = await run(["check", RISKY, "--format", "json"], { GITHUB_ACTIONS: "true" });
    assert.equal(JSON.parse(json.stdout).outcome, "blocked");
    assert.match(json.stderr, /^::error file=/m);
  });

  it("know again what a baseline holds", async () => {
    const baseline = ["--baseline", at("baseline.json")];
    assert.equal((await run(["check", RISKY, ...baseline])).code, 2);
    assert.equal((await run(["check", RISKY, ...baseline, "--update-baseline"])).code, 0);
    const { code, stdout } = await run(["check", RISKY, ...baseline]);
    assert.equal(code, 0);
    assert.match(stdout, /^Passed: 0 blocking findings, 0 advisory, 5 in the baseline/m);
  });

  it("are about the rules that were asked", async () => {
    const rulesIn = async (...flags: readonly string[]) => {
      const { stdout } = await run(["check", RISKY, "--format", "json", ...flags]);
      return [...new Set(JSON.parse(stdout).findings.map(({ rule }: { rule: string }) => rule))].sort();
    };
    assert.deepEqual(await rulesIn("--only", "password-policy-strength"), ["password-policy-strength"]);
    assert.ok(!(await rulesIn("--skip", "password-policy-strength")).includes("password-policy-strength"));
    const { code, stderr } = await run(["check", RISKY, "--only", "password-policy-strenth"]);
    assert.equal(code, 2);
    assert.match(
      stderr,
      /--only password-policy-strenth: there is no such rule\s+Did you mean password-policy-strength\?/,
    );
  });

  it("end by the bar that was set", async () => {
    assert.equal((await run(["check", RISKY, "--quiet", "--fail-on", "never"])).code, 0);
    const only = ["--only", "safe-login-profile", "--quiet"];
    assert.equal((await run(["check", RISKY, ...only])).code, 0);
    assert.equal((await run(["check", RISKY, ...only, "--fail-on", "advisory"])).code, 1);
  });

  it("are of every stack that has a file", async () => {
    const { stdout } = await run(["check", RISKY, "--all-stacks", "--format", "json"]);
    assert.equal(JSON.parse(stdout).stack, "dev");
    const { code, stderr } = await run(["check", RISKY, "--all-stacks", "--stack", "dev"]);
    assert.equal(code, 2);
    assert.match(stderr, /--stack and --all-stacks exclude each other/);
  });

  it("tell the version", async () => {
    const { version } = JSON.parse(readFileSync(join(RISKY, "..", "..", "package.json"), "utf8"));
    assert.deepEqual(await run(["--version"]), { code: 0, stdout: `${version}\n`, stderr: "" });
    assert.ok(existsSync(RISKY));
  });
});
