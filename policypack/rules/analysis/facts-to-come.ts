import {
  allowsSessionTags,
  type Caller,
  type Grant,
  isRead,
  mayCall,
  mentionsOf,
  type Policy,
  type Principal,
  type Shared,
  unknown,
  type Verdict,
} from "../../iam";
import { arnOf, nameForPeople, peek, type Role } from "../../model";
import type { Identity } from "./admin-power";

/**
 * What a trust policy says of a caller whose tags it looks at: those that are declared; any, where the caller or whoever opens its
 * session can set them, and for the members of a group; and where they are not known yet, only what holds whatever they are.
 */
export function withTagsOf<G extends Grant>(
  from: Identity,
  principal: Principal,
  caller: Caller,
  trust: Policy,
  ask: (caller: Caller) => Verdict<G>,
  options: Shared,
): Verdict<G> {
  const any = ask(caller);
  if (any.answer === "no" || from.kind === "group" || !looksAtCallersTags(trust)) return any;
  if (from.kind === "role" && allowsSessionTags(from.trust.policy)) return any;
  const tagging = { action: from.kind === "role" ? "iam:TagRole" : "iam:TagUser", resources: [caller.arn] };
  if (mayCall(principal, tagging, options).answer !== "no") return any;
  const tags = peek(from.tags);
  if (tags !== undefined) return ask({ ...caller, tags });
  const without = ask({ ...caller, tags: {} });
  return without.answer === "yes" ? without : unknown(`the tags of the ${nameForPeople(from)} are not known yet`);
}

function looksAtCallersTags(trust: Policy): boolean {
  return isRead(trust) && mentionsOf(trust.document).keys.some((key) => key.startsWith("aws:principaltag/"));
}

/** Whether the principal's policies let it assume a role: whatever path, name and tags the role has, as far as they are not known yet. */
export function mayAssumeBySelf(principal: Principal, role: Role, options: Shared): Verdict<Grant> {
  const call = { action: "sts:AssumeRole", resources: [arnOf(role)] };
  const tags = peek(role.tags);
  const some = mayCall(principal, tags === undefined ? call : { ...call, resourceTags: tags }, options);
  if (some.answer !== "yes") return some;
  const isNamed = role.arn !== undefined || (role.path !== undefined && role.name.known);
  if (isNamed && tags !== undefined) return some;
  const sure = mayCall(principal, { ...call, resourceTags: tags ?? {}, ...(isNamed ? {} : { on: "all" }) }, options);
  if (sure.answer === "yes") return some;
  const open = isNamed ? "tags" : "path or name";
  return unknown(`the ${open} of the ${nameForPeople(role)} ${isNamed ? "are" : "is"} not known yet`);
}
