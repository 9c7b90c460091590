import type { RegisterResourceRequest, TransformResourceOptions } from "@pulumi/pulumi/proto/resource_pb";
import { RegisterResourceResponse } from "@pulumi/pulumi/proto/resource_pb";
import type { InstalledSdks } from "../pulumi/installed-sdks";
import type { Observations } from "../pulumi/observations";
import { framesOf } from "../pulumi/source-position";
import type { Resource, StackIdentity } from "../pulumi/stack";
import { isProviderType, nameOf, packageOf, packageOfProvider, urnOf } from "../pulumi/urn";
import {
  asOutputs,
  containsUnknown,
  fromStruct,
  isObject,
  isSecret,
  type Json,
  type JsonObject,
  normalizedObject,
  outputDependencies,
  secret,
  secretTexts,
  toStruct,
  UNKNOWN,
} from "../pulumi/values";
import { ASSUMED_ACCOUNT, accountOf, type GivenAccount } from "./aws/account";
import { certainOutputs, type PredictedValues, predictedOutputs } from "./aws/predicted-outputs";
import { checkedInputs } from "./checked-inputs";
import type { Packages } from "./packages";
import { Providers, serves, versionProperty, withAccount } from "./providers";
import { propertyDependenciesOf, resourceOptionsOf, transformOptionsOf } from "./registration";
import type { Transforms } from "./transforms";

/** Whoever judges a resource before it is registered; answers its inputs, changed by remediations. */
export interface Judge {
  review(resource: Resource): Promise<JsonObject>;
}

/** What children take over from a resource. */
interface Inheritance {
  readonly protect: boolean | undefined;
  readonly providerReference: string;
  /** A component's providers by package. */
  readonly providers: ReadonlyMap<string, string>;
}

/**
 * Registers resources as the engine does in a preview of a stack that does not exist yet. A provider whose configuration is
 * not known yet is never asked anything: what it manages keeps the inputs that the program gives, and shows no outputs.
 */
export class Registrar {
  readonly providers: Providers;
  readonly #resources = new Map<string, Resource>();
  readonly #inheritance = new Map<string, Inheritance>();
  readonly #shown = new Map<string, JsonObject>();
  readonly #assumed = new Set<string>();
  #saysAccount = false;

  /** @param place that outputs are predicted for; undefined where they are to be unknown, as the engine shows them in a preview */
  constructor(
    private readonly identity: StackIdentity,
    private readonly sdks: InstalledSdks,
    private readonly packages: Packages,
    private readonly transforms: Transforms,
    private readonly judge: Judge,
    private readonly observations: Observations,
    private readonly place: GivenAccount | undefined,
  ) {
    this.providers = new Providers(identity, place, (provider) => this.#admit(provider));
  }

  /** Every resource of the stack, in the order of registration. */
  get resources(): readonly Resource[] {
    return [...this.#resources.values()];
  }

  async register(request: RegisterResourceRequest): Promise<RegisterResourceResponse> {
    const type = request.getType();
    const isCustom = request.getCustom();
    const inherited = this.#inheritance.get(request.getParent());
    const protect = request.hasProtect() ? request.getProtect() : inherited?.protect;
    const { properties, options, propertyDependencies } = await this.#transformed(request, inherited, protect);
    const providerReference = options.getProvider();
    const now = { ...this.identity, parent: request.getParent(), type, name: request.getName() };
    const urn = urnOf(now);
    const isManaged = (isCustom || request.getRemote()) && !isProviderType(type);
    const plugin = this.packages.requested(packageOf(type), request.getPackageref(), options);
    const provider = isManaged ? await this.providers.resolve(providerReference, plugin, type) : undefined;
    const version = isProviderType(type)
      ? versionProperty(this.packages.requested(packageOfProvider(type), request.getPackageref(), options).version)
      : {};
    const known = this.#withoutAssumed(
      { ...normalizedObject(properties), ...version },
      provider,
      providerReference === "",
    );
    const given = { urn, type, inputs: known, provider };
    const sdk = this.sdks.propertiesOf(type);
    const isChecked = isManaged && !containsUnknown(provider?.inputs);
    const inputs = isChecked ? checkedInputs(given, sdk) : given.inputs;
    const resource: Resource = {
      ...{ urn, type, name: nameOf(urn), parent: request.getParent(), custom: isCustom, outputs: {}, provider },
      inputs: isProviderType(type) ? withAccount(type, inputs, this.place, false) : inputs,
      options: resourceOptionsOf(options, now),
      dependencies: options.getDependsOnList(),
      propertyDependencies,
      frames: framesOf(request.getSourceposition(), request.getStacktrace?.()),
    };
    this.#inheritance.set(urn, { protect, providerReference, providers: this.#componentProviders(request, options) });
    this.transforms.remember(urn, request.getParent(), request.getTransformsList());
    await this.#admit(resource);
    const prediction = isChecked ? this.#prediction(resource, providerReference === "") : NO_PREDICTION;
    const { id = "", ...predicted } = prediction.outputs;
    if (isChecked || isProviderType(type)) {
      resource.outputs = outputsOf(resource, sdk.outputs, certainOutputs(prediction));
      this.#shown.set(urn, outputsOf(resource, sdk.outputs, predicted));
    }
    if (isProviderType(type)) this.providers.add(resource);
    if (request.getRemote())
      this.observations.couldNotSee(`what is inside ${urn}: its package builds it in a process of its own`);
    return response(urn, id, isCustom || request.getRemote() ? this.outputsOf(urn) : {});
  }

  #prediction(resource: Resource, isDefault: boolean): PredictedValues {
    if (this.place === undefined) return NO_PREDICTION;
    const prediction = predictedOutputs(resource, accountOf(resource.provider, isDefault, this.place));
    for (const name of prediction.assumed) this.#assumed.add(String(prediction.outputs[name]));
    return prediction;
  }

  /**
   * Says so when what rests on an account that nobody gave comes back in another resource. In one that is made in an account which somebody
   * gave it is not known: nobody says whether the two are the same.
   */
  #withoutAssumed(inputs: JsonObject, provider: Resource | undefined, isDefault: boolean): JsonObject {
    if (this.place === undefined) return inputs;
    const isGiven = provider !== undefined && accountOf(provider, isDefault, this.place).account.from !== "nobody";
    // Said once, it need not be looked for in every resource.
    if ((!isGiven && this.#saysAccount) || !this.#isAssumed(JSON.stringify(inputs))) return inputs;
    if (isGiven) {
      this.observations.assume(
        "some providers tell their account and others do not: what is made by these counts as unknown to those (give theirs with --account)",
      );
      return withUnknown(inputs, (text) => this.#isAssumed(text)) as JsonObject;
    }
    this.observations.assume(`the account is ${ASSUMED_ACCOUNT} (change it with --account)`);
    this.#saysAccount = true;
    return inputs;
  }

  #isAssumed(text: string): boolean {
    return text.includes(ASSUMED_ACCOUNT) && [...this.#assumed].some((assumed) => text.includes(assumed));
  }

  /** What the program is shown of a resource. */
  outputsOf(urn: string): JsonObject {
    return this.#shown.get(urn) ?? this.#resources.get(urn)?.outputs ?? {};
  }

  /** What a component (or the stack itself) says its outputs are, once it is complete. */
  complete(urn: string, outputs: JsonObject): void {
    const resource = this.#resources.get(urn);
    if (resource === undefined) throw new Error(`outputs of a resource that was never registered: ${urn}`);
    resource.outputs = normalizedObject(outputs);
    this.observations.keepSecret(secretTexts(outputs));
  }

  find(urn: string): Resource | undefined {
    return this.#resources.get(urn);
  }

  async #admit(resource: Resource): Promise<void> {
    if (this.#resources.has(resource.urn)) {
      throw new Error(`Duplicate resource URN '${resource.urn}'; try giving it a unique name`);
    }
    this.#resources.set(resource.urn, resource);
    this.observations.secrets.takeName(resource.urn);
    this.observations.keepSecret(secretTexts(resource.inputs));
    resource.inputs = await this.judge.review(resource);
  }

  async #transformed(
    request: RegisterResourceRequest,
    inherited: Inheritance | undefined,
    protect: boolean | undefined,
  ) {
    const type = request.getType();
    const own = request.getTransformsList();
    const dependencies = propertyDependenciesOf(request);
    const options = transformOptionsOf(request, this.#providerReference(request, inherited), protect);
    const properties = asOutputs(fromStruct(request.getObject()), own.length > 0 ? dependencies : new Map());
    const subject = { type, name: request.getName(), custom: request.getCustom(), parent: request.getParent() };
    const result = await this.transforms.apply(subject, own, { properties, options });
    if (own.length === 0) return { ...result, propertyDependencies: dependencies };
    // A transform may bring values that depend on other resources than before; only the values themselves can tell.
    const entries = Object.entries(result.properties).map(([key, value]) => [key, outputDependencies(value)] as const);
    const all = [...new Set([...result.options.getDependsOnList(), ...entries.flatMap(([, urns]) => urns)])];
    result.options.setDependsOnList(all);
    return { ...result, propertyDependencies: new Map<string, readonly string[]>(entries) };
  }

  /** The resource's own provider, else that of its component for its package, else its parent's, else the default. */
  #providerReference(request: RegisterResourceRequest, inherited: Inheritance | undefined): string {
    const type = request.getType();
    const isComponent = !request.getCustom() && !request.getRemote();
    if (request.getProvider() !== "") return request.getProvider();
    const fromParent = inherited?.providerReference ?? "";
    if (isComponent) return fromParent;
    if (fromParent !== "" && serves(fromParent, type)) return fromParent;
    return request.getProvidersMap().get(packageOf(type)) ?? inherited?.providers.get(packageOf(type)) ?? "";
  }

  #componentProviders(request: RegisterResourceRequest, options: TransformResourceOptions): Map<string, string> {
    if (request.getCustom()) return new Map();
    const fromParent = this.#inheritance.get(request.getParent())?.providers ?? new Map<string, string>();
    return new Map([...fromParent, ...options.getProvidersMap().entries()]);
  }
}

function withUnknown(value: Json, isUnknown: (text: string) => boolean): Json {
  if (typeof value === "string") return isUnknown(value) ? UNKNOWN : value;
  if (Array.isArray(value)) return value.map((item) => withUnknown(item, isUnknown));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, withUnknown(item, isUnknown)]));
}

const NO_PREDICTION: PredictedValues = { outputs: {}, assumed: new Set() };

function outputsOf(resource: Resource, promised: readonly string[], predicted: JsonObject): JsonObject {
  const missing = promised.filter((name) => !(name in resource.inputs));
  const unknown = Object.fromEntries(missing.map((name) => [name, UNKNOWN]));
  const outputs: JsonObject = { ...resource.inputs, ...unknown, ...predicted };
  for (const name of resource.options.additionalSecretOutputs) {
    const value = outputs[name];
    if (value !== undefined && !isSecret(value)) outputs[name] = secret(value);
  }
  return outputs;
}

function response(urn: string, id: JsonObject[string], outputs: JsonObject): RegisterResourceResponse {
  const answer = new RegisterResourceResponse();
  answer.setUrn(urn);
  answer.setId(String(id));
  answer.setObject(toStruct(outputs));
  return answer;
}
