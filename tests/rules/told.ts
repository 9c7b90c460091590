import { rules } from "../../policypack/rules";
import type { Example, ExampleResource } from "../../policypack/rules/authoring/example";
import { resourcesOf } from "../examples/example-stack";
import { isUndecided } from "../examples/told";
import { type Config, Engine, type Told } from "../host/asked";

/**
 * What a preview tells by one of the rules, as `level: resource`. Doubts are `advisory?: resource`, or `unsaid?: resource` where they are
 * about what would be advice: to see them one by one, the rule is asked to enforce them.
 */
export async function toldBy(
  rule: string,
  resources: readonly ExampleResource[],
  config: Config = {},
): Promise<readonly string[]> {
  const given = config[rule] ?? {};
  const own = typeof given === "string" ? { enforcementLevel: given } : given;
  return (await preview(resources, { ...config, [rule]: { onUnknown: "enforce", ...own } }))
    .filter((told) => told.policy === rule)
    .map((told) => `${isUndecided(told) ? doubtLevel(told) : told.level}: ${told.urn.split("::").at(-1)}`);
}

function doubtLevel({ level }: Told): string {
  return level === "mandatory" ? "advisory?" : "unsaid?";
}

/** The rules that block the resources in a preview. */
export async function blockedBy(
  resources: readonly ExampleResource[],
  config: Config = {},
): Promise<readonly string[]> {
  const told = await preview(resources, config);
  return [...new Set(told.filter(({ level }) => level === "mandatory").map(({ policy }) => policy))].sort();
}

/** What an update tells before each resource is made, with the name of that resource first. */
export async function toldBeforeCreation(
  resources: readonly ExampleResource[],
  config: Config = {},
): Promise<readonly string[]> {
  const engine = new Engine({ rules, config });
  await engine.start(false);
  const lines: string[] = [];
  for (const resource of resourcesOf(stack(resources))) {
    const told = await engine.analyze(resource);
    lines.push(...told.map(({ policy, level }) => `${resource.name}: ${level} ${policy}`));
  }
  return lines;
}

export function preview(resources: readonly ExampleResource[], config: Config = {}): Promise<Told[]> {
  return new Engine({ rules, config }).preview(resourcesOf(stack(resources)));
}

function stack(resources: readonly ExampleResource[]): Example {
  return { title: "a stack", resources };
}
