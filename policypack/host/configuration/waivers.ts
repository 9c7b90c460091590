import { identityTypes, partsOf } from "../../model";
import { matchesGlob } from "../../rules";
import type { Mistake } from "./mistake";
import { suggestion } from "./nearest";

/** An accepted finding, well formed; whether it holds depends on the day. */
export interface Waiver {
  readonly rule: string;
  /** Glob over the URN or the logical name. */
  readonly resource: string;
  readonly reason: string;
  /** `YYYY-MM-DD`, valid through the end of that day in UTC. */
  readonly expires: string;
  readonly project?: string;
  readonly stack?: string;
}

export interface Waivers {
  readonly inForce: readonly Waiver[];
  readonly expired: readonly Waiver[];
  readonly mistakes: readonly Mistake[];
}

export const noWaivers: Waivers = { inForce: [], expired: [], mistakes: [] };

const fields = ["rule", "resource", "reason", "expires", "project", "stack"] as const;
const minimumReason = 10;

/** Names of resources, stacks and projects that nobody has, one for each letter or digit that a name may begin and end with. */
const madeUpNames: readonly string[] = [..."abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"].map(
  (letter) => `${letter}-q_z.x-j_k.v-b_p.y-g_f.w-m_u.c-l_d.r-h_s.n-i_o.a-t_e-${letter}`,
);

/** Types that waivers are about, and others. */
const someTypes: readonly string[] = [...identityTypes, "aws:lambda/function:Function", "kubernetes:core/v1:Secret"];

export interface WaiverRules {
  readonly ruleIds: readonly string[];
  readonly maxWaiverDays: number;
  readonly now: Date;
}

/** Reads the option `waivers`: what holds today, what has expired, and what is wrong with the rest, which does not hold. */
export function readWaivers(value: unknown, rules: WaiverRules): Waivers {
  if (value === undefined) return noWaivers;
  if (!Array.isArray(value)) {
    const mistake = { place: "settings.waivers", message: "is not a list.", fix: "Write a list of waivers." };
    return { ...noWaivers, mistakes: [mistake] };
  }
  const today = dayOf(rules.now);
  const inForce: Waiver[] = [];
  const expired: Waiver[] = [];
  const mistakes: Mistake[] = [];
  for (const [index, entry] of value.entries()) {
    const place = `settings.waivers[${index}]`;
    const faults = faultsOf(entry, rules);
    if (faults.length > 0) {
      for (const fault of faults) {
        mistakes.push({ place, message: `${fault.message} The waiver does not hold.`, fix: fault.fix });
      }
      continue;
    }
    const waiver = entry as Waiver;
    if (waiver.expires >= today) {
      inForce.push(waiver);
      continue;
    }
    expired.push(waiver);
    mistakes.push({
      place,
      message: `The waiver of ${waiver.rule} for ${waiver.resource} expired on ${waiver.expires} and does not hold.`,
      fix: "Remove it, or renew it with a new date.",
      harmless: true,
    });
  }
  return { inForce, expired, mistakes };
}

function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10);
}

interface Fault {
  readonly message: string;
  readonly fix: string;
}

function faultsOf(entry: unknown, rules: WaiverRules): readonly Fault[] {
  if (typeof entry !== "object" || entry === null || Array.isArray(entry)) {
    return [{ message: "is not an object.", fix: "Write an object with rule, resource, reason and expires." }];
  }
  const given: Readonly<Record<string, unknown>> = { ...entry };
  const faults: Fault[] = Object.keys(given)
    .filter((key) => !fields.some((field) => field === key))
    .map((key) => ({
      message: `has the unknown field "${key}".${suggestion(key, fields)}`,
      fix: `Use ${fields.join(", ")} only.`,
    }));
  for (const field of fields) {
    const value = given[field];
    const isNeeded = field !== "project" && field !== "stack";
    if (value === undefined && !isNeeded) continue;
    if (typeof value !== "string" || value.trim() === "") {
      faults.push({ message: `has no ${field}.`, fix: `Add ${field} as a text.` });
    }
  }
  return faults.length > 0 ? faults : [...contentFaults(given, rules)];
}

function* contentFaults(given: Readonly<Record<string, unknown>>, rules: WaiverRules): Iterable<Fault> {
  const { rule, resource, reason, expires } = given as unknown as Waiver;
  if (!rules.ruleIds.includes(rule)) {
    yield {
      message: `names the unknown rule "${rule}".${suggestion(rule, rules.ruleIds)}`,
      fix: "Name one rule of RULES.md by its id.",
    };
  }
  if (fitsAnything(resource)) {
    yield {
      message: `has the resource "${resource}", which singles nothing out.`,
      fix: 'Name what is meant by its stack, its project or a part of its name, such as "legacy-*": a type alone is every resource of it.',
    };
  }
  if (reason.trim().length < minimumReason) {
    yield { message: "has too short a reason.", fix: `Say in ${minimumReason} characters or more why it is accepted.` };
  }
  yield* expiryFaults(expires, rules);
}

function* expiryFaults(expires: string, { now, maxWaiverDays }: WaiverRules): Iterable<Fault> {
  if (!isDay(expires)) {
    yield { message: `expires on "${expires}", which is no date.`, fix: "Write expires as YYYY-MM-DD." };
    return;
  }
  const last = new Date(now);
  last.setUTCDate(last.getUTCDate() + maxWaiverDays);
  if (expires > dayOf(last)) {
    yield {
      message: `expires on ${expires}, more than ${maxWaiverDays} days ahead.`,
      fix: `Choose ${dayOf(last)} or earlier, or raise settings.maxWaiverDays.`,
    };
  }
}

function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && dayOf(date) === text;
}

/** Whether a glob fits a made-up name, or the URN of a made-up name in a made-up stack of a made-up project: then it fits whatever may come. */
function fitsAnything(glob: string): boolean {
  if (madeUpNames.some((name) => matchesGlob(name, glob))) return true;
  return someTypes.some((type) =>
    madeUpNames.some((name) => matchesGlob(`urn:pulumi:${name}::${name}::${type}::${name}`, glob)),
  );
}

/** The waiver among these that covers a rule's finding at a resource, if one does. */
export function waiverFor(waivers: readonly Waiver[], rule: string, urn: string): Waiver | undefined {
  const { stack, project, name } = partsOf(urn);
  return waivers.find(
    (waiver) =>
      waiver.rule === rule &&
      (matchesGlob(urn, waiver.resource) || matchesGlob(name, waiver.resource)) &&
      (waiver.project === undefined || matchesGlob(project, waiver.project)) &&
      (waiver.stack === undefined || matchesGlob(stack, waiver.stack)),
  );
}
