import type * as grpc from "@grpc/grpc-js";
import { CallbacksService } from "@pulumi/pulumi/proto/callback_grpc_pb";
import { type Callback, CallbackInvokeRequest } from "@pulumi/pulumi/proto/callback_pb";
import {
  type TransformInvokeOptions,
  TransformInvokeRequest,
  TransformInvokeResponse,
  TransformRequest,
  type TransformResourceOptions,
  TransformResponse,
} from "@pulumi/pulumi/proto/resource_pb";
import { call, connect } from "../pulumi/rpc";
import { fromStruct, type JsonObject, toStruct } from "../pulumi/values";

/** A registration that transforms may change: its properties with unknowns as outputs, and its options. */
export interface Transformable {
  readonly properties: JsonObject;
  readonly options: TransformResourceOptions;
}

export interface TransformSubject {
  readonly type: string;
  readonly name: string;
  readonly custom: boolean;
  readonly parent: string;
}

/**
 * The program's transforms (Pulumi documentation, "Transforms"): functions that change a resource before it is registered.
 * They run in the program's process, so each is a call back into it.
 */
export class Transforms {
  readonly #clients = new Map<string, grpc.Client>();
  readonly #byResource = new Map<string, { readonly parent: string; readonly callbacks: readonly Callback[] }>();
  readonly #ofStack: Callback[] = [];
  readonly #ofInvokes: Callback[] = [];

  addToStack(callback: Callback): void {
    this.#ofStack.push(callback);
  }

  addToInvokes(callback: Callback): void {
    this.#ofInvokes.push(callback);
  }

  /** Keeps a resource's own transforms for its children. */
  remember(urn: string, parent: string, callbacks: readonly Callback[]): void {
    this.#byResource.set(urn, { parent, callbacks });
  }

  /** Applies the resource's own transforms, then its parents' from the nearest up, then the stack's. */
  async apply(subject: TransformSubject, own: readonly Callback[], start: Transformable): Promise<Transformable> {
    let current = start;
    for (const callback of [...own, ...this.#inherited(subject.parent), ...this.#ofStack]) {
      current = await this.#applyOne(subject, callback, current);
    }
    return current;
  }

  async applyToInvoke(token: string, args: JsonObject, options: TransformInvokeOptions) {
    let current = { args, options };
    for (const callback of this.#ofInvokes) {
      const request = new TransformInvokeRequest();
      request.setToken(token);
      request.setArgs(toStruct(current.args));
      request.setOptions(current.options);
      const answer = TransformInvokeResponse.deserializeBinary(await this.#invoke(callback, request.serializeBinary()));
      const newArgs = answer.getArgs();
      current = {
        args: newArgs === undefined ? current.args : fromStruct(newArgs),
        options: answer.getOptions() ?? current.options,
      };
    }
    return current;
  }

  close(): void {
    for (const client of this.#clients.values()) client.close();
  }

  #inherited(parent: string): Callback[] {
    const found = this.#byResource.get(parent);
    return found === undefined ? [] : [...found.callbacks, ...this.#inherited(found.parent)];
  }

  async #applyOne(subject: TransformSubject, callback: Callback, current: Transformable): Promise<Transformable> {
    const request = new TransformRequest();
    request.setType(subject.type);
    request.setName(subject.name);
    request.setCustom(subject.custom);
    request.setParent(subject.parent);
    request.setProperties(toStruct(current.properties));
    request.setOptions(current.options);
    const answer = TransformResponse.deserializeBinary(await this.#invoke(callback, request.serializeBinary()));
    const properties = answer.getProperties();
    return {
      properties: properties === undefined ? current.properties : fromStruct(properties),
      options: answer.getOptions() ?? current.options,
    };
  }

  async #invoke(callback: Callback, bytes: Uint8Array): Promise<Uint8Array> {
    const request = new CallbackInvokeRequest();
    request.setToken(callback.getToken());
    request.setRequest(bytes);
    const response = await call(this.#clientFor(callback.getTarget()), CallbacksService.invoke, request);
    return response.getResponse_asU8();
  }

  #clientFor(target: string): grpc.Client {
    const existing = this.#clients.get(target);
    if (existing !== undefined) return existing;
    const client = connect(target);
    this.#clients.set(target, client);
    return client;
  }
}
