import { NO_OPTIONS, type Resource, type StackIdentity } from "../pulumi/stack";
import {
  isProviderType,
  packageOf,
  packageOfProvider,
  providerTypeOf,
  urnOf,
  urnOfProviderReference,
} from "../pulumi/urn";
import { type JsonObject, secret } from "../pulumi/values";
import { accountOf, type GivenAccount } from "./aws/account";

/** The plugin that a program asks for: a package, and what it says about its version and source. */
export interface PluginRequest {
  readonly packageName: string;
  readonly version: string;
  readonly downloadUrl: string;
}

type Register = (provider: Resource) => Promise<void>;

/** The providers of a stack: explicit ones as the program registers them, default ones as they are first needed. */
export class Providers {
  readonly #byUrn = new Map<string, Resource>();
  readonly #defaults = new Map<string, Promise<Resource>>();

  constructor(
    private readonly identity: StackIdentity,
    private readonly place: GivenAccount | undefined,
    private readonly register: Register,
  ) {}

  add(provider: Resource): void {
    this.#byUrn.set(provider.urn, provider);
  }

  /**
   * The provider that a reference (`URN::ID`) names, or the package's default provider for an empty one.
   *
   * @throws for a reference to a provider that was never registered, and where the stack's configuration disables
   *   default providers of the package
   */
  async resolve(reference: string, request: PluginRequest, wantedBy: string): Promise<Resource> {
    if (reference === "") return this.#default(request, wantedBy);
    const provider = this.#byUrn.get(urnOfProviderReference(reference));
    if (provider === undefined) throw new Error(`unknown provider "${reference}"`);
    return provider;
  }

  #default(request: PluginRequest, wantedBy: string): Promise<Resource> {
    if (this.#isDisabled(request.packageName)) {
      throw new Error(
        `Default provider for '${request.packageName}' disabled. '${wantedBy}' must use an explicit provider.`,
      );
    }
    const key = `${request.packageName} ${request.version} ${request.downloadUrl}`;
    const existing = this.#defaults.get(key);
    if (existing !== undefined) return existing;
    const created = this.#create(request);
    this.#defaults.set(key, created);
    return created;
  }

  async #create(request: PluginRequest): Promise<Resource> {
    const { stack, project } = this.identity;
    const type = providerTypeOf(request.packageName);
    const name = defaultName(request);
    const urn = urnOf({ stack, project, parent: "", type, name });
    const configured = { ...this.#configOf(request.packageName), ...versionProperty(request.version) };
    const inputs = withAccount(type, configured, this.place, true);
    const provider: Resource = {
      ...{ urn, type, name, parent: "", custom: true, inputs, outputs: inputs },
      ...{ options: NO_OPTIONS, dependencies: [], propertyDependencies: new Map(), provider: undefined },
    };
    this.add(provider);
    await this.register(provider);
    return provider;
  }

  #configOf(packageName: string): JsonObject {
    const { config, secretKeys } = this.identity;
    // The provider of dynamic resources runs the program's own code, so it gets the whole configuration as it is named.
    const isDynamic = packageName === "pulumi-nodejs" || packageName === "pulumi-python";
    const entries = [...config].filter(([key]) => isDynamic || packageOf(key) === packageName);
    return Object.fromEntries(
      entries.map(([key, value]) => {
        const property = isDynamic ? key : key.slice(packageName.length + 1);
        return [property, secretKeys.has(key) ? secret(value) : value];
      }),
    );
  }

  #isDisabled(packageName: string): boolean {
    const { disabledProviders } = this.identity;
    return packageName !== "pulumi" && (disabledProviders.has("*") || disabledProviders.has(packageName));
  }
}

/**
 * An account that the user names is the provider's, as if its configuration said so: whoever judges its resources is to know.
 *
 * @param isDefault whether the provider is configured by the stack, not by the program
 */
export function withAccount(
  type: string,
  inputs: JsonObject,
  place: GivenAccount | undefined,
  isDefault: boolean,
): JsonObject {
  if (place === undefined || !AWS_PROVIDERS.has(type)) return inputs;
  const { account } = accountOf({ inputs }, isDefault, place);
  return account.from === "user" ? { ...inputs, allowedAccountIds: JSON.stringify([account.value]) } : inputs;
}

const AWS_PROVIDERS: ReadonlySet<string> = new Set(["pulumi:providers:aws", "pulumi:providers:aws-native"]);

/** The version that a provider runs with is one of its properties. */
export function versionProperty(version: string): JsonObject {
  return version === "" ? {} : { version };
}

/** The provider reference that a child inherits: its parent's, where that serves the child's package. */
export function serves(reference: string, type: string): boolean {
  const providerType = urnOfProviderReference(reference).split("::")[2]?.split("$").at(-1) ?? "";
  return isProviderType(providerType) && packageOfProvider(providerType) === packageOf(type);
}

function defaultName({ version, downloadUrl }: PluginRequest): string {
  const suffix = version === "" ? "" : `_${version.replace(/[.+-]/g, "_")}`;
  const source = downloadUrl === "" ? "" : `_${downloadUrl.replace(/[^A-Za-z0-9_.]+/g, "_")}`;
  return `default${suffix}${source}`;
}
