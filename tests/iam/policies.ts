import { type Document, type Policy, type PolicyKind, type Principal, parseDocument } from "../../policypack/iam";

/** Words to write policies and principals with, so that a case shows only what matters to it. */

export interface StatementJson {
  readonly [element: string]: unknown;
}

export type ConditionJson = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

function statement(Effect: string, Action: unknown, Resource: unknown, Condition?: ConditionJson): StatementJson {
  return { Effect, Action, Resource, ...(Condition === undefined ? {} : { Condition }) };
}

export function allow(action: unknown, resource: unknown = "*", condition?: ConditionJson): StatementJson {
  return statement("Allow", action, resource, condition);
}

export function deny(action: unknown, resource: unknown = "*", condition?: ConditionJson): StatementJson {
  return statement("Deny", action, resource, condition);
}

export function documentOf(statements: readonly unknown[], kind: PolicyKind = "identity"): Document {
  const { document } = parseDocument({ Version: "2012-10-17", Statement: statements }, kind);
  if (document === undefined) throw new Error("the case's policy cannot be read");
  return document;
}

export function policy(...statements: readonly unknown[]): Policy {
  return { origin: "policy", document: documentOf(statements) };
}

export function notRead(origin: string): Policy {
  return { origin, document: { notRead: "its text is not known yet" } };
}

const account = "111122223333";

export function group(...statements: readonly unknown[]): Principal {
  return { kind: "group", name: "devs", account, identity: [policy(...statements)] };
}

export function user(...statements: readonly unknown[]): Principal {
  return { kind: "user", name: "alice", account, identity: [policy(...statements)] };
}

export function role(...statements: readonly unknown[]): Principal {
  return { kind: "role", name: "app", account, identity: [policy(...statements)] };
}
