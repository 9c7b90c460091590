import type * as grpc from "@grpc/grpc-js";
import type { InvokeResponse } from "@pulumi/pulumi/proto/provider_pb";
import { ResourceMonitorService } from "@pulumi/pulumi/proto/resource_grpc_pb";
import type { ReadResourceResponse } from "@pulumi/pulumi/proto/resource_pb";
import { BinaryReader, BinaryWriter } from "google-protobuf";
import type { StackIdentity } from "../pulumi/stack";

/**
 * The resource monitor's service, for programs on any SDK. Which @pulumi/pulumi is installed beside this command and which
 * beside the program is decided by different people, so what came to the protocol late is written here field by field
 * (`resource.proto` of Pulumi): a class of this SDK may not know it.
 */
export const MONITOR_SERVICE: grpc.ServiceDefinition = {
  ...ResourceMonitorService,
  readResource: {
    ...ResourceMonitorService.readResource,
    responseSerialize: ({ message, id }: ReadAnswer) =>
      Buffer.concat([message.serializeBinary(), written((writer) => writer.writeString(5, id))]),
  },
  getDeploymentInfo: {
    path: "/pulumirpc.ResourceMonitor/GetDeploymentInfo",
    requestStream: false,
    responseStream: false,
    requestSerialize: (bytes: Buffer) => bytes,
    requestDeserialize: (bytes) => bytes,
    responseSerialize: deploymentInfo,
    responseDeserialize: (bytes) => bytes,
  },
  existsResource: {
    path: "/pulumirpc.ResourceMonitor/ExistsResource",
    requestStream: false,
    responseStream: false,
    requestSerialize: (bytes: Buffer) => bytes,
    requestDeserialize: existsRequest,
    responseSerialize: ({ isUnknown }: ExistsAnswer) => written((writer) => writer.writeBool(2, isUnknown)),
    responseDeserialize: (bytes) => bytes,
  },
};

/** Answers to Invoke are of another class since SDK 3.256; both have `return` and `failures`. */
export const MonitorInvokeResponse = (
  ResourceMonitorService.invoke as unknown as { readonly responseType: typeof InvokeResponse }
).responseType;

/** SDKs from 3.256 on take a resource's id from here, older ones from their own request. */
export interface ReadAnswer {
  readonly message: ReadResourceResponse;
  /** "" where it is not known. */
  readonly id: string;
}

/** Whether something exists in the cloud, without reading it. */
export interface ExistsRequest {
  readonly type: string;
  readonly id: string;
  readonly provider: string;
  readonly version: string;
  readonly downloadUrl: string;
  readonly packageRef: string;
}

export interface ExistsAnswer {
  readonly isUnknown: true;
}

/**
 * What the monitor offers, under the names that SDKs ask `SupportsFeature` for and the numbers that newer ones read from
 * `GetDeploymentInfo`. Not offered: references to resources, which would have to be resolved again where an id or URN
 * serves as well, and what moves the wait for an invoke's arguments from the program to the engine.
 */
const FEATURES: ReadonlyMap<string, number> = new Map([
  ["secrets", 0],
  ["outputValues", 2],
  ["aliasSpecs", 3],
  ["replacementTrigger", 4],
  ["deletedWith", 5],
  ["replaceWith", 6],
  ["transforms", 7],
  ["invokeTransforms", 8],
  ["parameterization", 9],
  ["resourceHooks", 10],
  ["errorHooks", 11],
  ["sendsOptionsToHooks", 12],
  // A stack that does not exist yet has no state to migrate, but a program that could migrate one has to run.
  ["stateMigrations", 16],
]);

export function isSupported(feature: string): boolean {
  return FEATURES.has(feature);
}

function deploymentInfo({ project, stack, organization, config, secretKeys }: StackIdentity): Buffer {
  return written((writer) => {
    writer.writeString(1, project);
    writer.writeString(2, stack);
    writer.writeString(3, organization);
    for (const entry of config) {
      writer.writeMessage(4, entry, ([key, value]) => {
        writer.writeString(1, key);
        writer.writeString(2, value);
      });
    }
    writer.writeRepeatedString(5, [...secretKeys]);
    writer.writeBool(6, true);
    writer.writePackedEnum(8, [...FEATURES.values()]);
  });
}

const EXISTS_FIELDS: Readonly<Record<number, keyof ExistsRequest>> = {
  1: "type",
  2: "id",
  5: "provider",
  6: "version",
  7: "downloadUrl",
  9: "packageRef",
};

function existsRequest(bytes: Buffer): ExistsRequest {
  const request = { type: "", id: "", provider: "", version: "", downloadUrl: "", packageRef: "" };
  const reader = new BinaryReader(bytes);
  while (reader.nextField()) {
    const field = EXISTS_FIELDS[reader.getFieldNumber()];
    if (field === undefined) reader.skipField();
    else request[field] = reader.readString();
  }
  return request;
}

function written(write: (writer: BinaryWriter) => void): Buffer {
  const writer = new BinaryWriter();
  write(writer);
  return Buffer.from(writer.getResultBuffer());
}
