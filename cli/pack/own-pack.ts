import { type AnalyzerInfo, ConfigureAnalyzerRequest } from "@pulumi/pulumi/proto/analyzer_pb";
import type { Report } from "../../policypack/host";
import { analyzer, Session } from "../../policypack/host/protocol";
import { rules } from "../../policypack/rules";
import type { Resource, StackIdentity } from "../pulumi/stack";
import type { JsonObject } from "../pulumi/values";
import { type Finding, ofReport, remarkOf, type Severity } from "./finding";
import { analyzeRequest, analyzeStackRequest, stackConfiguration } from "./messages";
import type { Pack, PolicyConfigs } from "./pack";
import { repairedBy } from "./repair";

/** Of this package; what it says of itself nobody asks here. */
const identity = { name: "aws-identity-guardrails", version: "", description: "", readme: () => "" };

/** This package's policy pack, served in this process through the service that it serves to the engine. Its findings have a structure. */
export class OwnPack implements Pack {
  readonly #findings: Finding[] = [];
  readonly #session = new Session(identity, {
    rules,
    now: () => new Date(),
    ambientKeyId: process.env.AWS_ACCESS_KEY_ID,
    // Programs read this too, and people read it grouped.
    mostReports: Number.POSITIVE_INFINITY,
  });
  readonly #severities: ReadonlyMap<string, Severity> = new Map(rules.map(({ id, severity }) => [id, severity]));

  get findings(): readonly Finding[] {
    return this.#findings;
  }

  async configure(stack: StackIdentity, settings: (info: AnalyzerInfo) => PolicyConfigs): Promise<void> {
    this.#session.configureStack(stackConfiguration(stack));
    const request = new ConfigureAnalyzerRequest();
    const configs = request.getPolicyconfigMap();
    for (const [name, config] of settings(this.#session.info())) configs.set(name, config);
    this.#session.configure(received(analyzer.configure, request));
  }

  async review(resource: Resource): Promise<JsonObject> {
    const request = received(analyzer.remediate, analyzeRequest(resource));
    const steps = this.#session.remediate(request).remediations;
    const { inputs, remarks } = repairedBy(resource.inputs, steps);
    for (const { rule, remark } of remarks) {
      this.#findings.push(remarkOf(rule, this.#severities.get(rule) ?? "unspecified", resource.urn, remark));
    }
    // What nobody repaired need not be sent and read again.
    const judged = inputs === resource.inputs ? request : analyzed({ ...resource, inputs });
    this.#take(this.#session.analyze(judged).reports);
    return inputs;
  }

  async analyze(resource: Resource): Promise<void> {
    this.#take(this.#session.analyze(analyzed(resource)).reports);
  }

  async reviewStack(resources: readonly Resource[]): Promise<void> {
    const request = received(analyzer.analyzeStack, analyzeStackRequest(resources));
    this.#take(this.#session.analyzeStack(request).reports);
  }

  close(): void {}

  #take(reports: readonly Report[]): void {
    this.#findings.push(...reports.map(ofReport));
  }
}

const analyzed = (resource: Resource) => received(analyzer.analyze, analyzeRequest(resource));

/** A request as it arrives, by the very code that reads it where the pack is a process. */
function received<Request, Read>(
  { requestSerialize, requestDeserialize }: Method<Request, Read>,
  request: Request,
): Read {
  return requestDeserialize(requestSerialize(request));
}

interface Method<Request, Read> {
  readonly requestSerialize: (request: Request) => Buffer;
  readonly requestDeserialize: (bytes: Buffer) => Read;
}
