import { type handleUnaryCall, type ServerUnaryCall, type sendUnaryData, status } from "@grpc/grpc-js";
import { AnalyzerService, type IAnalyzerServer } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import { AnalyzerHandshakeResponse, AnalyzerStackConfigureResponse } from "@pulumi/pulumi/proto/analyzer_pb";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { Refusals } from "../engine/refusals";
import type { Environment } from "../evaluation/evaluate";
import { whereOf } from "../evaluation/run-rule";
import { Refused } from "../run";
import type { PackIdentity } from "./analyzer-info";
import { type ResourceMessage, readAnalyzeRequest, readAnalyzeStackRequest } from "./requests";
import { analyzeResponse, remediateResponse } from "./responses";
import { Session } from "./session";

const { analyze, analyzeStack, remediate } = AnalyzerService;
const asItIs = (response: Buffer) => response;

/**
 * `pulumirpc.Analyzer`, with the methods that are called for every resource read from the bytes of their requests, however deep, and answered
 * in bytes: of most resources nothing is ever asked, and of most the answer is the same.
 */
export const analyzer = {
  ...AnalyzerService,
  analyze: { ...analyze, requestDeserialize: readAnalyzeRequest, responseSerialize: asItIs },
  remediate: { ...remediate, requestDeserialize: readAnalyzeRequest, responseSerialize: asItIs },
  analyzeStack: { ...analyzeStack, requestDeserialize: readAnalyzeStackRequest, responseSerialize: asItIs },
};

type Handlers = Pick<
  IAnalyzerServer,
  "handshake" | "getPluginInfo" | "getAnalyzerInfo" | "configureStack" | "configure" | "cancel"
> & {
  readonly analyze: handleUnaryCall<ResourceMessage, Buffer>;
  readonly remediate: handleUnaryCall<ResourceMessage, Buffer>;
  readonly analyzeStack: handleUnaryCall<readonly ResourceMessage[], Buffer>;
};

/** The handlers of `analyzer` for one pack: they make messages of what a `Session` answers. */
export function analyzerService(pack: PackIdentity, environment: Environment, refusals = new Refusals()): Handlers {
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
    remediate: answer((request) => remediateResponse(session.remediate(request))),
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
