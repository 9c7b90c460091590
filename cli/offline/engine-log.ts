import { Server } from "@grpc/grpc-js";
import { EngineService } from "@pulumi/pulumi/proto/engine_grpc_pb";
import {
  GetRootResourceResponse,
  type LogRequest,
  LogSeverity,
  RequirePulumiVersionResponse,
  SetRootResourceResponse,
} from "@pulumi/pulumi/proto/engine_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { CHANNEL_OPTIONS, listen, unary } from "../pulumi/rpc";

/** The engine's own service, to which programs and policy packs log; it keeps what they report as errors. */
export class EngineLog {
  readonly #server = new Server(CHANNEL_OPTIONS);
  readonly errors: string[] = [];
  #rootResource = "";

  listen(): Promise<string> {
    this.#server.addService(EngineService, {
      log: unary((request: LogRequest) => {
        if (request.getSeverity() === LogSeverity.ERROR) this.errors.push(request.getMessage());
        return new Empty();
      }),
      getRootResource: unary(() => new GetRootResourceResponse().setUrn(this.#rootResource)),
      setRootResource: unary((request: { getUrn(): string }) => {
        this.#rootResource = request.getUrn();
        return new SetRootResourceResponse();
      }),
      startDebugging: unary(() => new Empty()),
      requirePulumiVersion: unary(() => new RequirePulumiVersionResponse()),
    });
    return listen(this.#server);
  }

  close(): void {
    this.#server.forceShutdown();
  }
}
