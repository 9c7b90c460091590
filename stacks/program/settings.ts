import * as pulumi from "@pulumi/pulumi";

/**
 * Values of a stack's configuration as properties to spread into a component's arguments. A key without a value, or with
 * the empty one that Pulumi.yaml declares as its default, is left out, so that the component's own default stands.
 */
export class Settings {
  constructor(private readonly config: pulumi.Config) {}

  text<K extends string, T extends string = string>(key: K): { [P in K]?: T } {
    const value = this.config.get<T>(key);
    return given(key, value === undefined || value.length === 0 ? undefined : value);
  }

  number<K extends string>(key: K): { [P in K]?: number } {
    return given(key, this.config.getNumber(key));
  }

  boolean<K extends string>(key: K): { [P in K]?: boolean } {
    return given(key, this.config.getBoolean(key));
  }

  /** A boolean without a default in Pulumi.yaml but the empty text; what is neither is the component's to refuse. */
  flag<K extends string>(key: K): { [P in K]?: boolean } {
    const value = this.parsed(key);
    return given(key, value === "" || value === undefined ? undefined : (value as boolean));
  }

  /** A list; its entries are the component's to check. */
  list<K extends string, T extends string = string>(key: K): { [P in K]?: readonly T[] } {
    return given(key, this.listOf<T>(key));
  }

  /** Like {@link list}, for a component that demands one: empty where the configuration has none. */
  listOf<T>(key: string): readonly T[] | undefined {
    const value = this.parsed(key);
    if (value === undefined || Array.isArray(value)) return value;
    return this.refuse(
      key,
      `is not a list. Set its entries with: pulumi config set --path '${this.name(key)}[0]' VALUE`,
    );
  }

  /** An object; its properties are the component's to check. */
  object<K extends string, T extends object>(key: K): { [P in K]?: T } {
    const value = this.parsed(key);
    if (value === undefined) return {};
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      this.refuse(
        key,
        `is not an object. Set its properties with: pulumi config set --path '${this.name(key)}.NAME' VALUE`,
      );
    }
    return given(key, Object.keys(value).length === 0 ? undefined : (value as T));
  }

  /** The key as `pulumi config` names it. */
  name(key: string): string {
    return `${this.config.name}:${key}`;
  }

  /** The engine hands lists and objects over as JSON text. */
  private parsed(key: string): unknown {
    const text = this.config.get(key);
    if (text === undefined) return undefined;
    try {
      return JSON.parse(text);
    } catch {
      return text;
    }
  }

  private refuse(key: string, problem: string): never {
    throw new pulumi.RunError(
      `Configuration key ${this.name(key)} is ${JSON.stringify(this.config.get(key))}, which ${problem}`,
    );
  }
}

function given<K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } {
  return value === undefined ? {} : ({ [key]: value } as { [P in K]?: V });
}
