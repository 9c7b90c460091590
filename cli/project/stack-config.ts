import { existsSync, readdirSync } from "node:fs";
import { extname, join } from "node:path";
import { bounded } from "../../policypack/host";
import type { Observations } from "../pulumi/observations";
import { markerFor } from "../pulumi/unknown-markers";
import { Failure } from "../terminal/failure";
import { fullKey, KEY_FORM } from "./config-key";
import { type ConfigValue, configText, holdsCipherText, plainTexts } from "./config-value";
import { isName, NAME_FORM } from "./name";
import type { Project } from "./project";
import { applyDeclarations } from "./project-config";
import { PathFault } from "./property-path";
import { type Decrypt, passphraseDecrypter } from "./secrets";
import { readStackFile, type StackFile } from "./stack-file";

export interface StackConfig {
  readonly stack: string;
  /** `namespace:key` to text; structured values are JSON text. */
  readonly config: ReadonlyMap<string, string>;
  readonly secretKeys: ReadonlySet<string>;
}

const DEFAULT_STACK = "dev";

/**
 * Chooses a stack and reads its configuration: `Pulumi.STACK.yaml`, then what the command line says, then what the project
 * declares for keys that have no value yet.
 *
 * @param wanted the stack's name, or nothing for the only one
 * @param overrides `key=value` settings of the command line
 * @throws Failure where the stack does not exist, the choice is not clear, or a file cannot be read
 */
export async function readStackConfig(
  project: Project,
  wanted: string | undefined,
  overrides: readonly string[],
  observations: Observations,
): Promise<StackConfig> {
  const stack = chooseStack(project, wanted, observations);
  const file = stackFile(project, stack);
  const own = existsSync(file) ? readStackFile(file, project.name) : NO_FILE;
  for (const environment of own.environments) {
    observations.couldNotSee(
      `what the environment ${environment} configures, which ${file} imports: only Pulumi Cloud opens it (give its values with --config)`,
    );
  }
  const values = new Map(own.config);
  const encrypted = new Set([...values].filter(([, value]) => holdsCipherText(value)).map(([key]) => key));
  for (const override of overrides) values.set(...overrideOf(override, project.name));
  applyDefaults(project, values, observations);
  return plainConfig(stack, values, encrypted, project, await decrypterFor(own, values), observations);
}

const NO_FILE: StackFile = { config: new Map(), encryptionSalt: undefined, environments: [] };

function stackFile({ configDirectory, file }: Project, stack: string): string {
  return join(configDirectory, `Pulumi.${stack}${extname(file)}`);
}

function applyDefaults(project: Project, values: Map<string, ConfigValue>, observations: Observations): void {
  try {
    const missing = applyDeclarations(project.declarations, values, project.name);
    if (missing.length === 0) return;
    observations.assume(`no value for ${missing.join(", ")}, without which pulumi preview does not start`);
  } catch (error) {
    if (!(error instanceof PathFault)) throw error;
    throw new Failure(`${project.file}: a declared value does not fit the stack's: ${error.message}`, "Correct one.");
  }
}

async function decrypterFor(own: StackFile, values: ReadonlyMap<string, ConfigValue>): Promise<Decrypt | undefined> {
  const isNeeded = [...values.values()].some(holdsCipherText);
  if (!isNeeded || own.encryptionSalt === undefined) return undefined;
  return passphraseDecrypter(own.encryptionSalt, process.env);
}

function plainConfig(
  stack: string,
  values: ReadonlyMap<string, ConfigValue>,
  encrypted: ReadonlySet<string>,
  { declarations }: Project,
  decrypt: Decrypt | undefined,
  observations: Observations,
): StackConfig {
  const config = new Map<string, string>();
  // What was once encrypted stays secret when the command line replaces it.
  const secretKeys = new Set(encrypted);
  for (const [key, value] of values) {
    const plain = (cipherText: string) => decrypt?.(cipherText) ?? hidden(key, cipherText, observations);
    config.set(key, configText(value, plain));
    if (!holdsCipherText(value)) continue;
    secretKeys.add(key);
    observations.keepSecret(plainTexts(value, plain));
    if (decrypt === undefined) {
      observations.assume(
        `${key} is encrypted and counts as unknown (set PULUMI_CONFIG_PASSPHRASE, or give it with --config)`,
      );
    }
  }
  const declared = declarations.filter(({ isSecret }) => isSecret).map(({ key }) => key);
  observations.keepSecret([...secretKeys, ...declared].flatMap((key) => config.get(key) ?? []));
  return { stack, config, secretKeys };
}

function hidden(key: string, cipherText: string, observations: Observations): string {
  const marker = markerFor("secret", cipherText);
  const cure = () => `--config ${key}=VALUE, or PULUMI_CONFIG_PASSPHRASE in the environment`;
  observations.standIn(marker, { subject: key, property: "", cure });
  return marker;
}

function chooseStack(project: Project, wanted: string | undefined, observations: Observations): string {
  const existing = stacksIn(project);
  if (wanted !== undefined) {
    // The name may be qualified: ORGANIZATION/PROJECT/STACK.
    const name = wanted.split("/").at(-1) ?? wanted;
    if (!isName(name)) throw new Failure(`--stack: ${bounded(name, 100)} is no name of a stack`, NAME_FORM);
    if (existing.length > 0 && !existing.includes(name)) {
      throw new Failure(
        `there is no stack "${name}": ${project.configDirectory} has no Pulumi.${name}${extname(project.file)}`,
        `Use one of: ${existing.join(", ")}.`,
      );
    }
    if (existing.length === 0)
      observations.assume(
        `the stack is ${name}, without configuration of its own: there is no Pulumi.${name}${extname(project.file)}`,
      );
    return name;
  }
  const [only, ...others] = existing;
  if (only === undefined) {
    observations.assume(`the stack is ${DEFAULT_STACK}, without configuration of its own (choose one with --stack)`);
    return DEFAULT_STACK;
  }
  if (others.length === 0) return only;
  throw new Failure(`${project.file} has several stacks`, `Choose one with --stack: ${existing.join(", ")}.`);
}

/** A stack's file ends as the project's does; Pulumi does not look at others. */
/** The names of the stacks that have a file of their own, sorted. */
export function stacksIn({ configDirectory, file }: Project): string[] {
  if (!existsSync(configDirectory)) return [];
  const [start, end] = ["Pulumi.", extname(file)];
  const files = readdirSync(configDirectory).filter((name) => name.startsWith(start) && name.endsWith(end));
  return files
    .map((name) => name.slice(start.length, -end.length))
    .filter(isName)
    .sort();
}

function overrideOf(text: string, namespace: string): [string, ConfigValue] {
  const [, name, value] = /^([^=]+)=([\s\S]*)$/.exec(text) ?? [];
  if (name === undefined || value === undefined) {
    // What stands there may be a value whose key was forgotten.
    throw new Failure("--config: a setting is not of the form key=value", "Write --config KEY=VALUE.");
  }
  const key = fullKey(name, namespace);
  if (key === undefined) throw new Failure(`--config: ${name.slice(0, 80)} is no configuration key`, KEY_FORM);
  return [key, value];
}
