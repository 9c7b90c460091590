import * as pulumi from "@pulumi/pulumi";
import { type Example, type ExampleResource, isUnknownFrom } from "../../../policypack/rules/authoring/example";

type Made = pulumi.CustomResource | pulumi.ProviderResource;

class AnyResource extends pulumi.CustomResource {}
class AnyProvider extends pulumi.ProviderResource {}

/** Registers the resources of a rule's example as a Pulumi program would, each after those that it is made from. */
export function runExample(example: Example): void {
  const made = new Map<string, Made>();

  const make = (name: string): Made => {
    const known = made.get(name);
    if (known !== undefined) return known;
    const described = example.resources.find((it) => it.name === name) ?? elsewhere(name);
    const resource = registered(described, make);
    made.set(name, resource);
    return resource;
  };

  for (const { name } of example.resources) make(name);
}

/** An example need not show where its unknown values come from. */
function elsewhere(name: string): ExampleResource {
  return { type: "aws:sns/topic:Topic", name, properties: {} };
}

function registered(described: ExampleResource, make: (name: string) => Made): Made {
  const properties: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(described.properties)) {
    const sources = (described.from?.[name] ?? []).map((it) => make(it).urn);
    const input = filledIn(value, make);
    properties[name] = sources.length === 0 ? input : pulumi.all(sources).apply(() => input);
  }
  if (described.type.startsWith("pulumi:providers:")) {
    return new AnyProvider(packageOf(described.type), described.name, asText(properties));
  }
  const provider =
    described.provider &&
    new AnyProvider(packageOf(described.type), `${described.name}-provider`, asText(described.provider));
  return new AnyResource(described.type, described.name, properties, provider ? { provider } : {});
}

/** The id of a resource is unknown in a preview and carries the dependency on it, as its ARN would. */
function filledIn(value: unknown, make: (name: string) => Made): unknown {
  if (isUnknownFrom(value)) return make(value.unknownFrom).id;
  if (Array.isArray(value)) return value.map((it) => filledIn(it, make));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, it]) => [key, filledIn(it, make)]));
}

function packageOf(type: string): string {
  const parts = type.split(":");
  return (type.startsWith("pulumi:providers:") ? parts[2] : parts[0]) ?? "";
}

/** Providers take everything but text as JSON text. */
function asText(properties: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const text = (value: unknown) =>
    typeof value === "string" || pulumi.Output.isInstance(value) ? value : JSON.stringify(value);
  return Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, text(value)]));
}
