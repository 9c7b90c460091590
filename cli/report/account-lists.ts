import { type AccountAudit, type AuditedIdentity, POWER_ITSELF, type WayStep } from "./account-audit";
import { counted } from "./summary";

/** A list of a report for people. */
export interface ReportedList {
  readonly heading: string;
  readonly items: readonly string[];
}

/** How many ways are told, and steps of one; how many mends, and reasons for what is not checked. */
const mostWays = 15;
const mostMends = 5;
const mostReasons = 20;
const mostRules = 8;

/** What an audit says beside its findings: the ways to administrator, what cuts most of them, and what could not be checked. */
export function listsOf(audit: AccountAudit): readonly ReportedList[] {
  return [
    { heading: waysHeading(audit), items: shortestWays(audit) },
    {
      heading: "What cuts most of them:",
      items: audit.mends
        .slice(0, mostMends)
        .map(({ what, cuts }) => `${what} ${counted(cuts, "identity", "identities")} less.`),
    },
    { heading: "Not checked:", items: notChecked(audit) },
  ];
}

function waysHeading({ identities }: AccountAudit): string {
  const people = identities.filter(({ kind }) => kind !== "power");
  const administrators = people.filter(({ isAdministrator }) => isAdministrator).length;
  const steps = new Map<number, number>();
  for (const { distance = 0 } of people) if (distance > 0) steps.set(distance, (steps.get(distance) ?? 0) + 1);
  const others = [...steps]
    .sort(([one], [other]) => one - other)
    .map(([distance, count]) => `${count} in ${counted(distance, "step")}`);
  return `Ways to administrator: ${counted(administrators, "administrator")}; ${others.length === 0 ? "nobody else can become one" : `others can become one: ${others.join(", ")}`}.`;
}

/** A way for each identity, the shortest first, as far as people read. */
function shortestWays({ identities, steps }: AccountAudit): readonly string[] {
  const byId = new Map(identities.map((identity) => [identity.id, identity]));
  const leaving = new Map<string, WayStep[]>();
  for (const step of steps) leaving.set(step.from, [...(leaving.get(step.from) ?? []), step]);
  const starting = identities
    .filter(({ distance = 0 }) => distance > 0)
    .sort((one, other) => (one.distance ?? 0) - (other.distance ?? 0) || (one.id < other.id ? -1 : 1));
  const left = starting.length - mostWays;
  const told = starting.slice(0, mostWays).map((identity) => wayInWords(identity, byId, leaving));
  return left > 0 ? [...told, `and those of ${left} more, which the JSON report holds`] : told;
}

/** `user "anna" is a member of group "developers", which can have, by a policy written for a user, administrator power`. */
function wayInWords(
  start: AuditedIdentity,
  byId: ReadonlyMap<string, AuditedIdentity>,
  leaving: ReadonlyMap<string, readonly WayStep[]>,
): string {
  const words: string[] = [];
  for (let at = start; (at.distance ?? 0) > 0; ) {
    const nearer = (leaving.get(at.id) ?? []).find(
      ({ to }) => (byId.get(to)?.distance ?? Infinity) < (at.distance ?? 0),
    );
    const next = nearer === undefined ? undefined : byId.get(nearer.to);
    if (nearer === undefined || next === undefined) break;
    words.push(`${words.length === 0 ? inWords(at) : "which"} ${nearer.how} ${inWords(next)}`);
    at = next;
  }
  return words.join(", ");
}

function inWords({ id, kind, name }: AuditedIdentity): string {
  return id === POWER_ITSELF ? name : `${kind} "${name}"`;
}

/** By what is missing: the rules that wait for it. */
function notChecked({ answers }: AccountAudit): readonly string[] {
  const rules = new Map<string, string[]>();
  for (const { rule, notChecked } of answers) {
    for (const { because, permission } of notChecked) {
      const reason = permission === undefined ? because : `${because} (${permission})`;
      rules.set(reason, [...(rules.get(reason) ?? []), rule]);
    }
  }
  const told = [...rules].map(([reason, waiting]) => {
    const left = waiting.length - mostRules;
    const shown = waiting.slice(0, mostRules).join(", ");
    return `${left > 0 ? `${shown} and ${left} more rules` : shown}: ${reason}`;
  });
  const left = told.length - mostReasons;
  return left > 0 ? [...told.slice(0, mostReasons), `and for ${left} more reasons, which the JSON report holds`] : told;
}
