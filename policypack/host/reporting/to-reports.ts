import type { Cause, Finding, Level, Undecided } from "../../rules";
import type { Configuration } from "../configuration/configure";
import { levelOf } from "../configuration/levels";
import { waiverFor } from "../configuration/waivers";
import type { Answer, Crash } from "../evaluation/run-rule";
import { doubtText } from "./doubt-text";
import { crashText, findingText, type WaiverNote } from "./finding-text";
import { fingerprintOf } from "./fingerprint";
import { grouped } from "./grouped";
import type { Report } from "./report";

interface Settled<O> {
  readonly answer: Answer & { readonly outcome: O };
  readonly level: Level;
  readonly waiver: WaiverNote;
}

/**
 * Makes reports of what the rules answered: levels under the configured ceiling, waivers, one report for one cause. Of doubts only
 * those of rules that enforce them are reported here; what becomes of the others is `undecidedReports`'.
 *
 * @param creating URN of the resource about to be made, at the phase `creating`
 */
export function settle(answers: readonly Answer[], configuration: Configuration, creating?: string): readonly Report[] {
  const decided: Settled<Finding | Crash>[] = [];
  const enforced: Settled<Undecided>[] = [];
  for (const { rule, outcome } of answers) {
    const configured = configuration.rules.get(rule.id);
    if (configured === undefined || configured.level === "disabled") continue;
    const waiver = waiverNote(configuration, rule.id, outcome.urn);
    const level = levelOf(configured.level, outcome.kind === "crash" ? undefined : outcome.ceiling);
    if (outcome.kind !== "undecided") decided.push({ answer: { rule, outcome }, level, waiver });
    else if (configured.onUnknown === "enforce") enforced.push({ answer: { rule, outcome }, level, waiver });
  }
  return [...byCause(decided).map((settled) => reportOf(settled, creating)), ...enforced.map(doubtReport)];
}

function waiverNote({ waivers }: Configuration, rule: string, urn: string): WaiverNote {
  const inForce = waiverFor(waivers.inForce, rule, urn);
  if (inForce !== undefined) return { inForce };
  const expired = waiverFor(waivers.expired, rule, urn);
  return expired === undefined ? {} : { expired };
}

/** A waiver lowers what is told, and only at the very end: what another rule left to this one stays unsaid. */
function toldLevel(level: Level, waiver: WaiverNote): Level {
  return waiver.inForce === undefined ? level : "advisory";
}

/** Findings of one rule at one level that one mend ends. What a waiver speaks of stands by itself. */
function byCause(findings: readonly Settled<Finding | Crash>[]): readonly (readonly Settled<Finding | Crash>[])[] {
  const groups = grouped(findings, (settled) => {
    const cause = causeOf(settled);
    return cause === undefined
      ? settled
      : JSON.stringify([settled.answer.rule.id, settled.level, cause.urn, cause.key]);
  });
  return [...groups.values()];
}

function causeOf({ answer: { outcome }, waiver }: Settled<Finding | Crash>): Cause | undefined {
  if (outcome.kind !== "finding" || waiver.inForce !== undefined || waiver.expired !== undefined) return undefined;
  return outcome.cause;
}

function reportOf(group: readonly Settled<Finding | Crash>[], creating: string | undefined): Report {
  const sorted = [...group].sort((one, other) => (one.answer.outcome.urn < other.answer.outcome.urn ? -1 : 1));
  const [first] = sorted;
  if (first === undefined) throw new Error("findings of one cause are never none");
  const { answer, level, waiver } = first;
  const { rule, outcome } = answer;
  const urns = [...new Set(sorted.map((settled) => settled.answer.outcome.urn))];
  const subjects = [...new Set(sorted.map((settled) => settled.answer.outcome.subject))];
  const isOfSeveral = subjects.length > 1;
  const told = {
    policy: rule.id,
    severity: rule.severity,
    level: toldLevel(level, waiver),
    urn: isOfSeveral ? (causeOf(first)?.urn ?? outcome.urn) : outcome.urn,
    about: urns,
    decided: true,
    subjects,
  };
  if (outcome.kind === "crash") {
    const fingerprint = fingerprintOf(rule.id, outcome.subject, "internal error");
    return { ...told, text: crashText(outcome, waiver), witnesses: [], statements: [], fingerprint };
  }
  const { witnesses = [], statements = [], cause, aspect } = outcome;
  return {
    ...told,
    text: findingText(outcome, waiver, creating, isOfSeveral ? subjects : []),
    witnesses,
    statements,
    fingerprint: fingerprintOf(rule.id, cause?.name ?? outcome.subject, aspect),
  };
}

function doubtReport({ answer: { rule, outcome }, level, waiver }: Settled<Undecided>): Report {
  return {
    policy: rule.id,
    severity: rule.severity,
    level: toldLevel(level, waiver),
    urn: outcome.urn,
    about: [outcome.urn],
    decided: false,
    text: doubtText(outcome, waiver),
    subjects: [outcome.subject],
    witnesses: [],
    statements: [],
    fingerprint: fingerprintOf(rule.id, outcome.subject, "undecided"),
  };
}
