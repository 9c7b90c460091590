import type { handleUnaryCall } from "@grpc/grpc-js";
import type { Policies } from "@pulumi/policy";
import type {
  AnalyzeRequest,
  AnalyzeResponse,
  AnalyzeStackRequest,
  RemediateResponse,
} from "@pulumi/pulumi/proto/analyzer_pb";

/** Internal functions of Pulumi's policy server (1.21.0), which its types leave out. */
declare module "@pulumi/policy/server" {
  type Make<Request, Response> = (
    packName: string,
    packVersion: string,
    packLevel: "advisory" | "mandatory" | "remediate",
    policies: Policies,
  ) => handleUnaryCall<Request, Response>;

  export const makeAnalyzeRpcFun: Make<AnalyzeRequest, AnalyzeResponse>;
  export const makeAnalyzeStackRpcFun: Make<AnalyzeStackRequest, AnalyzeResponse>;
  export const makeRemediateRpcFun: Make<AnalyzeRequest, RemediateResponse>;
}
