import type { StatementRef } from "../../iam";
import { type AnyIdentity, edgesOf, nameForPeople, type PolicyEdge, type Resource, type User } from "../../model";
import type { Finding } from "./rule";

/** What a finding says of its cause: nothing where the identity alone is to be mended. */
type Shared = Pick<Finding, "cause">;

/**
 * Where one mend ends what several identities are found with by the same statements: at the policy that holds them where the stack
 * makes it, or else at the resource that brings it to all of them. Nothing where a statement stands in no policy of the identity.
 */
export function causeInStatements(identity: AnyIdentity, statements: readonly StatementRef[]): Shared {
  const edges = edgesOf(identity);
  const bringing = statements.map(({ origin }) => edges.find(({ policy }) => policy.origin === origin));
  const [first] = bringing;
  if (first === undefined || bringing.includes(undefined)) return {};
  const paths = statements.map(({ origin, path }) => `${origin} ${path}`).sort();
  const key = JSON.stringify([...bringing.map((edge) => edge && urnOf(edge)), ...paths]);
  const { madeBy } = first;
  const name = madeBy === undefined ? {} : { name: `policy "${nameOf(madeBy)}"` };
  return { cause: { urn: urnOf(first), key, ...name } };
}

/** In AWS, where it is known. */
function nameOf({ name, properties }: Resource): string {
  return typeof properties.name === "string" ? properties.name : name;
}

function urnOf({ by, madeBy }: PolicyEdge): string {
  return madeBy?.urn ?? by.urn;
}

/**
 * Where one gate ends it for several users: in the group whose policies hold all these statements, for all its members at once, or else in
 * the policy of the stack that holds them.
 */
export function placeOfGate(user: User, statements: readonly StatementRef[]): Shared {
  const group = user.groups.find(({ policies }) =>
    statements.every(({ origin }) => policies.some(({ policy }) => policy.origin === origin)),
  );
  if (group === undefined || statements.length === 0) return causeInStatements(user, statements);
  return { cause: { urn: group.urn, key: "gate", name: nameForPeople(group) } };
}
