import { notYet } from "../../iam";
import { isObject, placesOf, sourcesOf, spelt, textOf, waitingAt } from "../resources/read";
import type { ReadFault } from "../resources/read-fault";
import { placeOf, type Resource } from "../resources/resource";
import type { Value, Waiting } from "../resources/value";
import { type Declares, declaresOf } from "../types";
import { type Choice, readTemplate } from "./template";
import { type ParsedText, parseJsonText, parseTemplateText } from "./text";

/** The resources that a resource holds inside its properties, with what is wrong with looking into it. */
export interface Members {
  /** Those that say something about identity. */
  readonly resources: readonly Resource[];
  readonly faults: readonly ReadFault[];
  /** What nobody can look into before it is known. */
  readonly waiting: readonly Waiting[];
  /** What templates leave open and could be assumed. */
  readonly choices: readonly Choice[];
}

const none: Members = { resources: [], faults: [], waiting: [], choices: [] };

/** What a CloudFormation stack, a stack set or a resource of the registry holds; nothing for any other resource. */
export function membersOf(resource: Resource): Members {
  const entries = declaresOf(resource.type);
  if (entries.length === 0) return none;
  const found = entries.map((entry) => read(resource, entry));
  return {
    resources: found.flatMap(({ resources }) => resources),
    faults: found.flatMap(({ faults }) => faults),
    waiting: found.flatMap(({ waiting }) => waiting),
    choices: found.flatMap(({ choices }) => choices),
  };
}

function read(resource: Resource, entry: Declares): Members {
  switch (entry.declares) {
    case "template":
      return readBody(resource, entry);
    case "desired state":
      return readState(resource, entry);
    default:
      return none;
  }
}

type Entry<D extends Declares["declares"]> = Extract<Declares, { declares: D }>;

function readBody(resource: Resource, entry: Entry<"template">): Members {
  const { body, urls, parameters, inOtherAccounts = false } = entry;
  const place = placesOf(resource, body)[0]?.value;
  const url = urls.find((path) => isGiven(placesOf(resource, path)[0]?.value));
  if (place === undefined || !isGiven(place)) return url === undefined ? none : unseenAt(url);
  // With a URL the provider shows the text only once the stack is there.
  if (!place.known) return url === undefined ? { ...none, waiting: [place.waiting] } : unseenAt(url);
  if (isObject(place.value) && place.value.Resources === notYet) {
    return { ...none, waiting: [waitingAt(resource, `${body}.Resources`)] };
  }
  const parsed = parsedBy(parseTemplateText, place.value);
  if (parsed.value === undefined) return { ...none, faults: faultsAt(body, parsed.faults) };
  const { resources, faults, choices } = readTemplate({
    holder: resource,
    property: body,
    value: parsed.value,
    parameters: parametersAt(resource, parameters),
    from: sourcesOf(resource, parameters),
    inOtherAccounts,
  });
  return { resources, faults: faultsAt(body, [...parsed.faults, ...faults]), waiting: [], choices };
}

function readState(resource: Resource, entry: Entry<"desired state">): Members {
  const type = textOf(resource, entry.type);
  const state = placesOf(resource, entry.state)[0]?.value;
  if (!type.known) return { ...none, waiting: [type.waiting] };
  if (type.value === undefined || declaresOf(type.value).length === 0) return none;
  if (state === undefined || !isGiven(state)) return none;
  if (!state.known) return { ...none, waiting: [state.waiting] };
  const parsed = parsedBy(parseJsonText, state.value);
  const faults = faultsAt(entry.state, parsed.faults);
  if (!isObject(parsed.value)) return { ...none, faults };
  const sources = sourcesOf(resource, entry.state);
  const place = placeOf(resource, entry.state);
  const member: Resource = {
    urn: resource.urn,
    type: type.value,
    name: resource.name,
    properties: parsed.value,
    dependencies: [],
    propertyDependencies: Object.fromEntries(Object.keys(parsed.value).map((name) => [name, sources])),
    ...(resource.provider === undefined ? {} : { provider: resource.provider }),
    ...(resource.assumed === undefined ? {} : { assumed: resource.assumed }),
    part: { key: `${resource.urn}#${place}`, place },
  };
  return { ...none, resources: [member], faults };
}

function isGiven(value: Value<unknown> | undefined): boolean {
  return value !== undefined && !(value.known && (value.value === undefined || value.value === ""));
}

/** An object stands for itself. */
function parsedBy(parse: (text: string) => ParsedText, value: unknown): ParsedText {
  if (typeof value === "string") return parse(value);
  if (isObject(value)) return { value, faults: [] };
  const message = "is neither a text nor an object";
  return { value: undefined, faults: [{ path: "$", message, fix: "Give the text.", effect: "unreadable" }] };
}

/** An object of names and values in @pulumi/aws and for nested stacks; a list of keys and values for stack sets. */
function parametersAt(resource: Resource, path: string): Readonly<Record<string, unknown>> | typeof notYet {
  const place = placesOf(resource, path)[0]?.value;
  if (place !== undefined && !place.known) return notYet;
  const given = place?.value;
  if (isObject(given)) return given;
  if (!Array.isArray(given)) return {};
  const entries = given.map((item: unknown) => [
    spelt(item, "parameterKey", "ParameterKey"),
    spelt(item, "parameterValue", "ParameterValue"),
  ]);
  return entries.some(([key]) => typeof key !== "string")
    ? notYet
    : Object.fromEntries(entries.map(([key, value]) => [String(key), value]));
}

function unseenAt(url: string): Members {
  const fault: ReadFault = {
    where: url,
    message: "names a template kept elsewhere, so users, groups, roles and policies in it are not seen",
    fix: "Give the template as text, at least where it makes identities.",
    effect: "unseen",
  };
  return { ...none, faults: [fault] };
}

function faultsAt(property: string, faults: ParsedText["faults"]): readonly ReadFault[] {
  return faults.map(({ path, ...fault }) => ({ ...fault, where: `${property}: ${path}` }));
}
