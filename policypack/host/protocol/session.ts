import {
  type AnalyzerInfo,
  type AnalyzerStackConfigureRequest,
  type ConfigureAnalyzerRequest,
  Remediation,
} from "@pulumi/pulumi/proto/analyzer_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { AnyRule } from "../../rules";
import type { PolicyEntry } from "../configuration/configure";
import { Refusals } from "../engine/refusals";
import type { Environment } from "../evaluation/evaluate";
import type { Remedy } from "../evaluation/remedies";
import { phasesOf } from "../evaluation/subject-selection";
import { Secrets } from "../outgoing/secrets";
import { type Judgement, Run } from "../run";
import { analyzerInfo, type PackIdentity } from "./analyzer-info";
import { changedProperties, type RawProperties } from "./changed-properties";
import { type ProviderCache, resourceOf } from "./decode";
import { configuredLevel } from "./protocol";
import type { ResourceMessage } from "./requests";
import { readStruct } from "./wire";

/**
 * One run of a pack, asked by the protocol's messages and answering by reports: what the service sends to the engine, and what
 * `check` asks in its own process. Translates for a `Run` and decides nothing.
 */
export class Session {
  private readonly run: Run;
  /** The rules of which the engine counts what becomes of a remediation: those that are announced as policies of single resources. */
  private readonly remediating: readonly AnyRule[];

  /** @param secrets takes down what the run learns to be secret */
  constructor(
    private readonly pack: PackIdentity,
    private readonly environment: Environment,
    refusals = new Refusals(),
    private readonly secrets = new Secrets(),
  ) {
    this.run = new Run(environment, refusals, secrets);
    this.remediating = environment.rules.filter((rule) => phasesOf(rule).includes("resource"));
  }

  info(): AnalyzerInfo {
    return analyzerInfo(this.pack, this.environment.rules);
  }

  /** @throws Refused where it comes a second time, or too late */
  configureStack(request: AnalyzerStackConfigureRequest): void {
    const config = request.getConfigMap();
    for (const key of request.getConfigSecretKeysList()) this.secrets.take(config.get(key));
    this.run.begin({ stack: request.getStack(), project: request.getProject(), isPreview: request.getDryRun() });
  }

  /** @throws Refused where it comes a second time, or too late */
  configure(request: ConfigureAnalyzerRequest): void {
    this.run.configure(entriesOf(request));
  }

  remediate(request: ResourceMessage): Remedied {
    const remedies = this.run.remediate(resourceOf(request, this.secrets));
    return {
      remediations: remedies.length === 0 ? [] : remediationsOf(this.pack, request, remedies),
      others: this.remediating.filter((rule) => !remedies.some((remedy) => remedy.rule === rule)),
    };
  }

  analyze(request: ResourceMessage): Judgement {
    return this.run.analyze(resourceOf(request, this.secrets));
  }

  analyzeStack(request: readonly ResourceMessage[]): Judgement {
    const providers: ProviderCache = new Map();
    return this.run.analyzeStack(request.map((resource) => resourceOf(resource, this.secrets, providers)));
  }
}

function entriesOf(request: ConfigureAnalyzerRequest): ReadonlyMap<string, PolicyEntry> {
  const entries = new Map<string, PolicyEntry>();
  for (const [name, config] of request.getPolicyconfigMap().entries()) {
    const options = config.getProperties()?.toJavaScript() ?? {};
    entries.set(name, { level: configuredLevel(config.getEnforcementlevel()), options });
  }
  return entries;
}

/** What is to be changed on a resource. */
export interface Remedied {
  /** One after another, each with all properties as they are after it. */
  readonly remediations: readonly Remediation[];
  /** Rules that change nothing. */
  readonly others: readonly AnyRule[];
}

function remediationsOf(
  pack: PackIdentity,
  request: ResourceMessage,
  remedies: readonly Remedy[],
): readonly Remediation[] {
  let properties: RawProperties = request.properties === undefined ? {} : readStruct(request.properties).fields;
  return remedies.map(({ rule, changes, failure }) => {
    const message = new Remediation();
    message.setPolicyname(rule.id);
    message.setPolicypackname(pack.name);
    message.setPolicypackversion(pack.version);
    message.setDescription(rule.title);
    if (changes !== undefined) {
      properties = changedProperties(properties, changes);
      message.setProperties(Struct.fromJavaScript(properties));
    }
    if (failure !== undefined) message.setDiagnostic(`The remediation failed (${failure}); nothing was changed.`);
    return message;
  });
}
