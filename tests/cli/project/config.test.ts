import assert from "node:assert/strict";
import { readProject } from "../../../cli/project/project";
import { readStackConfig } from "../../../cli/project/stack-config";
import { Observations } from "../../../cli/pulumi/observations";
import { hidesUnknown } from "../../../cli/pulumi/unknown-markers";
import { TemporaryFolder } from "../temporary-folder";

const PROJECT = "name: shop\nruntime: nodejs\n";

// Written by the Pulumi CLI under the passphrase "correct horse".
const ENCRYPTED = `encryptionsalt: v1:YT7L4t44xx8=:v1:WQGGuLAKN2YzjgaK:RuqH3PQ3/NvRiKThbmUkB5cYykd38w==
config:
  shop:token:
    secure: v1:RaXC3mre9SQu0AI1:kUPE8vjLYH+KisfGYzR1CAj3JCNCpXUmDk+SOoHVAUtJHQ==
  shop:database:
    password:
      secure: v1:EVn0O/yQBV63QPT3:Pz2cAkSmRT4qWTTCBj/Z3dYsu0y2tGBzN5UuVlFiQH4u
    port: 5432
  aws:region: eu-west-1
`;

async function withFiles<T>(files: Record<string, string>, use: (folder: TemporaryFolder) => Promise<T>): Promise<T> {
  const folder = new TemporaryFolder(files);
  try {
    return await use(folder);
  } finally {
    folder.remove();
  }
}

async function configOf(files: Record<string, string>, overrides: string[] = [], observations = new Observations()) {
  return withFiles(files, async (folder) => {
    const stack = await readStackConfig(readProject(folder.path), undefined, overrides, observations);
    return { config: Object.fromEntries(stack.config), secretKeys: [...stack.secretKeys] };
  });
}

async function withPassphrase<T>(passphrase: string | undefined, use: () => Promise<T>): Promise<T> {
  const before = process.env.PULUMI_CONFIG_PASSPHRASE;
  if (passphrase === undefined) delete process.env.PULUMI_CONFIG_PASSPHRASE;
  else process.env.PULUMI_CONFIG_PASSPHRASE = passphrase;
  try {
    return await use();
  } finally {
    if (before === undefined) delete process.env.PULUMI_CONFIG_PASSPHRASE;
    else process.env.PULUMI_CONFIG_PASSPHRASE = before;
  }
}

describe("a stack's configuration", () => {
  it("is assumed to be empty for a chosen stack where no stack has a file", async () => {
    const observations = new Observations();
    await withFiles({ "Pulumi.yaml": PROJECT }, (folder) =>
      readStackConfig(readProject(folder.path), "prod", [], observations),
    );
    assert.deepEqual(observations.assumptions, [
      "the stack is prod, without configuration of its own: there is no Pulumi.prod.yaml",
    ]);
  });

  it("reads scalars as Pulumi does", async () => {
    const stack = 'config:\n  shop:a: 0123\n  shop:b: 1e3\n  shop:c: yes\n  shop:d: "true"\n  shop:e: 1.10\n';
    const { config } = await configOf({ "Pulumi.yaml": PROJECT, "Pulumi.dev.yaml": stack });
    assert.deepEqual(config, {
      "shop:a": "83",
      "shop:b": "1000",
      "shop:c": "yes",
      "shop:d": "true",
      "shop:e": "1.1",
    });
  });

  it("gives structured values as JSON", async () => {
    const stack = "config:\n  aws:defaultTags:\n    tags: { team: ops }\n  shop:list: [1, two]\n";
    const { config } = await configOf({ "Pulumi.yaml": PROJECT, "Pulumi.dev.yaml": stack });
    assert.deepEqual(config, { "aws:defaultTags": '{"tags":{"team":"ops"}}', "shop:list": '[1,"two"]' });
  });

  it("puts keys without a namespace into the project's", async () => {
    const { config } = await configOf({ "Pulumi.yaml": PROJECT, "Pulumi.dev.yaml": "config:\n  size: small\n" });
    assert.deepEqual(config, { "shop:size": "small" });
  });

  it("starts from the project's defaults", async () => {
    const project = `${PROJECT}config:\n  size: { type: string, default: small }\n  shop:plain: x\n  needed: { type: string }\n`;
    const { config } = await configOf({ "Pulumi.yaml": project, "Pulumi.dev.yaml": "config:\n  shop:plain: y\n" });
    assert.deepEqual(config, { "shop:size": "small", "shop:plain": "y" });
  });

  it("gives way to the command line", async () => {
    const { config } = await configOf({ "Pulumi.yaml": PROJECT, "Pulumi.dev.yaml": "config:\n  size: small\n" }, [
      "size=a=b",
      "aws:region=eu-west-1",
    ]);
    assert.deepEqual(config, { "shop:size": "a=b", "aws:region": "eu-west-1" });
  });

  it("is found in the folder that the project names", async () => {
    const files = {
      "Pulumi.yaml": `${PROJECT}stackConfigDir: stacks\n`,
      "stacks/Pulumi.prod.yaml": "config:\n  a: b\n",
    };
    assert.deepEqual((await configOf(files)).config, { "shop:a": "b" });
  });
});

describe("encrypted configuration", () => {
  const files = { "Pulumi.yaml": PROJECT, "Pulumi.dev.yaml": ENCRYPTED };

  it("is read with the passphrase", async () => {
    const { config, secretKeys } = await withPassphrase("correct horse", () => configOf(files));
    assert.deepEqual(config, {
      "shop:token": "a configured token",
      "shop:database": '{"password":"deep secret value","port":5432}',
      "aws:region": "eu-west-1",
    });
    assert.deepEqual(secretKeys, ["shop:token", "shop:database"]);
  });

  it("counts as unknown without a passphrase, and nothing else does", async () => {
    const observations = new Observations();
    const { config } = await withPassphrase(undefined, () => configOf(files, [], observations));
    assert.equal(hidesUnknown(config["shop:token"] ?? ""), true);
    assert.equal(config["aws:region"], "eu-west-1");
    assert.match(observations.assumptions.join(), /shop:token is encrypted and counts as unknown/);
  });

  it("counts as unknown under another passphrase", async () => {
    const { config } = await withPassphrase("wrong horse", () => configOf(files));
    assert.equal(hidesUnknown(config["shop:token"] ?? ""), true);
  });

  it("may be replaced on the command line, and stays secret", async () => {
    const observations = new Observations();
    const { config, secretKeys } = await withPassphrase(undefined, () =>
      configOf(files, ["token=mine-now"], observations),
    );
    assert.equal(config["shop:token"], "mine-now");
    assert.equal(secretKeys.includes("shop:token"), true);
    assert.doesNotMatch(observations.assumptions.join(), /shop:token/);
    assert.equal(observations.masked("token mine-now"), "token [secret]");
  });
});
