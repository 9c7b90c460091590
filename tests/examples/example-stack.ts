import { type Example, type ExampleResource, isUnknownFrom } from "../../policypack/rules/authoring/example";
import { type Fields, type Registered, unknownText, urnOf } from "../host/requests";

/**
 * An example as the resources that a preview shows: providers first, `unknownFrom` as the protocol writes it, with the
 * dependencies that the engine would know, and an ARN that is not known yet on every AWS resource without one.
 */
export function resourcesOf(example: Example): readonly Registered[] {
  const providers = example.resources.flatMap((resource) => providerOf(resource) ?? []);
  return [
    ...providers.map(({ type, name, inputs }) => ({ type, name, inputs })),
    ...example.resources.map((resource) => registered(resource, example.resources)),
  ];
}

export function urnIn(example: Example, name: string): string {
  const resource = example.resources.find((candidate) => candidate.name === name);
  if (resource === undefined) throw new Error(`The example "${example.title}" has no resource "${name}".`);
  return urnOf(resource.type, resource.name);
}

function providerOf(resource: ExampleResource): Registered["provider"] | undefined {
  if (resource.provider === undefined) return undefined;
  const type = `pulumi:providers:${resource.type.split(":")[0]}`;
  const name = `${resource.name}-provider`;
  return { type, name, urn: urnOf(type, name), inputs: encoded(resource.provider) };
}

function registered(resource: ExampleResource, all: readonly ExampleResource[]): Registered {
  const { type, name, properties, outputs = {} } = resource;
  const provider = providerOf(resource);
  return {
    type,
    name,
    inputs: encoded(properties),
    outputs: { ...(type.startsWith("aws:") && !("arn" in properties) ? { arn: unknownText } : {}), ...outputs },
    from: Object.fromEntries(
      Object.entries(properties).map(([property, value]) => {
        const names = [...namesIn(value), ...(resource.from?.[property] ?? [])];
        return [property, names.map((from) => urnOf(typeOf(from, all), from))];
      }),
    ),
    ...(provider === undefined ? {} : { provider }),
  };
}

/** What is not part of the example is some resource that says nothing about identity. */
function typeOf(name: string, all: readonly ExampleResource[]): string {
  return all.find((resource) => resource.name === name)?.type ?? "aws:s3/bucket:Bucket";
}

function encoded(fields: Readonly<Record<string, unknown>>): Fields {
  return Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, encodedValue(value)]));
}

function encodedValue(value: unknown): Fields[string] {
  if (isUnknownFrom(value)) return unknownText;
  if (Array.isArray(value)) return value.map(encodedValue);
  if (typeof value === "object" && value !== null) return encoded({ ...value });
  return value as string | number | boolean | null;
}

function namesIn(value: unknown): readonly string[] {
  if (isUnknownFrom(value)) return [value.unknownFrom];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(namesIn);
}
