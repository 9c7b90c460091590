import { isDeepStrictEqual } from "node:util";
import { notYet } from "../iam";
import {
  choicesIn,
  GrowingGraph,
  ReadResource,
  type Resource,
  resourceInWords,
  stackUrn,
  stackUrnOf,
  type Touched,
} from "../model";
import type { AnyRule, Level, Phase } from "../rules";
import { type Configuration, configure, type PolicyEntries } from "./configuration/configure";
import { levelOf } from "./configuration/levels";
import { settingsPolicy } from "./configuration/settings-policy";
import { waiverFor } from "./configuration/waivers";
import { Refusals } from "./engine/refusals";
import type { Doubt } from "./evaluation/doubt";
import { askedRules, type Environment, type Evaluation, evaluate } from "./evaluation/evaluate";
import { type Remedy, remediesFor } from "./evaluation/remedies";
import type { Answer, Answers } from "./evaluation/run-rule";
import { concernsIdentity } from "./evaluation/subject-selection";
import { Secrets } from "./outgoing/secrets";
import { doubtKey, doubtsIn, undecidedReports } from "./reporting/doubts";
import { mistakesText, refusedText, unreadText } from "./reporting/finding-text";
import { fingerprintOf } from "./reporting/fingerprint";
import { Listing, presentable, readableLimit } from "./reporting/listing";
import { keptQuiet } from "./reporting/quiet";
import type { Report, ReportText } from "./reporting/report";
import { settle } from "./reporting/to-reports";

/** The stack and sort of run that the engine announces (`ConfigureStack`). */
export interface RunInfo {
  readonly stack: string;
  readonly project: string;
  readonly isPreview: boolean;
}

export interface Judgement {
  readonly reports: readonly Report[];
  /** Rules that found nothing that they look at. */
  readonly notApplicable: readonly AnyRule[];
}

/** A call that comes when the engine never makes it: whoever makes it wants something else than the engine does. */
export class Refused extends Error {}

/**
 * The one run of the engine that a process serves: what it is configured with, and what it has shown so far. Knows nothing of
 * the protocol.
 *
 * INVARIANT: no call takes back what an earlier one was told, and what is said at the end follows from the configuration and
 * from the resources given there; so a call that is not the engine's can make it say more, but not less.
 */
export class Run {
  private configuration: Configuration;
  private isConfigured = false;
  private runInfo: RunInfo | undefined;
  private hasBegun = false;
  /** Inputs by URN, in the order shown. */
  private readonly shown = new Map<string, Resource>();
  /** Of those, the ones that were shown again and differently. */
  private readonly disputed = new Set<string>();
  /** Of those shown, the ones that say something about identity, by URN. */
  private readonly identity = new Map<string, ReadResource>();
  /** What they come to. */
  private readonly graph = new GrowingGraph();
  /** Whether templates among them leave open what they come to: then there is a graph for each possibility, made anew each time. */
  private isOpen = false;
  /** Findings at single resources, which are not told again at the end. */
  private readonly told = new Set<string>();
  /** What is not decided, for the end. */
  private readonly doubts = new Map<string, Doubt>();
  /** Subjects that a resource was stopped for. At the end they are told of again: the engine ends an update at once. */
  private readonly stoppedFor = new Set<string>();
  /** Resources that were told to be nested too deeply. */
  private readonly toldUnread = new Set<string>();
  private readonly listing: Listing;

  constructor(
    private readonly environment: Environment,
    private readonly refusals = new Refusals(),
    private readonly secrets = new Secrets(),
  ) {
    this.configuration = configure(environment.rules, new Map(), environment.now());
    this.listing = new Listing(this.mostReports);
  }

  /** @throws Refused where there is a configuration already, or a resource has been judged without one */
  configure(entries: PolicyEntries): void {
    this.requireFirst("Configure", this.isConfigured);
    this.configuration = configure(this.environment.rules, entries, this.environment.now());
    this.isConfigured = true;
  }

  /** @throws Refused where a run was announced already, or has begun unannounced */
  begin(runInfo: RunInfo): void {
    this.requireFirst("ConfigureStack", this.runInfo !== undefined);
    this.runInfo = runInfo;
  }

  private requireFirst(call: string, isSecond: boolean): void {
    if (!isSecond && !this.hasBegun) return;
    const what = isSecond ? `${call} came a second time` : `${call} came after the first resource`;
    this.refusals.add(what);
    throw new Refused(
      `${what}, which the engine never does: the policy pack takes its configuration once, before the first resource. ` +
        "Where the same folder is given as --policy-pack twice, give it once.",
    );
  }

  /** Judges one resource before it is made; in an update also the stack as far as it has been shown, this resource included. */
  analyze(resource: Resource): Judgement {
    this.hasBegun = true;
    this.remember(resource);
    const at = stackUrnOf(resource.urn);
    const read = new ReadResource(resource);
    const { answers, notApplicable } = this.evaluate(this.evaluation("resource", [read]), at);
    this.takeDown(doubtsIn(answers, this.configuration));
    const reports = [
      ...settle(answers, this.configuration),
      ...this.unread([resource]),
      ...this.stopped(read),
      // A preview tells it once, at its end; an update ends here.
      ...(this.isUpdate ? this.refused(this.refusals.fresh(), at) : []),
    ];
    for (const { rule, outcome } of answers) {
      if (outcome.kind === "finding") this.told.add(findingKey(rule, outcome.urn, outcome.what));
    }
    const listed = this.listing.admit(reports, this.isUpdate);
    return { reports: presentable(listed, at, listed.length), notApplicable };
  }

  /** Judges the whole stack at the end of a run. What was told at a resource is not told again. */
  analyzeStack(resources: readonly Resource[]): Judgement {
    this.hasBegun = true;
    const at = this.stackUrn(resources);
    const { answers, notApplicable } = this.evaluate(
      this.evaluation(
        "stack",
        resources.map((each) => this.atTheEnd(each)),
      ),
      at,
    );
    const fresh = answers.filter(({ rule, outcome }) => !this.isTold(rule, outcome));
    this.takeDown(doubtsIn(fresh, this.configuration));
    const undecided = undecidedReports([...this.doubts.values()], this.configuration, at, !this.isUpdate);
    const listed = presentable(settle(fresh, this.configuration), at, this.mostReports, this.listing.withheld);
    // However much there is to read, these stay: each says once what nothing else says.
    return {
      reports: [
        ...this.refused(this.refusals.all(), at),
        ...this.unread(resources),
        ...listed,
        ...this.mistakes(at),
        ...undecided,
      ],
      notApplicable,
    };
  }

  /** The engine shows a resource once, or again as it was. */
  private remember(resource: Resource): void {
    const { urn } = resource;
    const before = this.shown.get(urn);
    this.shown.set(urn, resource);
    if (before === undefined || isDeepStrictEqual(before.properties, resource.properties)) return;
    this.disputed.add(urn);
    this.refusals.add("Analyze showed a resource again, with other inputs than before");
  }

  /** What was told of inputs that are disputed may have been told to somebody else. */
  private isTold(rule: AnyRule, outcome: Answer["outcome"]): boolean {
    if (outcome.kind !== "finding" || this.disputed.has(outcome.urn)) return false;
    return this.told.has(findingKey(rule, outcome.urn, outcome.what));
  }

  private atTheEnd(resource: Resource): ReadResource {
    const read = new ReadResource(resource);
    // Of what says nothing about identity only the inputs are looked at, where they were shown.
    return read.declaresNothing ? read : new ReadResource(this.withInputs(resource));
  }

  /**
   * At the end the engine shows outputs; what the program itself gave tells them from what the provider filled in. Under a
   * provider whose own configuration is not known yet it shows no outputs at all: then the inputs have to do. So they do for a single
   * property that is not known at the end: a document with one hole in it, given as an object, becomes a text of which nothing is known.
   */
  private withInputs(resource: Resource): Resource {
    const inputs = this.shown.get(resource.urn)?.properties;
    if (inputs === undefined) return resource;
    if (Object.keys(resource.properties).length === 0) return { ...resource, inputs, properties: inputs };
    const properties = Object.entries(resource.properties).map(([name, value]) => [
      name,
      value === notYet && Object.hasOwn(inputs, name) ? inputs[name] : value,
    ]);
    return { ...resource, inputs, properties: Object.fromEntries(properties) };
  }

  /** What to change on a resource by the rules whose level is `remediate`; what is waived stays as it is. */
  remediate(resource: Resource): readonly Remedy[] {
    const { rules, waivers } = this.configuration;
    const offering = askedRules(this.environment).filter(
      ({ id }) => rules.get(id)?.level === "remediate" && waiverFor(waivers.inForce, id, resource.urn) === undefined,
    );
    // A change is made to the whole of a resource, of which nobody has the whole where something was not read.
    if (offering.length === 0 || (resource.unread ?? []).length > 0) return [];
    const read = new ReadResource(resource);
    return remediesFor(offering, read, this.evaluation("resource", [read]));
  }

  /** Findings that block and that are to stop a resource before it exists (`blockBeforeCreation`). */
  private stopped(read: ReadResource): readonly Report[] {
    const { resource } = read;
    if (!this.isUpdate || !this.configuration.settings.blockBeforeCreation || !concernsIdentity(read)) return [];
    const before = this.identity.get(resource.urn);
    if (before !== undefined) this.graph.withdraw(before);
    this.identity.set(resource.urn, read);
    this.graph.show(read);
    if (choicesIn(read).length > 0) this.isOpen = true;
    const evaluation = this.isOpen ? this.evaluation("creating", [...this.identity.values()]) : this.grown();
    const { answers } = this.evaluate(evaluation, stackUrnOf(resource.urn));
    const fresh = answers.filter(({ rule, outcome }) => !this.stoppedFor.has(subjectKey(rule.id, outcome.urn)));
    const reports = settle(fresh, this.configuration, resource.urn);
    const stopping = reports.filter(({ decided, level }) => decided && level === "mandatory");
    for (const { policy, about } of stopping) {
      for (const urn of about) this.stoppedFor.add(subjectKey(policy, urn));
    }
    return stopping;
  }

  private get mostReports(): number {
    return this.environment.mostReports ?? readableLimit;
  }

  /** Asks only about whom a resource touches. */
  private grown(): Evaluation {
    let touched: Touched | undefined;
    return {
      ...this.evaluation("creating", []),
      graph: () => this.graph.graph,
      touched: () => {
        touched ??= this.graph.takeTouched();
        return touched;
      },
    };
  }

  /** Not a preview, and not an analysis of a state, for which the engine announces no run. */
  private get isUpdate(): boolean {
    return this.runInfo !== undefined && !this.runInfo.isPreview;
  }

  private refused(calls: readonly string[], urn: string): readonly Report[] {
    const level = this.configuration.settingsLevel;
    if (level === "disabled" || calls.length === 0) return [];
    return [settingsReport(urn, levelOf(level, undefined), refusedText(calls), ["stack", "refused calls"])];
  }

  /** Each resource is told of once. */
  private unread(resources: readonly Resource[]): readonly Report[] {
    const level = this.configuration.settingsLevel;
    if (level === "disabled") return [];
    return resources.flatMap(({ urn, unread = [] }) => {
      if (unread.length === 0 || this.toldUnread.has(urn)) return [];
      this.toldUnread.add(urn);
      return [
        settingsReport(urn, levelOf(level, undefined), unreadText(urn, unread), [
          resourceInWords(urn),
          "nested too deeply",
        ]),
      ];
    });
  }

  private mistakes(urn: string): readonly Report[] {
    const { mistakes, settingsLevel } = this.configuration;
    if (settingsLevel === "disabled" || mistakes.length === 0) return [];
    const report = settingsReport(urn, "advisory", mistakesText(mistakes), ["stack", "configuration"]);
    return [{ ...report, severity: settingsPolicy.severity }];
  }

  /** A rule that is asked twice about a subject doubts once. */
  private takeDown(doubts: readonly Doubt[]): void {
    const { onDoubts } = this.environment;
    if (onDoubts !== undefined) onDoubts(doubts);
    else for (const doubt of doubts) this.doubts.set(doubtKey(doubt), doubt);
  }

  private evaluate(evaluation: Evaluation, fallbackUrn: string): Answers {
    const { answers, notApplicable } = evaluate(evaluation, fallbackUrn);
    return { answers: answers.map((answer) => keptQuiet(answer, this.secrets)), notApplicable };
  }

  private evaluation(phase: Phase, resources: readonly ReadResource[]): Evaluation {
    const { configuration, environment, shown } = this;
    return { phase, resources, shown, configuration, environment };
  }

  private stackUrn(resources: readonly Resource[]): string {
    const [first] = resources;
    if (first !== undefined) return stackUrnOf(first.urn);
    return this.runInfo === undefined ? "" : stackUrn(this.runInfo.stack, this.runInfo.project);
  }
}

/**
 * What the pack says of its own work.
 *
 * @param same subject and aspect, by which it is known again
 */
function settingsReport(urn: string, level: Level, text: ReportText, same: readonly [string, string]): Report {
  return {
    policy: settingsPolicy.id,
    severity: "critical",
    level,
    urn,
    about: [urn],
    decided: true,
    text,
    subjects: [],
    witnesses: [],
    statements: [],
    fingerprint: fingerprintOf(settingsPolicy.id, ...same),
  };
}

function subjectKey(rule: string, urn: string): string {
  return JSON.stringify([rule, urn]);
}

function findingKey(rule: AnyRule, urn: string, what: string): string {
  return JSON.stringify([rule.id, urn, what]);
}
