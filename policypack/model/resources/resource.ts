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
  /** Properties of which something is nested too deeply to be read; they are `notYet` as a whole. */
  readonly unread?: readonly string[];
  readonly parent?: string;
  readonly dependencies: readonly string[];
  /** URNs that each top-level property was made from, while its value is not known too. The engine lists only properties that come from some resource. */
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
  readonly provider?: ProviderOf;
  /** Set where it is written inside a property of another resource, as in a template: `urn` is then that of the other one. */
  readonly part?: Part;
  /** What is assumed of choices that the templates within it leave open: by the choice's key, which of its options is taken. */
  readonly assumed?: ReadonlyMap<string, number>;
}

/** Where a resource stands inside another one. */
export interface Part {
  /** Tells it from all other resources, as a URN does; what refers to it within the same template has this among its sources. */
  readonly key: string;
  /** The way to its properties: `templateBody.Resources.Admins.Properties`. */
  readonly place: string;
}

/** What tells a resource from all others and stands for it where others were made from it. */
export function keyOf({ urn, part }: Resource): string {
  return part?.key ?? urn;
}

/** A path as a reader of the program finds it: from the property that holds the resource, where one does. */
export function placeOf({ part }: Resource, path: string): string {
  return part === undefined ? path : `${part.place}.${path}`;
}

/** The provider that a resource is made with; values that are no strings arrive as JSON text. */
export interface ProviderOf {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly properties: Readonly<Record<string, unknown>>;
}
