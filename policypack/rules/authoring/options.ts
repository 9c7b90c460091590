/** What is wrong with one text of an option. */
export interface TextFault {
  /** Follows the option's name: `is "*", which singles nothing out.` */
  readonly message: string;
  readonly fix: string;
  /** The names that it could have been, where they can be listed: the nearest one is suggested. */
  readonly among?: readonly string[];
}

/**
 * What a text of an option must look like, or what is wrong with it. Kept out of the JSON schema: the engine ends every preview of the
 * organisation over a value that breaks a schema.
 */
export type TextForm = (text: string) => TextFault | undefined;

/** An option of a rule: one literal gives the JSON schema that Pulumi shows and the type that `check` receives. */
export type OptionSchema =
  | {
      readonly type: "integer";
      readonly description: string;
      readonly default: number;
      readonly minimum?: number;
      readonly maximum?: number;
    }
  | { readonly type: "boolean"; readonly description: string; readonly default: boolean }
  | {
      readonly type: "string";
      readonly description: string;
      readonly default?: string;
      readonly enum?: readonly string[];
      readonly form?: TextForm;
    }
  | {
      readonly type: "strings";
      readonly description: string;
      readonly default?: readonly string[];
      /** Of each text in the list. */
      readonly form?: TextForm;
    };

export type OptionSchemas = Readonly<Record<string, OptionSchema>>;

type ValueOf<S extends OptionSchema> = S extends { readonly type: "integer" }
  ? number
  : S extends { readonly type: "boolean" }
    ? boolean
    : S extends { readonly type: "string"; readonly enum: readonly (infer E)[] }
      ? E
      : S extends { readonly type: "string" }
        ? S extends { readonly default: string }
          ? string
          : string | undefined
        : S extends { readonly default: readonly string[] }
          ? readonly string[]
          : readonly string[] | undefined;

/** The values that `check` receives: defaults filled in; undefined only where an option has no default. */
export type OptionValues<O extends OptionSchemas> = { readonly [K in keyof O]: ValueOf<O[K]> };

/** The options that every rule has beside its own. */
export const commonOptions = {
  onUnknown: {
    type: "string",
    description:
      "What becomes of what this rule cannot decide yet: told with all else that is undecided (advisory), a finding of the rule itself at its level (enforce), or nothing (ignore).",
    enum: ["advisory", "enforce", "ignore"],
    default: "advisory",
  },
} as const satisfies OptionSchemas;

export function defaultsOf<O extends OptionSchemas>(options: O): OptionValues<O> {
  return Object.fromEntries(Object.entries(options).map(([name, schema]) => [name, schema.default])) as OptionValues<O>;
}
