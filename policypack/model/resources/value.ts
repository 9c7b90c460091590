import { unknown, type Verdict } from "../../iam";

/** What a preview may not know yet: the property, whose it is, and the resources that have to exist first. */
export interface Waiting {
  readonly urn: string;
  /** Path inside the resource, such as `policy` or `inlinePolicies[0].policy`. */
  readonly property: string;
  /** URNs of the resources that the value comes from, where the engine tells. */
  readonly on: readonly string[];
}

export interface Known<T> {
  readonly known: true;
  readonly value: T;
}

export interface NotKnownYet {
  readonly known: false;
  readonly waiting: Waiting;
}

/** A property as a preview shows it. There is no other way to read one, so nobody can forget the second case. */
export type Value<T> = Known<T> | NotKnownYet;

export function known<T>(value: T): Known<T> {
  return { known: true, value };
}

export function notKnownYet(waiting: Waiting): NotKnownYet {
  return { known: false, waiting };
}

/** The value where it is known; undefined where it is not. For wording and joins only: a decision goes through `ask`. */
export function peek<T>(value: Value<T>): T | undefined {
  return value.known ? value.value : undefined;
}

/** Puts a question to a value; one that is not known yet answers `unknown` with the property's name. */
export function ask<T, Y>(value: Value<T>, question: (value: T) => Verdict<Y>): Verdict<Y> {
  return value.known ? question(value.value) : unknown(`${value.waiting.property} is not known yet`);
}

export function map<T, U>(value: Value<T>, change: (value: T) => U): Value<U> {
  return value.known ? known(change(value.value)) : value;
}
