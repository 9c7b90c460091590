import type { Qualifier } from "../answer/grant";
import type { Mentioned } from "../language/mentions";
import type { Domain } from "../solver/domain";

/** One call of an attack: what is called, on what, and which condition keys it needs to have a particular value. */
export interface Step {
  readonly action: number;
  readonly resource: Domain;
  /** Steps with the same name here have the same resource. */
  readonly sharedResource?: string;
  readonly pins?: ReadonlyMap<string, Domain>;
  /** Pinned condition keys that have the ARN of a shared resource, such as iam:PolicyARN where an earlier step makes the policy. */
  readonly sharedKeys?: ReadonlyMap<string, string>;
  /** Keys of the request that become keys of the principal in all other steps, by the latter's names. */
  readonly setsTags?: ReadonlyMap<string, string>;
  /** Who calls, where that is not who calls the other steps. */
  readonly before?: Scenario;
}

/** A resource that is in the domains of all steps that share it. */
export function sharedDomain(steps: readonly Step[], name: string): Domain {
  const domains = steps.flatMap(({ resource, sharedResource, sharedKeys, pins }) => [
    ...(sharedResource === name ? [resource] : []),
    ...[...(sharedKeys ?? [])].flatMap(([key, shared]) => (shared === name ? (pins?.get(key) ?? []) : [])),
  ]);
  const fixed = domains.find(({ values }) => values !== "any");
  const always = domains.flatMap((domain) => domain.always ?? []);
  return fixed ?? { absent: false, values: "any", multivalued: false, always };
}

/** What a domain that leaves no choice holds. */
export function onlyValue(domain: Domain): "absent" | { readonly values: readonly string[] } | "open" {
  if (domain.values === "any") return "open";
  const [only, ...others] = domain.values;
  if (only === undefined) return "absent";
  return domain.absent || others.length > 0 ? "open" : { values: only };
}

/** Who makes the request and with which credentials: settles most condition keys before any search. */
export interface Scenario {
  /** For people. */
  readonly label: string;
  readonly mfa: boolean;
  /** Whether the requests are made with a user's access key. */
  readonly withKey?: boolean;
  readonly account: string;
  readonly partition: string;
  /** Values of the keys that the scenario settles; `undefined` for those that it rules out. */
  readonly settled: ReadonlyMap<string, Domain>;
  /** Principal tags where they are known; then no others exist. */
  readonly tags: Readonly<Record<string, string>> | undefined;
  /** Milliseconds since 1970: requests are made from then on, or at any moment where it is undefined. */
  readonly now: number | undefined;
  /** What the policies that are asked about speak of. */
  readonly mentioned?: Mentioned;
  /** Set where a service makes the calls for the one who is described. */
  readonly forwarding?: Forwarding;
  /** The call by which whoever is described has given itself tags; it belongs to every attack. */
  readonly tagging?: Step;
}

/** The sorts of circumstances that may be unusual. */
export type Freed = ReadonlySet<Qualifier>;

/** How a scenario's calls come to be made by a service. */
export interface Forwarding {
  /** Whether the service makes calls of the action. */
  readonly includes: (action: number) => boolean;
  /** The same calls with and without what the caller's session says of MFA: which of them AWS makes, it does not say. */
  readonly variants: readonly Scenario[];
  readonly caller: Scenario;
  /** What the caller has to be allowed to start the service: all the calls of one of the lists. */
  readonly startedBy: readonly (readonly Step[])[];
  /** Whether that has been found possible, by what was set free. */
  readonly started: Map<Freed, boolean>;
}
