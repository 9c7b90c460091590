import assert from "node:assert/strict";
import { mkdirSync, rmdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { readProject } from "../../../cli/project/project";
import { readStackConfig } from "../../../cli/project/stack-config";
import { Observations } from "../../../cli/pulumi/observations";
import { TemporaryFolder } from "../temporary-folder";
import { type FileCase, KEYS, PROJECT, READ, REFUSED, STRICTER } from "./pulumi-files";

async function readHere({ project = PROJECT, stack = "", extension }: FileCase) {
  const folder = new TemporaryFolder({
    [`Pulumi${extension ?? ".yaml"}`]: project,
    [`Pulumi.dev${extension ?? ".yaml"}`]: stack,
  });
  try {
    const read = await readStackConfig(readProject(folder.path), "dev", [], new Observations());
    const shown = [...read.config].map(([key, text]) => [key, read.secretKeys.has(key) ? "secret" : text]);
    return Object.fromEntries(shown);
  } finally {
    folder.remove();
  }
}

describe("Pulumi's own files", () => {
  for (const it_ of [...KEYS, ...READ]) {
    it(`are read with ${it_.what}`, async () => assert.deepEqual(await readHere(it_), it_.pulumi));
  }
  for (const it_ of [...REFUSED, ...STRICTER]) {
    it(`are refused with ${it_.what}`, async () => assert.rejects(readHere(it_), { message: it_.refused }));
  }

  it("are refused where they are a device, which never ends, or a folder", async () => {
    const folder = new TemporaryFolder({ "Pulumi.yaml": PROJECT });
    const read = () => readStackConfig(readProject(folder.path), "dev", [], new Observations());
    try {
      mkdirSync(join(folder.path, "Pulumi.dev.yaml"));
      await assert.rejects(read(), { message: /Pulumi\.dev\.yaml is no ordinary file$/ });
      if (process.platform === "win32") return;
      rmdirSync(join(folder.path, "Pulumi.dev.yaml"));
      symlinkSync("/dev/zero", join(folder.path, "Pulumi.dev.yaml"));
      await assert.rejects(read(), { message: /Pulumi\.dev\.yaml is no ordinary file$/ });
    } finally {
      folder.remove();
    }
  });
});
