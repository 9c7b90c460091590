import { buildGraph } from "../model/graph";
import type { Resource } from "../model/resource";
import type { Graph } from "../model/subjects";
import type { AnyRule, Moment, Rule, RuleContext } from "../rules/rule";
import { type Answer, ask, whereOf } from "./ask";
import { type Configuration, configure, type PolicyEntries } from "./configure";
import { mistakesMessage } from "./message";
import type { AnyOptions } from "./options";
import { presentable, type Report } from "./report";
import { settingsPolicy } from "./settings-policy";
import { settle } from "./settle";
import { type AnySubject, concernsIdentity, momentsOf, subjectsFor } from "./subjects";
import { stackUrn, stackUrnOf } from "./urn";
import { waiverFor } from "./waivers";

/** What a run needs from outside, so that a test can give it. */
export interface Surroundings {
  /** Every rule that may be enabled. */
  readonly rules: readonly AnyRule[];
  /** Of those, the ones that this run asks; all of them when left out. */
  readonly asks?: readonly AnyRule[];
  readonly now: () => Date;
  /** `AWS_ACCESS_KEY_ID` of the environment that providers inherit. */
  readonly ambientKeyId?: string | undefined;
}

/** The stack and sort of run that the engine announces (`ConfigureStack`). */
export interface Occasion {
  readonly stack: string;
  readonly project: string;
  readonly isPreview: boolean;
}

export interface Analysis {
  readonly reports: readonly Report[];
  /** Rules that found nothing that they look at. */
  readonly notApplicable: readonly AnyRule[];
}

export interface Remedy {
  readonly rule: AnyRule;
  /** Properties to set; undefined where the rule failed. */
  readonly changes?: Readonly<Record<string, unknown>>;
  readonly failure?: string;
}

/** One run of the engine: what it is configured with, and what it has shown so far. Knows nothing of the protocol. */
export class Run {
  private configuration: Configuration;
  private occasion: Occasion | undefined;
  /** Inputs by URN, in the order shown. */
  private readonly shown = new Map<string, Resource>();
  /** Of those, the ones that say something about identity. */
  private readonly identity = new Map<string, Resource>();
  /** What was told already and is not told again at the end. */
  private readonly told = new Set<string>();

  constructor(private readonly surroundings: Surroundings) {
    this.configuration = configure(surroundings.rules, new Map(), surroundings.now());
  }

  configure(entries: PolicyEntries): void {
    this.configuration = configure(this.surroundings.rules, entries, this.surroundings.now());
  }

  /** A new run begins: nothing has been shown. */
  begin(occasion: Occasion): void {
    this.occasion = occasion;
    this.shown.clear();
    this.identity.clear();
    this.told.clear();
  }

  /** Judges one resource before it is made; in an update also the stack as far as it has been shown, this resource included. */
  analyze(resource: Resource): Analysis {
    this.shown.set(resource.urn, resource);
    const { answers, notApplicable } = this.ask("resource", [resource], stackUrnOf(resource.urn));
    const reports = [...settle(answers, this.configuration), ...this.stopped(resource)];
    for (const { rule, outcome } of answers) {
      if (outcome.kind === "finding") this.told.add(findingKey(rule, outcome.urn, outcome.what));
    }
    return { reports: presentable(reports, stackUrnOf(resource.urn)), notApplicable };
  }

  /** Judges the whole stack at the end. What an earlier resource was told for is not told again. */
  analyzeStack(resources: readonly Resource[]): Analysis {
    const at = this.stackUrn(resources);
    const { answers, notApplicable } = this.ask("stack", resources, at);
    const fresh = answers.filter(
      ({ rule, outcome }) =>
        !this.told.has(subjectKey(rule, outcome.urn)) &&
        !(outcome.kind === "finding" && this.told.has(findingKey(rule, outcome.urn, outcome.what))),
    );
    const reports = [...settle(fresh, this.configuration), ...this.mistakes(at)];
    return { reports: presentable(reports, at), notApplicable };
  }

  /** What to change on a resource by the rules whose level is `remediate`. */
  remediate(resource: Resource): readonly Remedy[] {
    const graph = (): Graph => buildGraph([resource]);
    const remedies: Remedy[] = [];
    for (const rule of this.asked) {
      if (rule.remediate === undefined || this.configuration.rules.get(rule.id)?.level !== "remediate") continue;
      if (waiverFor(this.configuration.waivers.inForce, rule.id, resource.urn) !== undefined) continue;
      try {
        const subjects = subjectsFor(rule.on, [resource], graph);
        const changes = remedyOf(rule, subjects, this.contextAt("resource", graph, rule));
        if (Object.keys(changes).length > 0) remedies.push({ rule, changes });
      } catch (error) {
        remedies.push({ rule, failure: whereOf(error) });
      }
    }
    return remedies;
  }

  /** Findings that block and that are to stop a resource before it exists (`blockBeforeCreation`). */
  private stopped(resource: Resource): readonly Report[] {
    const isUpdate = this.occasion !== undefined && !this.occasion.isPreview;
    if (!isUpdate || !concernsIdentity(resource)) return [];
    this.identity.set(resource.urn, resource);
    if (!this.configuration.settings.blockBeforeCreation) return [];
    const { answers } = this.ask("creating", [...this.identity.values()], stackUrnOf(resource.urn));
    const fresh = answers.filter(({ rule, outcome }) => !this.told.has(subjectKey(rule, outcome.urn)));
    const reports = settle(fresh, this.configuration, resource.urn);
    const stopping = reports.filter(({ decided, level }) => decided && level === "mandatory");
    for (const { policy, urn } of stopping) this.told.add(JSON.stringify([policy, urn]));
    return stopping;
  }

  private mistakes(urn: string): readonly Report[] {
    const { mistakes, reportsMistakes } = this.configuration;
    if (!reportsMistakes || mistakes.length === 0) return [];
    const { id, severity } = settingsPolicy;
    const message = mistakesMessage(id, mistakes);
    return [{ policy: id, severity, level: "advisory", urn, decided: true, message }];
  }

  private ask(
    moment: Moment,
    resources: readonly Resource[],
    fallbackUrn: string,
  ): { readonly answers: readonly Answer[]; readonly notApplicable: readonly AnyRule[] } {
    let built: Graph | undefined;
    const graph = (): Graph => {
      built ??= buildGraph(resources);
      return built;
    };
    const answers: Answer[] = [];
    const notApplicable: AnyRule[] = [];
    for (const rule of this.asked) {
      if (!this.isEnabled(rule.id) || !momentsOf(rule).includes(moment)) continue;
      let count = 0;
      const subjects = (): readonly AnySubject[] => {
        const found = subjectsFor(rule.on, resources, graph);
        count = found.length;
        return found;
      };
      const given = ask(rule, subjects, this.contextAt(moment, graph, rule), fallbackUrn);
      answers.push(...given);
      if (count === 0 && given.length === 0) notApplicable.push(rule);
    }
    return { answers, notApplicable };
  }

  private contextAt(moment: Moment, graph: () => Graph, rule: AnyRule): RuleContext<AnyOptions> {
    const { settings, rules } = this.configuration;
    return {
      options: rules.get(rule.id)?.options ?? {},
      settings,
      get graph() {
        return graph();
      },
      shown: this.shown,
      moment,
      ambientKeyId: this.surroundings.ambientKeyId,
      isEnabled: (id) => this.isEnabled(id),
    };
  }

  private get asked(): readonly AnyRule[] {
    return this.surroundings.asks ?? this.surroundings.rules;
  }

  private isEnabled(id: string): boolean {
    const level = this.configuration.rules.get(id)?.level;
    return level !== undefined && level !== "disabled";
  }

  private stackUrn(resources: readonly Resource[]): string {
    const [first] = resources;
    if (first !== undefined) return stackUrnOf(first.urn);
    return this.occasion === undefined ? "" : stackUrn(this.occasion.stack, this.occasion.project);
  }
}

function subjectKey(rule: AnyRule, urn: string): string {
  return JSON.stringify([rule.id, urn]);
}

function findingKey(rule: AnyRule, urn: string, what: string): string {
  return JSON.stringify([rule.id, urn, what]);
}

/** The changes for the subjects that the rule finds fault with. */
function remedyOf(
  rule: Rule,
  subjects: readonly AnySubject[],
  context: RuleContext<AnyOptions>,
): Readonly<Record<string, unknown>> {
  return Object.assign({}, ...subjects.map((subject) => rule.remediate?.(subject, context) ?? {}));
}
