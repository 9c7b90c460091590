import { isRead, type Policy, type Principal } from "../../iam";

/** Ids of the accounts that a principal's policies and a trust policy speak of: in a preview one of them is the stack's own. */
export function accountsIn(principal: Principal, trust?: Policy): readonly string[] {
  const policies = [...principal.identity, ...(trust === undefined ? [] : [trust])];
  const values = policies
    .filter(isRead)
    .flatMap(({ document }) =>
      document.statements.flatMap(({ resource, principal, conditions }) => [
        ...resource.values,
        ...(principal?.entries.map(({ value }) => value) ?? []),
        ...conditions.flatMap((condition) => condition.values),
      ]),
    );
  return [...new Set(values.flatMap((value) => value.match(/(?<![0-9])[0-9]{12}(?![0-9])/g) ?? []))];
}
