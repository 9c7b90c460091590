import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { type FileCase, KEYS, PROJECT, READ, REFUSED, STRICTER } from "../cli/project/pulumi-files";
import { needsEngine } from "./suite";
import { Workspace } from "./workspace";

interface Shown {
  readonly value?: string;
  readonly secret: boolean;
}

describe("Pulumi's own files to the Pulumi CLI", function () {
  needsEngine(this);
  let workspace: Workspace;
  before(async () => {
    workspace = await Workspace.open({ files: { "Pulumi.yaml": PROJECT } });
    rmSync(`${workspace.folder}/Pulumi.yaml`);
  });
  after(() => workspace?.dispose());

  /** What the CLI says of the files; undefined where it refuses them. */
  async function readByCli({ project = PROJECT, stack = "", extension }: FileCase) {
    const files = [
      workspace.write(`Pulumi${extension ?? ".yaml"}`, project),
      workspace.write(`Pulumi.dev${extension ?? ".yaml"}`, stack),
    ];
    try {
      const { code, stdout, output } = await workspace.run(["config", "--json", "--stack", "dev"]);
      if (code !== 0) return { output };
      const shown: Record<string, Shown> = JSON.parse(stdout);
      const values = Object.entries(shown).map(([key, { secret, value }]) => [key, secret ? "secret" : value]);
      return { output, values: Object.fromEntries(values) };
    } finally {
      for (const file of files) rmSync(file);
    }
  }

  for (const file of [...KEYS, ...READ, ...STRICTER]) {
    it(`say the same with ${file.what}`, async () => {
      const { values, output } = await readByCli(file);
      assert.deepEqual(values, file.pulumi, output);
    });
  }
  for (const file of REFUSED) {
    it(`are refused with ${file.what}`, async () => {
      const { values, output } = await readByCli(file);
      assert.equal(values, undefined, output);
    });
  }
});
