import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { isMap } from "yaml";
import { Failure } from "../failure";
import { markerFor } from "../offline/markers";
import type { Observations } from "../offline/observations";
import { isObject, type Json } from "../offline/wire";
import { type ConfigEntry, cipherTextOf, configEntries, qualified } from "./config-values";
import type { Project } from "./project";
import { type Decrypt, passphraseDecrypter } from "./secrets";
import { readYaml } from "./yaml";

export interface StackConfig {
  readonly stack: string;
  /** `namespace:key` to text; structured values are JSON text. */
  readonly config: ReadonlyMap<string, string>;
  readonly secretKeys: ReadonlySet<string>;
}

const DEFAULT_STACK = "dev";

/**
 * Chooses a stack and reads its configuration: the project's defaults, then `Pulumi.STACK.yaml`, then what the command
 * line says.
 *
 * @param wanted the stack's name, or nothing for the only one
 * @param overrides `key=value` settings of the command line
 * @throws Failure where the stack does not exist or the choice is not clear
 */
export async function readStackConfig(
  project: Project,
  wanted: string | undefined,
  overrides: readonly string[],
  observations: Observations,
): Promise<StackConfig> {
  const stack = chooseStack(project, wanted, observations);
  const file = join(project.configDirectory, `Pulumi.${stack}.yaml`);
  const own = existsSync(file) ? await ownEntries(file, project.name) : { entries: [], decrypt: undefined };
  const given = overrides.map((override) => overrideOf(override, project.name));
  const config = new Map<string, string>();
  const secretKeys = new Set<string>();
  for (const entry of [...project.defaults, ...own.entries, ...given]) {
    const { text, isSecret, isHidden } = readable(entry, own.decrypt);
    config.set(entry.key, text);
    // What was once encrypted stays secret when the command line replaces it.
    if (isSecret) secretKeys.add(entry.key);
    if (isHidden && !given.some(({ key }) => key === entry.key)) {
      observations.assume(
        `${entry.key} is encrypted and counts as unknown (set PULUMI_CONFIG_PASSPHRASE, or give it with --config)`,
      );
    }
  }
  observations.keepSecret([...secretKeys].flatMap((key) => config.get(key) ?? []));
  return { stack, config, secretKeys };
}

function chooseStack(project: Project, wanted: string | undefined, observations: Observations): string {
  const existing = stacksIn(project.configDirectory);
  if (wanted !== undefined) {
    // The name may be qualified: ORGANIZATION/PROJECT/STACK.
    const name = wanted.split("/").at(-1) ?? wanted;
    if (existing.length > 0 && !existing.includes(name)) {
      throw new Failure(
        `there is no stack "${name}": ${project.configDirectory} has no Pulumi.${name}.yaml`,
        `Use one of: ${existing.join(", ")}.`,
      );
    }
    if (existing.length === 0)
      observations.assume(`the stack is ${name}, without configuration of its own: there is no Pulumi.${name}.yaml`);
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

function stacksIn(directory: string): string[] {
  if (!existsSync(directory)) return [];
  const names = readdirSync(directory).map((name) => /^Pulumi\.(.+)\.ya?ml$/.exec(name)?.[1]);
  return names.filter((name) => name !== undefined).sort();
}

async function ownEntries(file: string, namespace: string) {
  const document = readYaml(file);
  const config = document.get("config");
  const entries = isMap(config) ? configEntries(config, namespace, "value") : [];
  const salt = document.get("encryptionsalt");
  const isNeeded = entries.some(({ value }) => hasCipherText(value));
  const decrypt = isNeeded && typeof salt === "string" ? await passphraseDecrypter(salt, process.env) : undefined;
  return { entries, decrypt };
}

function overrideOf(text: string, namespace: string): ConfigEntry {
  const [, name, value] = /^([^=]+)=([\s\S]*)$/.exec(text) ?? [];
  if (name === undefined || value === undefined) {
    throw new Failure(
      `--config ${text.slice(0, 40)} is not of the form key=value`,
      `Write --config ${text.slice(0, 40)}=VALUE.`,
    );
  }
  return { key: qualified(name, namespace), value, isSecret: false };
}

function readable(entry: ConfigEntry, decrypt: Decrypt | undefined) {
  const { value } = entry;
  if (typeof value === "string") return { text: value, isSecret: entry.isSecret, isHidden: false };
  const isSecret = entry.isSecret || hasCipherText(value);
  const plain = decrypted(value, decrypt);
  const text = typeof plain === "string" ? plain : JSON.stringify(plain);
  return { text, isSecret, isHidden: isSecret && decrypt === undefined };
}

function decrypted(value: Json, decrypt: Decrypt | undefined): Json {
  const cipherText = cipherTextOf(value);
  if (cipherText !== undefined) return decrypt?.(cipherText) ?? markerFor("secret");
  if (Array.isArray(value)) return value.map((item) => decrypted(item, decrypt));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, decrypted(item, decrypt)]));
}

function hasCipherText(value: Json): boolean {
  if (cipherTextOf(value) !== undefined) return true;
  if (Array.isArray(value)) return value.some(hasCipherText);
  return isObject(value) && Object.values(value).some(hasCipherText);
}
