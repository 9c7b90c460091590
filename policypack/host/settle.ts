import type { Finding, Level, Undecided } from "../rules/rule";
import type { Answer, Crash } from "./ask";
import type { Configuration, RuleConfiguration } from "./configure";
import { levelOf, severityRank } from "./levels";
import { crashMessage, findingMessage, undecidedMessage, type WaiverNote } from "./message";
import type { Report } from "./report";
import { waiverFor } from "./waivers";

interface Settled<O> {
  readonly answer: Answer & { readonly outcome: O };
  readonly level: Level;
  readonly waiver: WaiverNote;
}

/**
 * Makes reports of what the rules answered: levels under the configured ceiling, waivers, one report for one cause, and one
 * for each value that several rules wait for.
 *
 * @param creating URN of the resource about to be made, at the moment `creating`
 */
export function settle(answers: readonly Answer[], configuration: Configuration, creating?: string): readonly Report[] {
  const decided: Settled<Finding | Crash>[] = [];
  const undecided: Settled<Undecided>[] = [];
  for (const { rule, outcome } of answers) {
    const configured = configuration.rules.get(rule.id);
    if (configured === undefined || configured.level === "disabled") continue;
    const waiver = waiverNote(configuration, rule.id, outcome.urn);
    if (outcome.kind === "undecided") {
      const level = undecidedLevel(outcome, configured.level, configured.onUnknown);
      if (level !== undefined) undecided.push({ answer: { rule, outcome }, level, waiver });
    } else {
      const ceiling = outcome.kind === "finding" ? outcome.ceiling : undefined;
      decided.push({ answer: { rule, outcome }, level: levelOf(configured.level, ceiling), waiver });
    }
  }
  return [
    ...withoutRepeats(decided).map((settled) => reportOf(settled, creating)),
    ...groupsOf(undecided).map(undecidedReport),
  ];
}

function waiverNote({ waivers }: Configuration, rule: string, urn: string): WaiverNote {
  const inForce = waiverFor(waivers.inForce, rule, urn);
  if (inForce !== undefined) return { inForce };
  const expired = waiverFor(waivers.expired, rule, urn);
  return expired === undefined ? {} : { expired };
}

function undecidedLevel(
  { ceiling }: Undecided,
  configured: Exclude<RuleConfiguration["level"], "disabled">,
  onUnknown: RuleConfiguration["onUnknown"],
): Level | undefined {
  switch (onUnknown) {
    case "ignore":
      return undefined;
    case "advisory":
      return "advisory";
    case "enforce":
      return levelOf(configured, ceiling);
  }
}

/** A waiver lowers what is told, and only at the very end: what the finding makes superfluous stays so. */
function toldLevel(level: Level, waiver: WaiverNote): Level {
  return waiver.inForce === undefined ? level : "advisory";
}

/**
 * Leaves out what a stronger rule says already for the same subject and statements. A finding that only advises never
 * stands in for one that blocks.
 */
function withoutRepeats(findings: readonly Settled<Finding | Crash>[]): readonly Settled<Finding | Crash>[] {
  const said = new Map<string, Level>();
  const keysOf = (rule: string, { urn, statements = [] }: Finding): readonly string[] =>
    statements.map(({ origin, path }) => JSON.stringify([rule, urn, origin, path]));
  for (const { answer, level } of findings) {
    if (answer.outcome.kind !== "finding") continue;
    for (const key of keysOf(answer.rule.id, answer.outcome)) {
      if (said.get(key) !== "mandatory") said.set(key, level);
    }
  }
  return findings.filter(({ answer: { rule, outcome }, level }) => {
    if (outcome.kind !== "finding" || outcome.statements === undefined || outcome.statements.length === 0) return true;
    return !(rule.yieldsTo ?? []).some((stronger) =>
      keysOf(stronger, outcome).every((key) => {
        const saidAt = said.get(key);
        return saidAt !== undefined && (saidAt === "mandatory" || level === "advisory");
      }),
    );
  });
}

function reportOf({ answer, level, waiver }: Settled<Finding | Crash>, creating: string | undefined): Report {
  const { rule, outcome } = answer;
  return {
    policy: rule.id,
    severity: rule.severity,
    level: toldLevel(level, waiver),
    urn: outcome.urn,
    decided: true,
    message:
      outcome.kind === "finding"
        ? findingMessage(rule.id, outcome, waiver, creating)
        : crashMessage(rule.id, outcome, waiver),
  };
}

interface Waiting {
  readonly settled: Settled<Undecided>;
  readonly waiting?: Undecided["waiting"][number];
}

/** What is told at one level of one subject and one missing property belongs together; the most severe rule comes first. */
function groupsOf(undecided: readonly Settled<Undecided>[]): readonly (readonly Waiting[])[] {
  const groups = new Map<string, Waiting[]>();
  for (const settled of undecided) {
    const { urn, because, waiting } = settled.answer.outcome;
    const level = toldLevel(settled.level, settled.waiver);
    const missing: readonly Waiting[] =
      waiting.length === 0 ? [{ settled }] : waiting.map((value) => ({ settled, waiting: value }));
    for (const entry of missing) {
      const what = entry.waiting === undefined ? because : [entry.waiting.urn, entry.waiting.property];
      const key = JSON.stringify([urn, level, what]);
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [entry]);
      else group.push(entry);
    }
  }
  return [...groups.values()].map((group) =>
    [...group].sort((left, right) => severityOf(left.settled) - severityOf(right.settled)),
  );
}

function severityOf({ answer }: Settled<Undecided>): number {
  return severityRank(answer.rule.severity);
}

function undecidedReport(group: readonly Waiting[]): Report {
  const [first] = group;
  if (first === undefined) throw new Error("a group of undecided answers is never empty");
  const { answer, level, waiver } = first.settled;
  const outcomes = group.map(({ settled }) => settled.answer);
  const waiting = first.waiting;
  return {
    policy: answer.rule.id,
    severity: answer.rule.severity,
    level: toldLevel(level, waiver),
    urn: answer.outcome.urn,
    decided: false,
    message: undecidedMessage({
      subject: answer.outcome.subject,
      because: [...new Set(outcomes.map(({ outcome }) => outcome.because))],
      ...(waiting === undefined ? {} : { waiting }),
      rules: [...new Set(outcomes.map(({ rule }) => rule.id))],
      waiver,
    }),
  };
}
