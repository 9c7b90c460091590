import { frameIn } from "../pulumi/source-position";
import { NO_OPTIONS, type Resource } from "../pulumi/stack";
import { nameOf, packageOfProvider, typeOf, urnOfProviderReference } from "../pulumi/urn";
import { isObject, isSecret, type Json, type JsonObject, normalized, secret, UNKNOWN } from "../pulumi/values";

/** A resource's state as Pulumi writes it (`apitype.ResourceV3`); fields that are not known here are read past. */
export interface State {
  readonly urn: string;
  readonly type: string;
  readonly custom: boolean;
  readonly inputs: JsonObject;
  readonly outputs: JsonObject;
  readonly parent: string;
  /** `URN::ID`, or "" for what no provider manages. */
  readonly provider: string;
  readonly json: JsonObject;
}

/** The URNs of resources of which a file does not show some secret. */
export type Hidden = Set<string>;

type Hide = () => Json;

/** What a preview writes in the place of every secret (`massagePropertyValue` of the Pulumi CLI). */
const BLINDED = "[secret]";

/** @returns undefined for what is no state of a resource */
export function stateOf(value: Json | undefined, hidden: Hidden): State | undefined {
  if (!isObject(value) || typeof value.urn !== "string" || !value.urn.startsWith("urn:pulumi:")) return undefined;
  const { urn } = value;
  const hide: Hide = () => {
    hidden.add(urn);
    return UNKNOWN;
  };
  return {
    urn,
    type: typeof value.type === "string" ? value.type : typeOf(value.urn),
    custom: value.custom === true,
    inputs: propertiesIn(value.inputs, hide),
    outputs: propertiesIn(value.outputs, hide),
    parent: textIn(value.parent),
    provider: textIn(value.provider),
    json: value,
  };
}

/** Whether the program registers it as a resource of its own: not what it only reads, and not what a provider shows of another one. */
export function isRegistered({ json }: State): boolean {
  return json.external !== true && textIn(json.viewOf) === "" && json.delete !== true;
}

/**
 * Resources as a policy pack is shown them, each with its provider: the one that the file holds, or else what its configuration tells.
 *
 * @param configured the configuration of a package's default provider, which a preview leaves out
 */
export function resourcesOf(
  states: readonly State[],
  configured: (packageName: string) => JsonObject,
): readonly Resource[] {
  const providers = new Map<string, Resource>();
  for (const state of states) {
    if (state.type.startsWith("pulumi:providers:")) providers.set(state.urn, resourceOf(state, undefined));
  }
  const all = states.map((state) => providers.get(state.urn) ?? resourceOf(state, providerOf(state.provider)));
  // Default providers that the file does not hold come before what they manage.
  const written = new Set(states.map(({ urn }) => urn));
  return [...[...providers.values()].filter(({ urn }) => !written.has(urn)), ...all];

  function providerOf(reference: string): Resource | undefined {
    const urn = urnOfProviderReference(reference);
    if (urn === "") return undefined;
    const known = providers.get(urn);
    if (known !== undefined) return known;
    const type = typeOf(urn);
    const inputs = configured(packageOfProvider(type));
    const state = { urn, type, custom: true, inputs, outputs: inputs, parent: "", provider: "", json: {} };
    const provider = resourceOf(state, undefined);
    providers.set(urn, provider);
    return provider;
  }
}

function resourceOf(state: State, provider: Resource | undefined): Resource {
  const { urn, type, custom, inputs, outputs, parent, json } = state;
  const timeouts = isObject(json.customTimeouts) ? json.customTimeouts : {};
  return {
    ...{ urn, type, custom, inputs, outputs, parent, provider, name: nameOf(urn) },
    options: {
      ...NO_OPTIONS,
      protect: json.protect === true,
      ignoreChanges: textsIn(json.ignoreChanges),
      additionalSecretOutputs: textsIn(json.additionalSecretOutputs),
      aliases: textsIn(json.aliases),
      timeouts: {
        create: Number(timeouts.create ?? 0),
        update: Number(timeouts.update ?? 0),
        delete: Number(timeouts.delete ?? 0),
        read: Number(timeouts.read ?? 0),
      },
    },
    dependencies: textsIn(json.dependencies),
    frames: [json, ...objectsIn(json.stackTrace)]
      .map(({ sourcePosition }) => frameIn(textIn(sourcePosition)))
      .filter((frame) => frame !== undefined),
    propertyDependencies: new Map(
      Object.entries(isObject(json.propertyDependencies) ? json.propertyDependencies : {}).map(([property, urns]) => [
        property,
        textsIn(urns),
      ]),
    ),
  };
}

/** More levels of a value than the policy pack reads, so that it says what it has not read, and few enough for everything on the way. */
const DEEPEST = 520;

function propertiesIn(value: Json | undefined, hide: Hide): JsonObject {
  const whole = isObject(value) ? normalized(cut(value, 0)) : {};
  return isObject(whole) ? membersIn(whole, hide) : {};
}

/** The same value down to that level; what is deeper is not known. */
function cut(value: Json, depth: number): Json {
  if (typeof value !== "object" || value === null) return value;
  if (depth > DEEPEST) return UNKNOWN;
  if (Array.isArray(value)) return value.map((item) => cut(item, depth + 1));
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, cut(item, depth + 1)]));
}

function membersIn(properties: JsonObject, hide: Hide): JsonObject {
  return Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, valueIn(value, hide)]));
}

function valueIn(value: Json, hide: Hide): Json {
  if (value === BLINDED) return hide();
  if (Array.isArray(value)) return value.map((item) => valueIn(item, hide));
  if (!isObject(value)) return value;
  if (isSecret(value)) {
    if (typeof value.plaintext === "string") return secret(revealed(value.plaintext, hide));
    return "value" in value ? secret(valueIn(value.value, hide)) : hide();
  }
  return membersIn(value, hide);
}

/** A secret that the file shows is the JSON text of its value (`apitype.SecretV1` of Pulumi). */
function revealed(text: string, hide: Hide): Json {
  try {
    return valueIn(normalized(cut(JSON.parse(text), 0)), hide);
  } catch {
    return hide();
  }
}

function textIn(value: Json | undefined): string {
  return typeof value === "string" ? value : "";
}

function objectsIn(value: Json | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter((item: Json) => isObject(item)) : [];
}

function textsIn(value: Json | undefined): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}
