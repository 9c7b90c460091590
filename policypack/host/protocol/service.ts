import { type ServerUnaryCall, type sendUnaryData, status } from "@grpc/grpc-js";
import { AnalyzerService, type IAnalyzerServer } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import {
  AnalyzeDiagnostic,
  AnalyzeResponse,
  AnalyzerHandshakeResponse,
  AnalyzerStackConfigureResponse,
} from "@pulumi/pulumi/proto/analyzer_pb";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { Refusals } from "../engine/refusals";
import type { Environment } from "../evaluation/evaluate";
import { whereOf } from "../evaluation/run-rule";
import { bounded } from "../outgoing/outgoing";
import { messageOf } from "../reporting/message";
import type { Report } from "../reporting/report";
import { type Judgement, Refused } from "../run";
import type { PackIdentity } from "./analyzer-info";
import { enforcementLevels, severityCodes } from "./protocol";
import { notApplicableMessage, Session } from "./session";

/** The handlers of `pulumirpc.Analyzer` for one pack: they make messages of what a `Session` answers. */
export function analyzerService(
  pack: PackIdentity,
  environment: Environment,
  refusals = new Refusals(),
): IAnalyzerServer {
  const session = new Session(pack, environment, refusals);
  return {
    handshake: answer(() => new AnalyzerHandshakeResponse()),
    getPluginInfo: answer(() => {
      const info = new PluginInfo();
      info.setVersion(pack.version);
      return info;
    }),
    getAnalyzerInfo: answer(() => session.info()),
    configureStack: answer((request) => {
      session.configureStack(request);
      return new AnalyzerStackConfigureResponse();
    }),
    configure: answer((request) => {
      session.configure(request);
      return empty();
    }),
    remediate: answer((request) => session.remediate(request)),
    analyze: answer((request) => analyzeResponse(pack, session.analyze(request))),
    analyzeStack: answer((request) => analyzeResponse(pack, session.analyzeStack(request))),
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

function analyzeResponse(pack: PackIdentity, { reports, notApplicable }: Judgement): AnalyzeResponse {
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
  const text = messageOf(report);
  message.setDescription(bounded(text.split("\n", 1)[0] ?? ""));
  message.setMessage(bounded(text));
  message.setEnforcementlevel(enforcementLevels[report.level]);
  message.setSeverity(severityCodes[report.severity]);
  message.setUrn(report.urn);
  return message;
}
