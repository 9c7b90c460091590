import type { Resource } from "../../pulumi/stack";
import { isSecret, type Json, type JsonObject, secret, UNKNOWN, unwrapSecret } from "../../pulumi/values";
import { type ChosenAccount, partitionOf } from "./account";
import { awsNativeTypes } from "./native-output-table";
import { awsOutputs, type PredictedOutputs, type Prediction } from "./output-table";
import { filled } from "./template";

/** What outputs will be, as far as type, inputs and place tell. */
export interface PredictedValues {
  /** What the program is shown; `id` among them. */
  readonly outputs: JsonObject;
  /** Those that rest on an account which nobody gave. */
  readonly assumed: ReadonlySet<string>;
}

type Origin = Pick<Resource, "urn" | "type" | "inputs">;

/**
 * The outputs of a resource that is not made yet: ARN, id, url and the like, where they follow from its inputs and from where it is
 * made. What AWS makes by chance is made up, the same in every run. Empty for a type that the tables do not have.
 *
 * @param resource with its inputs as the provider has checked them
 */
export function predictedOutputs(resource: Origin, { account, region }: ChosenAccount): PredictedValues {
  const { inputs, type, urn } = resource;
  const ownRegion = unwrapSecret(inputs.region);
  const at = typeof ownRegion === "string" && ownRegion !== UNKNOWN ? ownRegion : region.value;
  const place = { account: account.value, region: at, ...partitionOf(at) };
  const outputs: JsonObject = {};
  const assumed = new Set<string>();
  for (const [name, prediction] of Object.entries(tableOf(type, inputs))) {
    if (name !== "id" && name in inputs) continue;
    const uses = { secret: false, assumedAccount: false };
    const value = valueFor(prediction, urn, (wanted) => {
      if (wanted === "account" && account.from === "nobody") uses.assumedAccount = true;
      if (assumed.has(wanted)) uses.assumedAccount = true;
      if (Object.hasOwn(place, wanted)) return place[wanted as keyof typeof place];
      const given = outputs[wanted] ?? inputs[wanted];
      uses.secret ||= isSecret(given);
      return textOf(unwrapSecret(given));
    });
    if (value === undefined) continue;
    outputs[name] = uses.secret ? secret(value) : value;
    if (uses.assumedAccount) assumed.add(name);
  }
  return { outputs, assumed };
}

/** The property of @pulumi/aws-native that a resource's generated name stands in. */
export function nativeNameProperty(type: string): string | undefined {
  return awsNativeTypes[type]?.named;
}

function tableOf(type: string, inputs: JsonObject): PredictedOutputs {
  const outputs = awsOutputs[type] ?? awsNativeTypes[type]?.outputs ?? {};
  return { ...prefixedNames(inputs), ...outputs };
}

/** A name that begins as the program says: 26 digits follow (Terraform's "name_prefix"). */
function prefixedNames(inputs: JsonObject): PredictedOutputs {
  const prefixed = ["name", "bucket"].filter((name) => !(name in inputs) && `${name}Prefix` in inputs);
  return Object.fromEntries(prefixed.map((name) => [name, `{${name}Prefix}{random:digits:26}`]));
}

function valueFor(prediction: Prediction, urn: string, lookUp: (name: string) => string | undefined): Json | undefined {
  if (typeof prediction === "string") return filled(prediction, lookUp, urn);
  if (isList(prediction)) {
    const items = prediction.map((item) => valueFor(item, urn, lookUp));
    return items.every((item) => item !== undefined) ? items : undefined;
  }
  const entries = Object.entries(prediction).map(([name, item]) => [name, valueFor(item, urn, lookUp)] as const);
  if (entries.some(([, value]) => value === undefined)) return undefined;
  return Object.fromEntries(entries) as JsonObject;
}

function isList(prediction: Prediction): prediction is readonly Prediction[] {
  return Array.isArray(prediction);
}

function textOf(value: Json | undefined): string | undefined {
  if (typeof value === "number") return String(value);
  return typeof value === "string" && value !== UNKNOWN && value !== "" ? value : undefined;
}

/** What the pack is shown of them: what rests on an account that nobody gave is not known there. */
export function certainOutputs({ outputs, assumed }: PredictedValues): JsonObject {
  const entries = Object.entries(outputs).filter(([name]) => name !== "id" || !assumed.has("id"));
  return Object.fromEntries(entries.map(([name, value]) => [name, assumed.has(name) ? UNKNOWN : value]));
}
