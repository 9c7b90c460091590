import type * as grpc from "@grpc/grpc-js";
import { Server } from "@grpc/grpc-js";
import { CallResponse, type InvokeResponse } from "@pulumi/pulumi/proto/provider_pb";
import type { IResourceMonitorServer } from "@pulumi/pulumi/proto/resource_grpc_pb";
import {
  type ReadResourceRequest,
  ReadResourceResponse,
  RegisterPackageResponse,
  type ResourceCallRequest,
  type ResourceInvokeRequest,
  SupportsFeatureResponse,
  TransformInvokeOptions,
} from "@pulumi/pulumi/proto/resource_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import type { InstalledSdks } from "../pulumi/installed-sdks";
import type { Observations } from "../pulumi/observations";
import { CHANNEL_OPTIONS, listen, unary } from "../pulumi/rpc";
import type { StackIdentity } from "../pulumi/stack";
import { packageOf, STACK_TYPE, typeOf, urnOf } from "../pulumi/urn";
import { fromStruct, type JsonObject, toStruct, UNKNOWN } from "../pulumi/values";
import type { Invokes } from "./invokes/invokes";
import {
  type ExistsAnswer,
  type ExistsRequest,
  isSupported,
  MONITOR_SERVICE,
  MonitorInvokeResponse,
  type ReadAnswer,
} from "./monitor-service";
import type { Packages } from "./packages";
import type { Registrar } from "./registrar";
import type { Transforms } from "./transforms";
import { WaitedFor } from "./waited-for";

const GET_RESOURCE = "pulumi:pulumi:getResource";
const STACK_REFERENCE = "pulumi:pulumi:StackReference";

/**
 * The engine's side of a running program: the resource monitor that its SDK talks to, without an engine, providers or
 * state. Everything is as in the preview of a stack that does not exist yet.
 */
export class Monitor {
  /** How long the program waited for answers. */
  readonly waitedFor = new WaitedFor();
  readonly #server = new Server(CHANNEL_OPTIONS);
  #bodyEnded = false;

  constructor(
    private readonly identity: StackIdentity,
    private readonly registrar: Registrar,
    private readonly packages: Packages,
    private readonly transforms: Transforms,
    private readonly invokes: Invokes,
    private readonly sdks: InstalledSdks,
    private readonly observations: Observations,
  ) {}

  /** Whether the program's body ran to its end: only then does it register the stack's own outputs. */
  get bodyEnded(): boolean {
    return this.#bodyEnded;
  }

  /** @returns the address for the program to connect to */
  listen(): Promise<string> {
    this.#server.addService(MONITOR_SERVICE, this.waitedFor.watched(this.#service()));
    return listen(this.#server);
  }

  close(): void {
    this.transforms.close();
    this.#server.forceShutdown();
  }

  #service(): grpc.UntypedServiceImplementation {
    const service: Pick<IResourceMonitorServer, MonitorMethod> & Additions = {
      getDeploymentInfo: unary(() => this.identity),
      supportsFeature: unary((request) => new SupportsFeatureResponse().setHassupport(isSupported(request.getId()))),
      registerResource: unary((request) => this.registrar.register(request)),
      registerResourceOutputs: unary((request) => {
        if (typeOf(request.getUrn()) === STACK_TYPE) this.#bodyEnded = true;
        this.registrar.complete(request.getUrn(), fromStruct(request.getOutputs()));
        return new Empty();
      }),
      readResource: unary((request) => this.#read(request)),
      existsResource: unary((request) => this.#exists(request)),
      invoke: unary((request) => this.#invoke(request)),
      call: unary((request) => this.#call(request)),
      registerStackTransform: unary((callback) => {
        this.transforms.addToStack(callback);
        return new Empty();
      }),
      registerStackInvokeTransform: unary((callback) => {
        this.transforms.addToInvokes(callback);
        return new Empty();
      }),
      // Hooks run when something is created; a preview creates nothing.
      registerResourceHook: unary(() => new Empty()),
      registerErrorHook: unary(() => new Empty()),
      registerPackage: unary((request) => new RegisterPackageResponse().setRef(this.packages.announce(request))),
      signalAndWaitForShutdown: unary(() => new Empty()),
    };
    return { ...service };
  }

  async #read(request: ReadResourceRequest): Promise<ReadAnswer> {
    const type = request.getType();
    const name = request.getName();
    const plugin = {
      getVersion: () => request.getVersion(),
      getPluginDownloadUrl: () => request.getPlugindownloadurl(),
    };
    const wanted = this.packages.requested(packageOf(type), request.getPackageref(), plugin);
    await this.registrar.providers.resolve(request.getProvider(), wanted, type);
    const state = fromStruct(request.getProperties());
    const outputs =
      type === STACK_REFERENCE ? { outputs: UNKNOWN, secretOutputNames: [] } : this.#unknownOutputs(type, state);
    const what = type === STACK_REFERENCE ? `the outputs of stack ${request.getId()}` : `${type} "${request.getId()}"`;
    this.observations.couldNotSee(`${what}, which the program reads as "${name}": its values count as unknown`);
    const message = new ReadResourceResponse();
    message.setUrn(urnOf({ ...this.identity, parent: request.getParent(), type, name }));
    message.setProperties(toStruct({ ...outputs, ...state }));
    return { message, id: request.getId() === UNKNOWN ? "" : request.getId() };
  }

  async #exists({ type, id, provider, version, downloadUrl, packageRef }: ExistsRequest): Promise<ExistsAnswer> {
    const plugin = { getVersion: () => version, getPluginDownloadUrl: () => downloadUrl };
    await this.registrar.providers.resolve(
      provider,
      this.packages.requested(packageOf(type), packageRef, plugin),
      type,
    );
    this.observations.couldNotSee(
      `whether ${type} "${id}" exists, which the program asks: the answer counts as unknown`,
    );
    return { isUnknown: true };
  }

  #unknownOutputs(type: string, state: JsonObject): JsonObject {
    const missing = this.sdks.propertiesOf(type).outputs.filter((output) => !(output in state));
    return Object.fromEntries(missing.map((output) => [output, UNKNOWN]));
  }

  async #invoke(request: ResourceInvokeRequest): Promise<InvokeResponse> {
    const token = request.getTok();
    const response = new MonitorInvokeResponse();
    if (token === GET_RESOURCE) return response.setReturn(toStruct(this.#known(fromStruct(request.getArgs()))));
    const given = new TransformInvokeOptions();
    given.setProvider(request.getProvider());
    given.setVersion(request.getVersion());
    given.setPluginDownloadUrl(request.getPlugindownloadurl());
    const { args, options } = await this.transforms.applyToInvoke(token, fromStruct(request.getArgs()), given);
    const plugin = this.packages.requested(packageOf(token), request.getPackageref(), options);
    const provider = await this.registrar.providers.resolve(options.getProvider(), plugin, token);
    return response.setReturn(toStruct(this.invokes.answer(token, args, provider, options.getProvider() === "")));
  }

  #known(args: JsonObject): JsonObject {
    const resource = this.registrar.find(String(args.urn));
    if (resource === undefined) throw new Error(`unknown resource ${String(args.urn)}`);
    return { urn: resource.urn, id: "", state: this.registrar.outputsOf(resource.urn) };
  }

  #call(request: ResourceCallRequest): CallResponse {
    this.observations.couldNotSee(`what the method ${request.getTok()} returns: its values count as unknown`);
    return new CallResponse().setReturn(toStruct({ result: UNKNOWN }));
  }
}

/** What `MONITOR_SERVICE` writes itself. */
interface Additions {
  readonly getDeploymentInfo: grpc.handleUnaryCall<unknown, StackIdentity>;
  readonly readResource: grpc.handleUnaryCall<ReadResourceRequest, ReadAnswer>;
  readonly existsResource: grpc.handleUnaryCall<ExistsRequest, ExistsAnswer>;
}

type MonitorMethod =
  | "supportsFeature"
  | "registerResource"
  | "registerResourceOutputs"
  | "invoke"
  | "call"
  | "registerStackTransform"
  | "registerStackInvokeTransform"
  | "registerResourceHook"
  | "registerErrorHook"
  | "registerPackage"
  | "signalAndWaitForShutdown";
