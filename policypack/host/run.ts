import type { Resource } from "../model/resource";
import type { Graph } from "../model/subjects";
import type { AnyRule, Moment } from "../rules/rule";
import { type Configuration, configure, type PolicyEntries } from "./configure";
import { type Doubt, doubtKey, doubtsIn, undecidedReports } from "./doubts";
import { askedRules, type Inquiry, inquire, type Surroundings } from "./inquiry";
import { mistakesMessage } from "./message";
import { Novelty } from "./novelty";
import { type Remedy, remediesFor } from "./remedies";
import { Listing, presentable, type Report, readableLimit } from "./report";
import { settingsPolicy } from "./settings-policy";
import { settle } from "./settle";
import { concernsIdentity } from "./subjects";
import { stackUrn, stackUrnOf } from "./urn";
import { waiverFor } from "./waivers";

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
  /** What is not decided, for the end. */
  private readonly doubts = new Map<string, Doubt>();
  private listing = new Listing();
  private novelty = new Novelty();

  constructor(private readonly surroundings: Surroundings) {
    this.configuration = configure(surroundings.rules, new Map(), surroundings.now());
  }

  configure(entries: PolicyEntries): void {
    this.configuration = configure(this.surroundings.rules, entries, this.surroundings.now());
  }

  begin(occasion: Occasion): void {
    this.occasion = occasion;
    this.forget();
  }

  /** Judges one resource before it is made; in an update also the stack as far as it has been shown, this resource included. */
  analyze(resource: Resource): Analysis {
    this.shown.set(resource.urn, resource);
    const { answers, notApplicable } = inquire(this.inquiry("resource", [resource]), stackUrnOf(resource.urn));
    this.takeDown(doubtsIn(answers, this.configuration));
    const reports = [...settle(answers, this.configuration), ...this.stopped(resource)];
    for (const { rule, outcome } of answers) {
      if (outcome.kind === "finding") this.told.add(findingKey(rule, outcome.urn, outcome.what));
    }
    const listed = this.listing.admit(reports, this.isUpdate);
    return { reports: presentable(listed, stackUrnOf(resource.urn), listed.length), notApplicable };
  }

  /** Judges the whole stack at the end of a run. What was told at a resource is not told again. */
  analyzeStack(resources: readonly Resource[]): Analysis {
    const at = this.stackUrn(resources);
    const { answers, notApplicable } = inquire(this.inquiry("stack", resources.map(this.withInputs)), at);
    const fresh = answers.filter(
      ({ rule, outcome }) =>
        !this.told.has(subjectKey(rule, outcome.urn)) &&
        !(outcome.kind === "finding" && this.told.has(findingKey(rule, outcome.urn, outcome.what))),
    );
    this.takeDown(doubtsIn(fresh, this.configuration));
    const undecided = undecidedReports([...this.doubts.values()], this.configuration, at, !this.isUpdate);
    const listed = presentable(settle(fresh, this.configuration), at, readableLimit, this.listing.withheld);
    this.forget();
    // However much there is to read, these two stay: each says once what nothing else says.
    return { reports: [...listed, ...this.mistakes(at), ...undecided], notApplicable };
  }

  /**
   * At the end the engine shows outputs; what the program itself gave tells them from what the provider filled in. Under a
   * provider whose own configuration is not known yet it shows no outputs at all: then the inputs have to do.
   */
  private readonly withInputs = (resource: Resource): Resource => {
    const inputs = this.shown.get(resource.urn)?.properties;
    if (inputs === undefined) return resource;
    const showsNothing = Object.keys(resource.properties).length === 0;
    return { ...resource, inputs, ...(showsNothing ? { properties: inputs } : {}) };
  };

  /** What to change on a resource by the rules whose level is `remediate`; what is waived stays as it is. */
  remediate(resource: Resource): readonly Remedy[] {
    const { rules, waivers } = this.configuration;
    const offering = askedRules(this.surroundings).filter(
      ({ id }) => rules.get(id)?.level === "remediate" && waiverFor(waivers.inForce, id, resource.urn) === undefined,
    );
    return remediesFor(offering, resource, this.inquiry("resource", [resource]));
  }

  /** Findings that block and that are to stop a resource before it exists (`blockBeforeCreation`). */
  private stopped(resource: Resource): readonly Report[] {
    if (!this.isUpdate || !concernsIdentity(resource)) return [];
    this.identity.set(resource.urn, resource);
    if (!this.configuration.settings.blockBeforeCreation) return [];
    const inquiry = this.inquiry("creating", [...this.identity.values()]);
    const asksAbout = (graph: () => Graph) => this.novelty.within(graph);
    const { answers } = inquire({ ...inquiry, asksAbout }, stackUrnOf(resource.urn));
    const fresh = answers.filter(({ rule, outcome }) => !this.told.has(subjectKey(rule, outcome.urn)));
    const reports = settle(fresh, this.configuration, resource.urn);
    const stopping = reports.filter(({ decided, level }) => decided && level === "mandatory");
    for (const { policy, about } of stopping) {
      for (const urn of about) this.told.add(JSON.stringify([policy, urn]));
    }
    return stopping;
  }

  /** Not a preview, and not an analysis of a state, for which the engine announces no run. */
  private get isUpdate(): boolean {
    return this.occasion !== undefined && !this.occasion.isPreview;
  }

  /** What one run has shown says nothing about the next. */
  private forget(): void {
    this.shown.clear();
    this.identity.clear();
    this.told.clear();
    this.doubts.clear();
    this.listing = new Listing();
    this.novelty = new Novelty();
  }

  private mistakes(urn: string): readonly Report[] {
    const { mistakes, reportsMistakes } = this.configuration;
    if (!reportsMistakes || mistakes.length === 0) return [];
    const { id, severity } = settingsPolicy;
    const message = mistakesMessage(id, mistakes);
    return [{ policy: id, severity, level: "advisory", urn, about: [urn], decided: true, message }];
  }

  /** A rule that is asked twice about a subject doubts once. */
  private takeDown(doubts: readonly Doubt[]): void {
    const { onDoubts } = this.surroundings;
    if (onDoubts !== undefined) onDoubts(doubts);
    else for (const doubt of doubts) this.doubts.set(doubtKey(doubt), doubt);
  }

  private inquiry(moment: Moment, resources: readonly Resource[]): Inquiry {
    const { configuration, surroundings, shown } = this;
    return { moment, resources, shown, configuration, surroundings };
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
