import type { Alias } from "@pulumi/pulumi/proto/alias_pb";
import { type NamedResource, qualifiedTypeOf, STACK_TYPE, urnOf } from "../pulumi/urn";

/** The former URNs that a resource claims, each once; what an alias leaves out stays as it is now. */
export function aliasUrnsOf(aliases: readonly Alias[], now: NamedResource): string[] {
  return [...new Set(aliases.map((alias) => aliasUrnOf(alias, now)))];
}

function aliasUrnOf(alias: Alias, now: NamedResource): string {
  const spec = alias.getSpec();
  if (spec === undefined) return alias.getUrn();
  const parent = spec.getParenturn() || now.parent;
  const hasParent = !spec.getNoparent() && qualifiedTypeOf(parent) !== STACK_TYPE;
  return urnOf({
    stack: spec.getStack() || now.stack,
    project: spec.getProject() || now.project,
    parent: hasParent ? parent : "",
    type: spec.getType() || now.type,
    name: spec.getName() || now.name,
  });
}
