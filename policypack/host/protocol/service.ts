import { type ServerUnaryCall, type sendUnaryData, status } from "@grpc/grpc-js";
import { AnalyzerService, type IAnalyzerServer } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import {
  AnalyzeDiagnostic,
  type AnalyzeRequest,
  AnalyzeResponse,
  AnalyzerHandshakeResponse,
  AnalyzerStackConfigureResponse,
  type ConfigureAnalyzerRequest,
  PolicyNotApplicable,
  RemediateResponse,
  Remediation,
} from "@pulumi/pulumi/proto/analyzer_pb";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { PolicyEntry } from "../configuration/configure";
import { Refusals } from "../engine/refusals";
import type { Environment } from "../evaluation/evaluate";
import type { Remedy } from "../evaluation/remedies";
import { whereOf } from "../evaluation/run-rule";
import { bounded } from "../outgoing/outgoing";
import { Secrets } from "../outgoing/secrets";
import type { Report } from "../reporting/listing";
import { type Analysis, Refused, Run } from "../run";
import { analyzerInfo, type PackIdentity } from "./analyzer-info";
import { changedProperties, type RawProperties } from "./changed-properties";
import { type ProviderCache, resourceInStack, resourceToCreate } from "./decode";
import { hasDeepValues } from "./deep-messages";
import { configuredLevel, enforcementLevels, severityCodes } from "./protocol";

/** The handlers of `pulumirpc.Analyzer` for one pack: they translate messages for a `Run` and decide nothing. */
export function analyzerService(
  pack: PackIdentity,
  environment: Environment,
  refusals = new Refusals(),
): IAnalyzerServer {
  const secrets = new Secrets();
  const run = new Run(environment, refusals, secrets);
  return {
    handshake: answer(() => new AnalyzerHandshakeResponse()),
    getPluginInfo: answer(() => {
      const info = new PluginInfo();
      info.setVersion(pack.version);
      return info;
    }),
    getAnalyzerInfo: answer(() => analyzerInfo(pack, environment.rules)),
    configureStack: answer((request) => {
      const config = request.getConfigMap();
      for (const key of request.getConfigSecretKeysList()) secrets.take(config.get(key));
      run.begin({ stack: request.getStack(), project: request.getProject(), isPreview: request.getDryRun() });
      return new AnalyzerStackConfigureResponse();
    }),
    configure: answer((request) => {
      run.configure(entriesOf(request));
      return empty();
    }),
    remediate: answer((request) => {
      const remedies = run.remediate(resourceToCreate(request, secrets, hasDeepValues(request)));
      const response = remediateResponse(pack, request, remedies);
      // Or the engine would record that every other rule's remediation passed here.
      const others = environment.rules.filter((rule) => !remedies.some((remedy) => remedy.rule === rule));
      response.setNotApplicableList(others.map(({ id }) => notApplicableMessage(id, "There is nothing to remediate.")));
      return response;
    }),
    analyze: answer((request) =>
      analyzeResponse(pack, run.analyze(resourceToCreate(request, secrets, hasDeepValues(request)))),
    ),
    analyzeStack: answer((request) => {
      const providers: ProviderCache = new Map();
      const isDeep = hasDeepValues(request);
      const resources = request
        .getResourcesList()
        .map((resource) => resourceInStack(resource, providers, secrets, isDeep));
      return analyzeResponse(pack, run.analyzeStack(resources));
    }),
    cancel: answer(empty),
  };
}

/** What everybody but the engine is served: every call is refused, and told to the engine at its next one. */
export function refusingService(refusals: Refusals): IAnalyzerServer {
  const refuse =
    (method: string) =>
    (_call: unknown, callback: (error: { code: status; details: string }) => void): void => {
      refusals.add(`${method} came from a process that is not the engine`);
      callback({
        code: status.PERMISSION_DENIED,
        details: "This policy pack answers the engine that started it only.",
      });
    };
  return {
    handshake: refuse("Handshake"),
    getPluginInfo: refuse("GetPluginInfo"),
    getAnalyzerInfo: refuse("GetAnalyzerInfo"),
    configureStack: refuse("ConfigureStack"),
    configure: refuse("Configure"),
    remediate: refuse("Remediate"),
    analyze: refuse("Analyze"),
    analyzeStack: refuse("AnalyzeStack"),
    cancel: refuse("Cancel"),
  };
}

/** An error that reaches the engine ends the preview, so it says what failed and not what was in the request. */
function answer<Request, Response>(handle: (request: Request) => Response) {
  return (call: ServerUnaryCall<Request, Response>, callback: sendUnaryData<Response>): void => {
    let response: Response;
    try {
      response = handle(call.request);
    } catch (error) {
      if (error instanceof Refused) {
        callback({ code: status.FAILED_PRECONDITION, details: error.message });
        return;
      }
      callback(new Error(`The policy pack failed (${whereOf(error)}); please report it.`));
      return;
    }
    callback(null, response);
  };
}

/** The protocol checks that this is the very class that it was generated with, so it has to make the message itself. */
function empty() {
  return AnalyzerService.configure.responseDeserialize(Buffer.alloc(0));
}

function entriesOf(request: ConfigureAnalyzerRequest): ReadonlyMap<string, PolicyEntry> {
  const entries = new Map<string, PolicyEntry>();
  for (const [name, config] of request.getPolicyconfigMap().entries()) {
    const options = config.getProperties()?.toJavaScript() ?? {};
    entries.set(name, { level: configuredLevel(config.getEnforcementlevel()), options });
  }
  return entries;
}

function analyzeResponse(pack: PackIdentity, { reports, notApplicable }: Analysis): AnalyzeResponse {
  const response = new AnalyzeResponse();
  response.setDiagnosticsList(reports.map((report) => diagnostic(pack, report)));
  response.setNotApplicableList(
    notApplicable.map(({ id, on }) => notApplicableMessage(id, `Nothing here that this rule looks at (${on}).`)),
  );
  return response;
}

function diagnostic(pack: PackIdentity, report: Report): AnalyzeDiagnostic {
  const message = new AnalyzeDiagnostic();
  message.setPolicyname(report.policy);
  message.setPolicypackname(pack.name);
  message.setPolicypackversion(pack.version);
  message.setDescription(bounded(report.message.split("\n", 1)[0] ?? ""));
  message.setMessage(bounded(report.message));
  message.setEnforcementlevel(enforcementLevels[report.level]);
  message.setSeverity(severityCodes[report.severity]);
  message.setUrn(report.urn);
  return message;
}

function notApplicableMessage(rule: string, reason: string): PolicyNotApplicable {
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
