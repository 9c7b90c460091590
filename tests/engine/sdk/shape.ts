/** What the SDK's type of a property lets through, reduced to what a provider can check on the wire. */
export type Shape =
  | { kind: "string" | "number" | "boolean" | "any" }
  /** `string | inputs.iam.PolicyDocument`: an object is turned into JSON text by the provider. */
  | { kind: "policy" }
  | { kind: "list" | "map"; of: Shape }
  /** An interface of the SDK's types/input.d.ts, by its dotted name (`iam.RoleInlinePolicy`). */
  | { kind: "object"; name: string }
  | { kind: "oneOf"; of: Shape[] };

export interface Property {
  shape: Shape;
  required: boolean;
}

export type Properties = Record<string, Property>;

/** A resource class of the SDK: its constructor's arguments, and the outputs it promises (`required`: never undefined). */
export interface ResourceShape {
  inputs: Properties;
  outputs: Properties;
}
