/**
 * A resource as the engine shows it, free of the protocol. `properties` is plain data in which `notYet` (of `iam/document`)
 * stands for every value that a preview does not know; secrets are unwrapped. Read it through `model/read` only.
 */
export interface Resource {
  readonly urn: string;
  /** Type token, such as `aws:iam/user:User`. */
  readonly type: string;
  /** Logical name. */
  readonly name: string;
  readonly properties: Readonly<Record<string, unknown>>;
  /** The properties before the resource's step, where this run has shown them: outputs are not among them. */
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly parent?: string;
  readonly dependencies: readonly string[];
  /** URNs that each top-level property was made from, while its value is not known too. The engine lists only properties that come from some resource. */
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
  readonly provider?: ProviderOf;
}

/** The provider that a resource is made with; values that are no strings arrive as JSON text. */
export interface ProviderOf {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly properties: Readonly<Record<string, unknown>>;
}
