import { type AnyRule, commonOptions, type OptionSchema, type OptionSchemas, settingsOptions } from "../../rules";
import { waiversOption } from "../configuration/settings-policy";

/** An option as JSON schema, in the part of it that Pulumi's engine and Pulumi Cloud understand. */
export type JsonSchema = {
  type: "integer" | "boolean" | "string" | "array" | "object";
  description?: string;
  default?: number | boolean | string | string[];
  minimum?: number;
  maximum?: number;
  enum?: string[];
  items?: JsonSchema;
  properties?: Record<string, JsonSchema>;
};

export type JsonSchemas = Record<string, JsonSchema>;

function jsonSchemaOf(option: OptionSchema): JsonSchema {
  const { description } = option;
  switch (option.type) {
    case "integer":
      return {
        type: "integer",
        description,
        default: option.default,
        ...(option.minimum === undefined ? {} : { minimum: option.minimum }),
        ...(option.maximum === undefined ? {} : { maximum: option.maximum }),
      };
    case "boolean":
      return { type: "boolean", description, default: option.default };
    case "string":
      return {
        type: "string",
        description,
        ...(option.default === undefined ? {} : { default: option.default }),
        ...(option.enum === undefined ? {} : { enum: [...option.enum] }),
      };
    case "strings":
      return {
        type: "array",
        items: { type: "string" },
        description,
        ...(option.default === undefined ? {} : { default: [...option.default] }),
      };
  }
}

function jsonSchemasOf(options: OptionSchemas): JsonSchemas {
  return Object.fromEntries(Object.entries(options).map(([name, option]) => [name, jsonSchemaOf(option)]));
}

/** Every option that a rule can be configured with. */
export function ruleSchema(rule: AnyRule): JsonSchemas {
  return jsonSchemasOf({ ...rule.options, ...commonOptions });
}

/**
 * Options of the policy `settings`. The schema of a waiver asks for nothing, on purpose: the engine ends every preview
 * of the organisation over a value that breaks a schema, and a malformed waiver must only not hold.
 */
export function settingsSchema(): JsonSchemas {
  const text: JsonSchema = { type: "string" };
  return {
    ...jsonSchemasOf(settingsOptions),
    [waiversOption.name]: {
      type: "array",
      description: waiversOption.description,
      default: [],
      items: {
        type: "object",
        properties: { rule: text, resource: text, reason: text, expires: text, project: text, stack: text },
      },
    },
  };
}
