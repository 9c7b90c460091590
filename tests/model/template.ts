import { isRead } from "../../policypack/iam/language/policy";
import type { Resource } from "../../policypack/model/resources/resource";
import type { Graph } from "../../policypack/model/subjects/identity-graph";
import type { IdentityResource } from "../../policypack/model/subjects/subjects";
import { the } from "./graph-of";
import { resource, subjectsOf } from "./resource";

export const stack = "aws:cloudformation/stack:Stack";

/** A CloudFormation stack with a template. */
export function template(templateBody: string, parameters: Readonly<Record<string, unknown>> = {}): Resource {
  return resource(stack, "accounts", { name: "accounts", templateBody, parameters });
}

export function identityResources(subject: Resource): readonly IdentityResource[] {
  return subjectsOf(subject).flatMap((each) => (each.kind === "identityResource" ? [each.subject] : []));
}

/** What is wrong with reading a resource and what it holds. */
export function faultsOf(subject: Resource): readonly string[] {
  return identityResources(subject).flatMap(({ faults }) =>
    faults.map(({ effect, where, message }) => `${effect}: ${where}: ${message}`),
  );
}

export function actionsOf(graph: Graph, name: string): readonly string[] {
  return the(graph, name).policies.flatMap(({ policy }) =>
    isRead(policy) ? policy.document.statements.flatMap(({ action }) => action.values) : [],
  );
}

export function resourcesOf(graph: Graph, name: string): readonly unknown[] {
  return the(graph, name).policies.flatMap(({ policy }) =>
    isRead(policy) ? policy.document.statements.map((statement) => statement.resource) : [],
  );
}
