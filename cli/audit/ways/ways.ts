import { shownLine } from "../../../policypack/host";
import { type AnyIdentity, arnOf, peek } from "../../../policypack/model";
import {
  type Analysis,
  adminPowerItself,
  type Step,
  type WayEnd,
  waysToAdministrator,
} from "../../../policypack/rules";
import { type AccountAudit, type AuditedIdentity, POWER_ITSELF, type WayStep } from "../../report/account-audit";
import type { AccountFacts } from "../rules/facts";
import { isTrue } from "../stack/credentials";
import { identityCenterPath } from "../stack/identities";
import { nameOfSet } from "../stack/permission-sets";
import { distancesTo } from "./graph";
import { mendsOf } from "./mends";

/** Who is administrator in an account, who can become one in how many steps, and what cuts most ways. */
export function waysIn(
  analysis: Analysis,
  { users }: Pick<AccountFacts, "users">,
): Pick<AccountAudit, "identities" | "steps" | "mends"> {
  const ways = waysToAdministrator(analysis);
  const steps = ways.steps.map(toWayStep);
  const ends = [...[...ways.administrators].map(idOf), POWER_ITSELF];
  const distances = distancesTo(ends, steps);
  const devices = new Map(users.map(({ urn, row }) => [urn, isTrue(row, "mfa_active")]));
  const { graph } = analysis;
  const identities = [...graph.users, ...graph.groups, ...graph.roles].map((identity): AuditedIdentity => {
    const id = idOf(identity);
    const distance = distances.get(id);
    const hasMfaDevice = identity.kind === "user" ? devices.get(identity.urn) : undefined;
    return {
      ...{ id, ...kindAndName(identity), isAdministrator: ways.administrators.has(identity) },
      ...(distance === undefined ? {} : { distance }),
      ...(hasMfaDevice === undefined ? {} : { hasMfaDevice }),
    };
  });
  const power: AuditedIdentity = {
    ...{ id: POWER_ITSELF, kind: "power", name: POWER_ITSELF },
    ...{ isAdministrator: true, distance: 0 },
  };
  const isReached = steps.some(({ to }) => to === POWER_ITSELF);
  return { identities: isReached ? [...identities, power] : identities, steps, mends: mendsOf(ways, analysis, idOf) };
}

function idOf(end: WayEnd): string {
  return end === adminPowerItself ? POWER_ITSELF : shownLine(arnOf(end));
}

function toWayStep({ from, to, how, path, grant }: Step): WayStep {
  return {
    ...{ from: idOf(from), to: idOf(to), how },
    ...(path === undefined ? {} : { path }),
    witnesses: grant.witnesses,
    statements: grant.statements,
  };
}

function kindAndName(identity: AnyIdentity): Pick<AuditedIdentity, "kind" | "name"> {
  const name = peek(identity.name) ?? identity.urn;
  const isOfSet = identity.kind === "role" && identity.path?.startsWith(identityCenterPath) === true;
  if (isOfSet) return { kind: "permission set", name: shownLine(nameOfSet(name)) };
  return { kind: identity.kind, name: shownLine(name) };
}
