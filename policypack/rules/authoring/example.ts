/** A stack in miniature: documentation in RULES.md and a test through the real server, both at once. */
export interface Example {
  /** What the example shows, as a noun phrase without a full stop. */
  readonly title: string;
  readonly resources: readonly ExampleResource[];
  /** Options of the rule itself. */
  readonly options?: Readonly<Record<string, unknown>>;
  readonly settings?: Readonly<Record<string, unknown>>;
  /** For failing examples: logical names of the resources that the findings stand at; the first resource when left out. */
  readonly at?: readonly string[];
  /** For failing examples: the level of the findings where it is not the rule's own. */
  readonly level?: "advisory";
}

export interface ExampleResource {
  readonly type: string;
  readonly name: string;
  readonly properties: Readonly<Record<string, unknown>>;
  /** What AWS has added, on a resource that exists already. */
  readonly outputs?: Readonly<Record<string, string>>;
  /** Logical names that a property was made from, beside those that its `unknownFrom` markers name. */
  readonly from?: Readonly<Record<string, readonly string[]>>;
  /** Properties of the provider that the resource is made with. */
  readonly provider?: Readonly<Record<string, unknown>>;
}

/** Stands in an example for a value that a preview does not know, such as the ARN of a resource not made yet. */
export interface UnknownFrom {
  readonly unknownFrom: string;
}

/** A value that comes from the resource with that logical name and is not known in preview. */
export function unknownFrom(name: string): UnknownFrom {
  return { unknownFrom: name };
}

export function isUnknownFrom(value: unknown): value is UnknownFrom {
  return typeof value === "object" && value !== null && "unknownFrom" in value;
}

export interface Examples {
  readonly fail: readonly Example[];
  readonly pass: readonly Example[];
  readonly undecided: readonly Example[];
}
