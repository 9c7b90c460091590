import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ExampleResource } from "../../policypack/rules/authoring/example";
import type { Config } from "../host/asked";

/** A stack and whether it may pass, decided by reading AWS's documentation, not by what the pack says. */
export interface Case {
  readonly kind: string;
  readonly title: string;
  readonly expect: "block" | "pass";
  /** Rules of which one must block; any will do when left out. */
  readonly rules?: readonly string[];
  readonly why?: string;
  readonly config?: Config;
  /** Policies stand as `{json: …}`, which becomes their text. */
  readonly resources: readonly ExampleResource[];
}

const written: readonly Case[] = JSON.parse(readFileSync(join(__dirname, "cases.json"), "utf8"));

export const cases: readonly Case[] = written.map((each) => ({ ...each, resources: each.resources.map(withTexts) }));

function withTexts(resource: ExampleResource): ExampleResource {
  const properties = Object.entries(resource.properties).map(([name, value]) => [name, textOf(value)]);
  return { ...resource, properties: Object.fromEntries(properties) };
}

function textOf(value: unknown): unknown {
  return typeof value === "object" && value !== null && "json" in value ? JSON.stringify(value.json) : value;
}
