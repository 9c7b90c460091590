import assert from "node:assert/strict";
import { parseDocument } from "yaml";
import { filesUnder, textOf } from "./sources";

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Job {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly environment?: string;
  readonly "timeout-minutes"?: number;
  readonly steps: readonly Step[];
}

interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions?: unknown;
  readonly jobs: Readonly<Record<string, Job>>;
}

const WORKFLOWS = filesUnder(".github/workflows", ".yml");

/** @throws where the text is not YAML */
function yamlOf<T>(text: string): T {
  const document = parseDocument(text);
  assert.deepEqual(document.errors, []);
  return document.toJS();
}

/** Actions that are named by a tag or a branch, or whose version no comment says. */
function unpinned(text: string): string[] {
  const named = [...text.matchAll(/uses: (.*)$/gm)].map(([, action = ""]) => action);
  return named.filter((action) => !/^[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(action));
}

/** What a step would put from an event into a script: a title or a branch's name can be a command there. */
function interpolated({ run = "" }: Step): string[] {
  return [...run.matchAll(/\$\{\{(.*?)\}\}/g)].map(([whole]) => whole);
}

for (const path of WORKFLOWS) {
  describe(path, () => {
    const text = textOf(path);
    const workflow = yamlOf<Workflow>(text);
    const jobs = Object.values(workflow.jobs);
    const steps = jobs.flatMap((job) => job.steps);

    it("names every action by its commit, with its version", () => assert.deepEqual(unpinned(text), []));

    it("may read the repository and nothing else, unless a job says more", () =>
      assert.deepEqual(workflow.permissions, { contents: "read" }));

    it("gives no secrets to the code of strangers", () => {
      assert.equal("pull_request_target" in workflow.on, false);
      assert.equal("workflow_run" in workflow.on, false);
      if ("pull_request" in workflow.on) assert.doesNotMatch(text, /secrets\.|id-token/);
    });

    it("leaves no token of GitHub's in a checkout", () => {
      const checkouts = steps.filter(({ uses }) => uses?.startsWith("actions/checkout@"));
      assert.deepEqual(
        checkouts.filter((step) => step.with?.["persist-credentials"] !== false),
        [],
      );
    });

    it("puts nothing from an event into a script", () => assert.deepEqual(steps.flatMap(interpolated), []));

    it("ends by itself", () => assert.equal(jobs.filter((job) => job["timeout-minutes"] === undefined).length, 0));
  });
}

describe("the release", () => {
  const { jobs } = yamlOf<Workflow>(textOf(".github/workflows/release.yml"));

  it("publishes from a job that a reviewer lets run and that runs no code of the repository", () => {
    const { publish } = jobs;
    assert.equal(publish?.environment, "npm");
    assert.equal(
      publish?.steps.some(({ uses }) => uses?.startsWith("actions/checkout@")),
      false,
    );
    assert.match(publish?.steps.map(({ run = "" }) => run).join("\n") ?? "", /npm publish .* --provenance/);
  });

  it("builds in a job that may not publish, and that takes nothing from a cache", () => {
    const { build } = jobs;
    assert.equal(build?.permissions, undefined);
    assert.equal(
      build?.steps.some(({ uses }) => uses?.startsWith("actions/cache@")),
      false,
    );
  });
});

describe("what takes long", () => {
  const nightly = yamlOf<Workflow>(textOf(".github/workflows/nightly.yml"));

  it("is tested every night, from nothing", () => {
    assert.deepEqual(nightly.on.schedule, [{ cron: "23 2 * * *" }]);
    const steps = Object.values(nightly.jobs).flatMap((job) => job.steps);
    assert.ok(steps.some(({ run }) => run === "npm run test:long"));
    assert.equal(
      steps.some(({ uses }) => uses?.startsWith("actions/cache@")),
      false,
    );
  });

  it("is named in CONTRIBUTING.md, every suite of it", () => {
    const told = /^`npm run test:long` runs .*?(?=\n\n)/ms.exec(textOf("CONTRIBUTING.md"))?.[0] ?? "";
    const suites = filesUnder("tests/long", ".test.ts").map((path) => path.replace(/^.*\//, ""));
    assert.ok(suites.length >= 3);
    assert.deepEqual(
      suites.filter((name) => !told.includes(`\`${name}\``)),
      [],
    );
  });
});

describe("updates of dependencies", () => {
  it("are proposed for packages, actions, Go and Python", () => {
    const { updates } = yamlOf<{ updates: { "package-ecosystem": string }[] }>(textOf(".github/dependabot.yml"));
    assert.deepEqual(updates.map((it) => it["package-ecosystem"]).sort(), ["github-actions", "gomod", "npm", "pip"]);
  });
});

describe("the jobs in docs/rollout.md", () => {
  const blocks = [...textOf("docs/rollout.md").matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map(([, code = ""]) => code);

  it("are YAML", () => {
    assert.equal(blocks.length, 5);
    for (const block of blocks) yamlOf(block);
  });

  it("take configuration and pack from the platform team's repository", () => {
    const judging = blocks.filter((block) => /aws-identity-guardrails/.test(block));
    assert.equal(judging.length, 4);
    for (const block of judging) assert.match(block, /acme\/guardrails/);
  });

  it("run images, and a Pulumi CLI that takes the pack as one file, that are pinned", () => {
    const images = blocks.flatMap((block) => block.match(/^\s+image: .*$/gm) ?? []).map((line) => line.trim());
    assert.deepEqual(images, ["image: node:22@sha256:DIGEST", "image: pulumi/pulumi-nodejs:3.274.1@sha256:DIGEST"]);
    const deploying = blocks.filter((block) => /pulumi up/.test(block));
    assert.equal(deploying.length, 2);
    for (const block of deploying) {
      assert.match(block, /3\.274\.1/);
      assert.match(block, /--policy-pack \S+\/policypack\/dist\/aws-identity-guardrails$/m);
    }
  });

  it("give code under review neither secrets nor a cloud identity", () => {
    const before = blocks.filter((block) => /workflow_call|on: pull_request|merge_request_event/.test(block));
    assert.equal(before.length, 3);
    for (const block of before) assert.doesNotMatch(block, /secrets[.:]|id-token|id_tokens|role-to-assume|PASSPHRASE/);
  });
});

describe("looking at a workflow", () => {
  it("finds an action by tag, by branch and without a version", () => {
    const commit = "0123456789012345678901234567890123456789";
    const text = `uses: a/b@v4\nuses: a/b@main\nuses: a/b@${commit}\nuses: a/b/c@${commit} # v1.2.3\n`;
    assert.deepEqual(unpinned(text), ["a/b@v4", "a/b@main", `a/b@${commit}`]);
  });

  it("finds a title in a script", () =>
    assert.deepEqual(interpolated({ run: "echo ${{ github.event.issue.title }}" }), [
      "${{ github.event.issue.title }}",
    ]));
});
