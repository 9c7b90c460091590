import { notYet } from "../../iam";
import { accountOf, partitionOf, scopeOf } from "../resources/provider-scope";
import { isObject } from "../resources/read";
import { keyOf, placeOf, type Resource } from "../resources/resource";
import type { Waiting } from "../resources/value";
import { type Declares, declaresOf } from "../types";
import { holds, type Names, noValue, resolve } from "./functions";
import type { TextFault } from "./text";

/** A template that a resource holds, as plain data. */
export interface Template {
  /** The resource whose property it is. */
  readonly holder: Resource;
  readonly property: string;
  readonly value: unknown;
  /** Values that are given for its parameters. */
  readonly parameters: Readonly<Record<string, unknown>> | typeof notYet;
  /** What the parameters were made from: URNs. */
  readonly from: readonly string[];
  readonly inOtherAccounts: boolean;
}

/** Something that a template leaves open, and that can be only one of a few things: a condition, a parameter with a list of values. */
export interface Choice {
  /** Tells it from all others. */
  readonly key: string;
  readonly options: number;
  /** Whose template it is, and what in it is not known. */
  readonly waiting: Waiting;
}

export interface ReadTemplate {
  readonly resources: readonly Resource[];
  /** What is open on the way to them and not assumed. */
  readonly choices: readonly Choice[];
  readonly faults: readonly TextFault[];
}

/**
 * The resources of a template that say something about identity, as resources beside the holder. What cannot be read is in `faults`:
 * macros, modules, loops. AWS CloudFormation User Guide, "Template sections".
 */
export function readTemplate(template: Template): ReadTemplate {
  const value = isObject(template.value) ? template.value : {};
  const declared = isObject(value.Resources) ? value.Resources : {};
  const faults = macrosIn(value, declared);
  if (value.Resources !== declared && faults.length === 0) {
    const fix = "Give a CloudFormation template with a section Resources.";
    return {
      resources: [],
      choices: [],
      faults: [{ path: "$", message: "is no template", fix, effect: "unreadable" }],
    };
  }
  const sections = new Sections(template, value, declared);
  const resources = Object.entries(declared).flatMap(([id, resource]) => sections.resource(id, resource) ?? []);
  return { resources, choices: sections.choices, faults };
}

/** Things that CloudFormation replaces by text which only it knows. */
function macrosIn(
  template: Readonly<Record<string, unknown>>,
  resources: Readonly<Record<string, unknown>>,
): readonly TextFault[] {
  const { Transform: transform = [] } = template;
  const macros = (Array.isArray(transform) ? transform : [transform])
    .map((macro: unknown) => (isObject(macro) ? macro.Name : macro))
    .map((name) => (typeof name === "string" ? name : "not known yet"))
    // Adds functions, which are read or named where they stand.
    .filter((name) => name !== "AWS::LanguageExtensions");
  const places: (readonly [path: string, what: string])[] = [];
  if (macros.length > 0) places.push(["$.Transform", `the macro ${macros.join(", ")}`]);
  if (Object.hasOwn(template, "Fn::Transform")) places.push(["$", "a macro (Fn::Transform)"]);
  for (const [id, resource] of Object.entries(resources)) {
    const type = isObject(resource) ? resource.Type : undefined;
    if (id.startsWith("Fn::")) places.push([`$.Resources["${id}"]`, id.split("::").slice(0, 2).join("::")]);
    else if (typeof type === "string" && type.endsWith("::MODULE")) {
      places.push([`$.Resources.${id}`, `the module ${type}`]);
    } else if (typeof type === "string" && declaresOf(type).length > 0 && hasMacro(resource)) {
      places.push([`$.Resources.${id}`, "a macro (Fn::Transform)"]);
    }
  }
  return places.map(([path, what]) => ({
    path,
    message: `${what} adds what is not in the text, so users, groups, roles and policies among them are not seen`,
    fix: "Write identity resources out, in the template or in the program.",
    effect: "unseen",
  }));
}

/** Text that is taken in beside what a resource says itself. */
function hasMacro(resource: unknown): boolean {
  const properties = isObject(resource) ? resource.Properties : undefined;
  return [resource, properties].some((value) => isObject(value) && Object.hasOwn(value, "Fn::Transform"));
}

/** Which property is the name that `Ref` gives. AWS CloudFormation Template Reference, "AWS::IAM". */
const namesInIam: Readonly<Record<string, readonly [property: string, inArn: string]>> = {
  "AWS::IAM::User": ["UserName", "user"],
  "AWS::IAM::Group": ["GroupName", "group"],
  "AWS::IAM::Role": ["RoleName", "role"],
};

interface TemplateNames {
  /** As ARNs have it. */
  readonly kind: string;
  readonly path: string;
  readonly name: string;
}

/** More options than this are none that anybody goes through. */
export const maximumOptions = 8;

class Sections {
  private readonly open = new Map<string, Choice>();
  private readonly namings = new Map<string, TemplateNames | undefined>();
  private readonly conditions = new Map<string, boolean | typeof notYet>();
  private readonly names: Names;
  /** What the value being resolved comes from. */
  private sources = new Set<string>();
  private readonly parameterTypes: Readonly<Record<string, unknown>>;
  private readonly pseudo: ReadonlyMap<string, unknown>;
  private readonly anyAccount: ReadonlyMap<string, unknown>;

  constructor(
    private readonly template: Template,
    private readonly sections: Readonly<Record<string, unknown>>,
    private readonly declared: Readonly<Record<string, unknown>>,
  ) {
    this.parameterTypes = isObject(sections.Parameters) ? sections.Parameters : {};
    this.pseudo = pseudoParametersOf(template);
    this.anyAccount = new Map(
      [...this.pseudo].map(([name, value]) => [
        name,
        value === notYet && /^AWS::(AccountId|Region)$/.test(name) ? "*" : value,
      ]),
    );
    const inArns = this.namesWith(this.anyAccount);
    this.names = { ...this.namesWith(this.pseudo), inArns };
  }

  /** Undefined for what says nothing about identity, and where the condition does not hold. */
  resource(id: string, declared: unknown): Resource | undefined {
    if (!isObject(declared) || typeof declared.Type !== "string") return undefined;
    const entries = declaresOf(declared.Type);
    if (entries.length === 0) return undefined;
    const exists = typeof declared.Condition === "string" ? this.condition(declared.Condition) : true;
    if (exists === false) return undefined;
    const { holder, property, inOtherAccounts } = this.template;
    const propertyDependencies: Record<string, readonly string[]> = {};
    const properties: Record<string, unknown> = {};
    for (const [name, given] of Object.entries(isObject(declared.Properties) ? declared.Properties : {})) {
      this.sources = new Set();
      const value = resolve(given, this.names);
      if (value === noValue) continue;
      properties[name] = exists === notYet && !identifies(name, entries) ? notYet : value;
      if (this.sources.size > 0) propertyDependencies[name] = [...this.sources];
    }
    // Whether there is a key at all is not known: neither is whether it is active.
    if (exists === notYet && entries.some((entry) => entry.declares === "credential")) properties.Status ??= notYet;
    const within = holder.part === undefined ? property : `${holder.part.place}.${property}`;
    return {
      urn: holder.urn,
      type: declared.Type,
      name: id,
      properties,
      dependencies: [],
      propertyDependencies,
      ...(holder.provider === undefined || inOtherAccounts ? {} : { provider: holder.provider }),
      ...(holder.assumed === undefined ? {} : { assumed: holder.assumed }),
      part: { key: this.keyOf(id), place: `${within}.Resources.${id}.Properties` },
    };
  }

  private keyOf(id: string): string {
    return `${keyOf(this.template.holder)}#${this.template.property}.${id}`;
  }

  private namesWith(pseudo: ReadonlyMap<string, unknown>): Names {
    const names: Names = {
      ref: (name) => (pseudo.has(name) ? pseudo.get(name) : this.ref(name)),
      attribute: (id, name) => this.attribute(id, name, pseudo),
      condition: (name) => this.condition(name),
      mapping: (map, first, second) => memberAt(this.sections.Mappings, map, first, second),
      keysOf: (map) => Object.keys(memberAt(this.sections.Mappings, map) ?? {}),
      assumed: (choice, options) => this.assumed(choice, options),
      get inArns() {
        return names;
      },
    };
    return names;
  }

  private ref(name: string): unknown {
    if (Object.hasOwn(this.parameterTypes, name)) return this.parameter(name);
    if (!Object.hasOwn(this.declared, name)) return notYet;
    this.sources.add(this.keyOf(name));
    return this.nameOf(name)?.name ?? notYet;
  }

  private attribute(id: string, attribute: string, pseudo: ReadonlyMap<string, unknown>): unknown {
    if (!Object.hasOwn(this.declared, id)) return notYet;
    this.sources.add(this.keyOf(id));
    const named = attribute === "Arn" ? this.nameOf(id) : undefined;
    const account = pseudo.get("AWS::AccountId");
    if (named === undefined || typeof account !== "string") return notYet;
    return `arn:${pseudo.get("AWS::Partition")}:iam::${account}:${named.kind}${named.path}${named.name}`;
  }

  /** The name in AWS of a user, group or role of the template, where the template gives it one. */
  private nameOf(id: string): TemplateNames | undefined {
    if (this.namings.has(id)) return this.namings.get(id);
    // Until it is worked out: one that refers to itself has no name.
    this.namings.set(id, undefined);
    const declared = this.declared[id];
    if (!isObject(declared) || !isObject(declared.Properties)) return undefined;
    const naming = namesInIam[String(declared.Type)];
    if (naming === undefined) return undefined;
    const [property, kind] = naming;
    const { sources } = this;
    this.sources = new Set();
    const name = resolve(declared.Properties[property], this.names);
    const path = resolve(declared.Properties.Path ?? "/", this.names);
    this.sources = sources;
    if (typeof name === "string" && typeof path === "string") this.namings.set(id, { kind, path, name });
    return this.namings.get(id);
  }

  /** AWS CloudFormation User Guide, "Parameters": lists are given as one text with commas; types of SSM name where the value is. */
  private parameter(name: string): unknown {
    const declared = this.parameterTypes[name];
    const { Type: type, Default: fallback, AllowedValues } = isObject(declared) ? declared : {};
    const allowed: readonly unknown[] = Array.isArray(AllowedValues) ? AllowedValues : [];
    const { parameters, from } = this.template;
    const given = parameters === notYet ? notYet : memberAt(parameters, name);
    const value = given ?? fallback;
    if (given === notYet) for (const source of from) this.sources.add(source);
    if (typeof type === "string" && type.startsWith("AWS::SSM::")) return notYet;
    if (value === undefined || value === null || value === notYet) {
      return allowed[this.assumed(`parameter ${name}`, allowed.length) ?? -1] ?? notYet;
    }
    const isList = type === "CommaDelimitedList" || (typeof type === "string" && type.startsWith("List<"));
    if (!isList || typeof value !== "string") return value;
    return value.split(",").map((item) => item.trim());
  }

  private condition(name: string): boolean | typeof notYet {
    const before = this.conditions.get(name);
    if (before !== undefined) return before;
    // Until it is worked out: one that refers to itself stays so.
    this.conditions.set(name, notYet);
    const { size } = this.open;
    const worked = holds(memberAt(this.sections.Conditions, name), this.names);
    // Where it hangs on something else that may be assumed, that comes first.
    const isLeaf = worked === notYet && this.open.size === size;
    const assumed = isLeaf ? this.assumed(`condition ${name}`, 2) : undefined;
    const answer = assumed === undefined ? worked : assumed === 0;
    this.conditions.set(name, answer);
    return answer;
  }

  private assumed(choice: string, options: number): number | undefined {
    const { holder, property } = this.template;
    const key = `${this.keyOf("")} ${choice}`;
    const option = holder.assumed?.get(key);
    if (option === undefined && options > 0 && options <= maximumOptions) {
      const waiting = { urn: holder.urn, property: `${placeOf(holder, property)} (${choice})`, on: this.template.from };
      this.open.set(key, { key, options, waiting });
    }
    return option;
  }

  /** What nothing tells and nobody assumed so far. */
  get choices(): readonly Choice[] {
    return [...this.open.values()];
  }
}

/** Of a resource that perhaps is not made: what it is called and whom it is about. All else that it says is not known. */
function identifies(property: string, entries: readonly Declares[]): boolean {
  const declares = (...kinds: readonly string[]) => entries.some((entry) => kinds.includes(entry.declares));
  if (declares("group")) return /^(GroupName|Path)$/.test(property);
  // Whether they are members is as little known as the group.
  if (declares("user", "role", "permission set", "membership")) return /^((User|Role)?Name|Path|Users)$/.test(property);
  return /^(\w*Name|Path|Users|Groups|Roles|Type|TargetIds)$/.test(property);
}

function memberAt(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((at, key) => (isObject(at) && Object.hasOwn(at, key) ? at[key] : undefined), value);
}

/** AWS CloudFormation User Guide, "Pseudo parameters". */
function pseudoParametersOf({ holder, inOtherAccounts }: Template): ReadonlyMap<string, unknown> {
  const scope = inOtherAccounts ? {} : scopeOf(holder);
  const region = inOtherAccounts ? undefined : holder.provider?.properties.region;
  const partition = scope.partition ?? partitionOf(region) ?? "aws";
  const { stackName, name } = holder.properties;
  return new Map<string, unknown>([
    ["AWS::AccountId", accountOf(scope) ?? notYet],
    ["AWS::NoValue", noValue],
    ["AWS::NotificationARNs", notYet],
    ["AWS::Partition", partition],
    ["AWS::Region", typeof region === "string" && region !== "" ? region : notYet],
    ["AWS::StackId", notYet],
    ["AWS::StackName", stackName ?? name ?? notYet],
    ["AWS::URLSuffix", partition === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com"],
  ]);
}
