import {
  type AnalyzeRequest,
  type AnalyzerInfo,
  type AnalyzerStackConfigureRequest,
  type AnalyzeStackRequest,
  type ConfigureAnalyzerRequest,
  PolicyNotApplicable,
  RemediateResponse,
  Remediation,
} from "@pulumi/pulumi/proto/analyzer_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { PolicyEntry } from "../configuration/configure";
import { Refusals } from "../engine/refusals";
import type { Environment } from "../evaluation/evaluate";
import type { Remedy } from "../evaluation/remedies";
import { Secrets } from "../outgoing/secrets";
import { type Judgement, Run } from "../run";
import { analyzerInfo, type PackIdentity } from "./analyzer-info";
import { changedProperties, type RawProperties } from "./changed-properties";
import { type ProviderCache, resourceInStack, resourceToCreate } from "./decode";
import { hasDeepValues } from "./deep-messages";
import { configuredLevel } from "./protocol";

/**
 * One run of a pack, asked by the protocol's messages and answering by reports: what the service sends to the engine, and what
 * `check` asks in its own process. Translates for a `Run` and decides nothing.
 */
export class Session {
  private readonly run: Run;

  /** @param secrets takes down what the run learns to be secret */
  constructor(
    private readonly pack: PackIdentity,
    private readonly environment: Environment,
    refusals = new Refusals(),
    private readonly secrets = new Secrets(),
  ) {
    this.run = new Run(environment, refusals, secrets);
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

  remediate(request: AnalyzeRequest): RemediateResponse {
    const remedies = this.run.remediate(resourceToCreate(request, this.secrets, hasDeepValues(request)));
    const response = remediateResponse(this.pack, request, remedies);
    // Or the engine would record that every other rule's remediation passed here.
    const others = this.environment.rules.filter((rule) => !remedies.some((remedy) => remedy.rule === rule));
    response.setNotApplicableList(others.map(({ id }) => notApplicableMessage(id, "There is nothing to remediate.")));
    return response;
  }

  analyze(request: AnalyzeRequest): Judgement {
    return this.run.analyze(resourceToCreate(request, this.secrets, hasDeepValues(request)));
  }

  analyzeStack(request: AnalyzeStackRequest): Judgement {
    const providers: ProviderCache = new Map();
    const isDeep = hasDeepValues(request);
    const resources = request
      .getResourcesList()
      .map((resource) => resourceInStack(resource, providers, this.secrets, isDeep));
    return this.run.analyzeStack(resources);
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

export function notApplicableMessage(rule: string, reason: string): PolicyNotApplicable {
  const message = new PolicyNotApplicable();
  message.setPolicyName(rule);
  message.setReason(reason);
  return message;
}

function remediateResponse(
  pack: PackIdentity,
  request: AnalyzeRequest,
  remedies: readonly Remedy[],
): RemediateResponse {
  const response = new RemediateResponse();
  let properties: RawProperties = request.getProperties()?.toJavaScript() ?? {};
  for (const { rule, changes, failure } of remedies) {
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
    response.addRemediations(message);
  }
  return response;
}
