import type { handleUnaryCall, ServerUnaryCall } from "@grpc/grpc-js";
import {
  type AnalyzeDiagnostic,
  type AnalyzeRequest,
  AnalyzeResponse,
  type AnalyzerInfo,
  AnalyzerStackConfigureRequest,
  type AnalyzeStackRequest,
  ConfigureAnalyzerRequest,
  EnforcementLevel,
  PolicyConfig,
  PolicySeverity,
  RemediateResponse,
} from "@pulumi/pulumi/proto/analyzer_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { Environment } from "../../policypack/host/evaluation/evaluate";
import {
  type ResourceMessage,
  readAnalyzeRequest,
  readAnalyzeStackRequest,
} from "../../policypack/host/protocol/requests";
import { analyzerService } from "../../policypack/host/protocol/service";
import type { AnyRule } from "../../policypack/rules/authoring/rule";
import { analyzeRequest, type Fields, type Registered, stackRequest } from "./requests";

export type LevelName = "advisory" | "mandatory" | "remediate" | "disabled";

/** A policy pack configuration file, parsed. */
export type Config = Readonly<Record<string, LevelName | Readonly<Record<string, unknown>>>>;

/** A finding as the engine receives it. */
export interface Told {
  readonly policy: string;
  readonly level: string;
  readonly severity: string;
  readonly urn: string;
  readonly message: string;
}

const levelNames: Readonly<Record<EnforcementLevel, LevelName>> = {
  [EnforcementLevel.ADVISORY]: "advisory",
  [EnforcementLevel.MANDATORY]: "mandatory",
  [EnforcementLevel.REMEDIATE]: "remediate",
  [EnforcementLevel.DISABLED]: "disabled",
};

const severityNames: Readonly<Record<PolicySeverity, string>> = {
  [PolicySeverity.POLICY_SEVERITY_UNSPECIFIED]: "unspecified",
  [PolicySeverity.POLICY_SEVERITY_LOW]: "low",
  [PolicySeverity.POLICY_SEVERITY_MEDIUM]: "medium",
  [PolicySeverity.POLICY_SEVERITY_HIGH]: "high",
  [PolicySeverity.POLICY_SEVERITY_CRITICAL]: "critical",
};

export function toldBy(response: AnalyzeResponse): Told[] {
  return response.getDiagnosticsList().map((diagnostic: AnalyzeDiagnostic) => ({
    policy: diagnostic.getPolicyname(),
    level: levelNames[diagnostic.getEnforcementlevel()],
    severity: severityNames[diagnostic.getSeverity()],
    urn: diagnostic.getUrn(),
    message: diagnostic.getMessage(),
  }));
}

/** A request as the service receives it: written to bytes and read, as on the wire. */
export function received(request: AnalyzeRequest): ResourceMessage {
  return readAnalyzeRequest(Buffer.from(request.serializeBinary()));
}

export function receivedStack(request: AnalyzeStackRequest): readonly ResourceMessage[] {
  return readAnalyzeStackRequest(Buffer.from(request.serializeBinary()));
}

/** What a response of the service tells whoever receives it. */
export function toldIn(response: Buffer): Told[] {
  return toldBy(AnalyzeResponse.deserializeBinary(response));
}

/** Calls a handler of the service as gRPC does. */
export function call<Request, Response>(
  handler: handleUnaryCall<Request, Response>,
  request: Request,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    handler({ request } as ServerUnaryCall<Request, Response>, (error, response) => {
      if (error) reject(error);
      else resolve(response as Response);
    });
  });
}

/** The configuration that the engine sends: schema defaults and own levels, then `all`, then what the file says (`ReconcilePolicyPackConfig`). */
export function reconciled(info: AnalyzerInfo, config: Config): ConfigureAnalyzerRequest {
  const result = new Map<string, { level: LevelName; properties: Fields }>();
  const allLevel = levelIn(config.all);
  for (const policy of info.getPoliciesList()) {
    const schemas = Object.entries(policy.getConfigschema()?.getProperties()?.toJavaScript() ?? {});
    const defaults = schemas.flatMap(([name, schema]) => {
      const { default: value } = schema as { default?: Fields[string] };
      return value === undefined ? [] : [[name, value] as const];
    });
    const level = allLevel ?? levelNames[policy.getEnforcementlevel()];
    result.set(policy.getName(), { level, properties: Object.fromEntries(defaults) });
  }
  for (const [name, value] of Object.entries(config)) {
    const given = typeof value === "string" ? {} : value;
    const { enforcementLevel: _, ...properties } = given;
    const before = result.get(name);
    const level = levelIn(value) ?? before?.level;
    if (level === undefined) throw new Error('invalid enforcement level ""');
    result.set(name, { level, properties: { ...before?.properties, ...(properties as Fields) } });
  }

  const request = new ConfigureAnalyzerRequest();
  for (const [name, { level, properties }] of result) {
    const message = new PolicyConfig();
    message.setEnforcementlevel(levelCode(level));
    message.setProperties(Struct.fromJavaScript(properties));
    request.getPolicyconfigMap().set(name, message);
  }
  return ConfigureAnalyzerRequest.deserializeBinary(request.serializeBinary());
}

function levelIn(value: Config[string] | undefined): LevelName | undefined {
  return (typeof value === "string" ? value : value?.enforcementLevel) as LevelName | undefined;
}

function levelCode(level: LevelName): EnforcementLevel {
  switch (level) {
    case "advisory":
      return EnforcementLevel.ADVISORY;
    case "mandatory":
      return EnforcementLevel.MANDATORY;
    case "remediate":
      return EnforcementLevel.REMEDIATE;
    case "disabled":
      return EnforcementLevel.DISABLED;
  }
}

export interface Given {
  readonly rules: readonly AnyRule[];
  readonly config?: Config;
  readonly now?: Date;
  readonly ambientKeyId?: string;
}

export const today = new Date("2026-06-15T12:00:00Z");

/** The shipped service, in this process, driven in the engine's order. */
export class Engine {
  readonly service: ReturnType<typeof analyzerService>;

  constructor(private readonly given: Given) {
    const { rules, now = today, ambientKeyId } = given;
    const environment: Environment = { rules, now: () => now, ambientKeyId };
    const readme = () => "# About the pack";
    this.service = analyzerService({ name: "pack", version: "1.2.3", description: "A pack.", readme }, environment);
  }

  info(): Promise<AnalyzerInfo> {
    return call(this.service.getAnalyzerInfo, new Empty());
  }

  async start(isPreview: boolean): Promise<void> {
    const request = new AnalyzerStackConfigureRequest();
    request.setStack("dev");
    request.setProject("shop");
    request.setDryRun(isPreview);
    await call(this.service.configureStack, request);
    await call(this.service.configure, reconciled(await this.info(), this.given.config ?? {}));
  }

  async analyze(resource: Registered): Promise<Told[]> {
    return toldIn(await call(this.service.analyze, received(analyzeRequest(resource))));
  }

  async analyzeStack(resources: readonly Registered[]): Promise<Told[]> {
    return toldIn(await call(this.service.analyzeStack, receivedStack(stackRequest(resources))));
  }

  async remediate(resource: Registered): Promise<RemediateResponse> {
    return RemediateResponse.deserializeBinary(await call(this.service.remediate, received(analyzeRequest(resource))));
  }

  /** Everything that a preview of these resources tells. */
  async preview(resources: readonly Registered[]): Promise<Told[]> {
    await this.start(true);
    const told: Told[] = [];
    for (const resource of resources) told.push(...(await this.analyze(resource)));
    return [...told, ...(await this.analyzeStack(resources))];
  }
}
