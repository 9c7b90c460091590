import { notYet } from "../../iam";
import { hasHole, isObject } from "../resources/read";

/** Stands for `AWS::NoValue`, which takes away the property that it is given to. */
export const noValue: unique symbol = Symbol("AWS::NoValue");

/** What the references of a template mean. */
export interface Names {
  /** What `Ref` to a parameter, a pseudo parameter or a resource gives. */
  ref(name: string): unknown;
  /** What `Fn::GetAtt` gives. */
  attribute(resource: string, name: string): unknown;
  /** Whether a condition of the template holds. */
  condition(name: string): boolean | typeof notYet;
  /** A value of the section Mappings; undefined where there is none. */
  mapping(map: string, first: string, second: string): unknown;
  /** The keys at the top of one of the Mappings. */
  keysOf(map: string): readonly string[];
  /** Which of so many options is assumed where nothing tells; undefined where nothing is assumed. */
  assumed(choice: string, options: number): number | undefined;
  /** The same with `*` for the account and the region where they are not known: enough for an ARN that a policy is about. */
  readonly inArns: Names;
}

/** Deeper than any template is nested; keeps hostile text from exhausting the stack. */
const maximumDepth = 100;

/**
 * A value of a template with its functions worked out as far as the names tell, and `notYet` beyond.
 * AWS CloudFormation User Guide, "Intrinsic function reference".
 */
export function resolve(value: unknown, names: Names, depth = 0): unknown {
  if (depth > maximumDepth) return notYet;
  if (Array.isArray(value)) {
    return value.map((item: unknown) => resolve(item, names, depth + 1)).filter((item) => item !== noValue);
  }
  if (!isObject(value)) return value;
  // A macro's text comes beside the other members, and over them.
  if (Object.hasOwn(value, "Fn::Transform")) return notYet;
  const call = callIn(value);
  if (call !== undefined) return evaluate(call, names, depth + 1);
  const members = Object.entries(value).map(([key, member]) => {
    const isArn = /^(Not)?Resource$/.test(key) && Object.hasOwn(value, "Effect");
    return [key, resolve(member, isArn ? names.inArns : names, depth + 1)] as const;
  });
  return Object.fromEntries(members.filter(([, member]) => member !== noValue));
}

/** Whether a condition's expression holds. AWS CloudFormation User Guide, "Condition functions". */
export function holds(expression: unknown, names: Names, depth = 0): boolean | typeof notYet {
  const call = isObject(expression) ? callIn(expression) : undefined;
  if (call === undefined || depth > maximumDepth) return notYet;
  const list = Array.isArray(call.argument) ? call.argument : [];
  const each = () => list.map((item: unknown) => holds(item, names, depth + 1));
  switch (call.name) {
    case "Condition":
      return typeof call.argument === "string" ? names.condition(call.argument) : notYet;
    case "Fn::Equals": {
      const [left, right] = list.map((item: unknown) => resolve(item, names, depth + 1));
      return list.length !== 2 || hasHole(left) || hasHole(right) ? notYet : textOf(left) === textOf(right);
    }
    case "Fn::Not": {
      const [inner = notYet] = each();
      return inner === notYet ? notYet : !inner;
    }
    case "Fn::And": {
      const answers = each();
      return answers.includes(false) ? false : answers.includes(notYet) ? notYet : true;
    }
    case "Fn::Or": {
      const answers = each();
      return answers.includes(true) ? true : answers.includes(notYet) ? notYet : false;
    }
    default:
      return notYet;
  }
}

interface Call {
  readonly name: string;
  readonly argument: unknown;
}

/** A function's call is an object with nothing else in it. */
function callIn(value: Readonly<Record<string, unknown>>): Call | undefined {
  const [name, another] = Object.keys(value);
  if (name === undefined || another !== undefined) return undefined;
  // A policy has an element Condition too, whose value is an object.
  const isCall = name === "Ref" || name.startsWith("Fn::") || (name === "Condition" && typeof value[name] === "string");
  return isCall ? { name, argument: value[name] } : undefined;
}

function evaluate({ name, argument }: Call, names: Names, depth: number): unknown {
  switch (name) {
    case "Ref":
      return typeof argument === "string" ? names.ref(argument) : notYet;
    case "Fn::GetAtt":
      return attribute(argument, names, depth);
    case "Fn::Sub":
      return substitute(argument, names, depth);
    case "Fn::If":
      return choose(argument, names, depth);
  }
  const given = resolve(argument, names, depth);
  const list: readonly unknown[] = Array.isArray(given) ? given : [];
  const asWritten = (index: number) => JSON.stringify(Array.isArray(argument) ? argument[index] : argument);
  switch (name) {
    case "Fn::Join":
      return join(list[0], list[1]);
    case "Fn::Split": {
      const [separator, text] = list;
      return typeof separator === "string" && typeof text === "string" ? text.split(separator) : notYet;
    }
    case "Fn::Select": {
      const [index, items] = list;
      if (!Array.isArray(items)) return notYet;
      const at = index === notYet ? names.assumed(`${name} ${asWritten(0)}`, items.length) : Number(index);
      return items[at ?? -1] ?? notYet;
    }
    case "Fn::FindInMap": {
      const [map, first, second] = list.slice(0, 3).map(textOf);
      if (map === undefined || second === undefined) return notYet;
      const tops = names.keysOf(map);
      const top = first ?? tops[names.assumed(`${name} ${map} ${asWritten(1)}`, tops.length) ?? -1];
      const fallback = isObject(list[3]) ? list[3].DefaultValue : undefined;
      return top === undefined ? notYet : (names.mapping(map, top, second) ?? fallback ?? notYet);
    }
    case "Fn::Base64":
      return typeof given === "string" ? Buffer.from(given).toString("base64") : notYet;
    case "Fn::Length":
      return Array.isArray(given) ? given.length : notYet;
    case "Fn::ToJsonString":
      return hasHole(given) ? notYet : JSON.stringify(given);
    default:
      return notYet;
  }
}

function attribute(argument: unknown, names: Names, depth: number): unknown {
  const parts = typeof argument === "string" ? splitAttribute(argument) : argument;
  const [resource, name] = Array.isArray(parts) ? parts.map((part: unknown) => resolve(part, names, depth)) : [];
  return typeof resource === "string" && typeof name === "string" ? names.attribute(resource, name) : notYet;
}

/** `Role.Arn`: the resource's name has no point, the attribute's may have some. */
function splitAttribute(text: string): readonly string[] {
  const [resource = "", ...name] = text.split(".");
  return [resource, name.join(".")];
}

function choose(argument: unknown, names: Names, depth: number): unknown {
  const [condition, ifTrue, ifFalse]: readonly unknown[] = Array.isArray(argument) ? argument : [];
  if (typeof condition !== "string") return notYet;
  const answer = names.condition(condition);
  if (answer !== notYet) return resolve(answer ? ifTrue : ifFalse, names, depth);
  // Both are worked out, so that it is seen what the value may come from.
  const branches = [ifTrue, ifFalse].map((branch) => resolve(branch, names, depth));
  const [one, other] = branches;
  return !branches.some(hasHole) && JSON.stringify(one) === JSON.stringify(other) ? one : notYet;
}

function substitute(argument: unknown, names: Names, depth: number): unknown {
  const [text, own]: readonly unknown[] = Array.isArray(argument) ? argument : [argument];
  if (typeof text !== "string") return notYet;
  const given = isObject(own)
    ? Object.fromEntries(Object.entries(own).map(([name, value]) => [name, resolve(value, names, depth)]))
    : {};
  let isWhole = true;
  let length = 0;
  // No brace in a name: a text of openings alone would be searched to its end at each of them.
  const result = text.replace(/\$\{(!?)([^{}]*)\}/g, (_, literal: string, inner: string) => {
    if (literal !== "") return `\${${inner}}`;
    const name = inner.trim();
    const value = Object.hasOwn(given, name)
      ? given[name]
      : name.includes(".")
        ? attribute(name, names, depth)
        : names.ref(name);
    const part = length > maximumLength ? undefined : textOf(value);
    length += part?.length ?? 0;
    isWhole &&= part !== undefined;
    return part ?? "";
  });
  return isWhole ? ofUsualLength(result) : notYet;
}

function join(separator: unknown, items: unknown): unknown {
  if (typeof separator !== "string" || !Array.isArray(items)) return notYet;
  const texts = items.map(textOf);
  return texts.includes(undefined) ? notYet : ofUsualLength(texts.join(separator));
}

/** No property of AWS takes more; keeps names that double each other from filling the memory. */
const maximumLength = 1_000_000;

function ofUsualLength(text: string): string | typeof notYet {
  return text.length > maximumLength ? notYet : text;
}

/** A scalar as the text that CloudFormation makes of it. */
function textOf(value: unknown): string | undefined {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean"
    ? String(value)
    : undefined;
}
