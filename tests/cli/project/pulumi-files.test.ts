import assert from "node:assert/strict";
import { Observations } from "../../../cli/offline/observations";
import { readProject } from "../../../cli/project/project";
import { readStackConfig } from "../../../cli/project/stack-config";
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
});
