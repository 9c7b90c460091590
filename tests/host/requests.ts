import {
  AnalyzeRequest,
  AnalyzerPropertyDependencies,
  AnalyzerProviderResource,
  AnalyzerResource,
  AnalyzerResourceOptions,
  AnalyzeStackRequest,
} from "@pulumi/pulumi/proto/analyzer_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";

/** How the protocol writes a text that a preview does not know. */
export const unknownText = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

export type Fields = ReturnType<Struct["toJavaScript"]>;

/** A resource as a program registers it. */
export interface Registered {
  readonly type: string;
  readonly name: string;
  readonly inputs: Fields;
  /** Beside the inputs, at the end of the run. */
  readonly outputs?: Fields;
  /** URNs by property. */
  readonly from?: Readonly<Record<string, readonly string[]>>;
  readonly provider?: { readonly urn: string; readonly type: string; readonly name: string; readonly inputs: Fields };
}

export function urnOf(type: string, name: string): string {
  return `urn:pulumi:dev::shop::${type}::${name}`;
}

export const stackUrn = "urn:pulumi:dev::shop::pulumi:pulumi:Stack::shop-dev";

function providerMessage(provider: NonNullable<Registered["provider"]>): AnalyzerProviderResource {
  const message = new AnalyzerProviderResource();
  message.setUrn(provider.urn);
  message.setType(provider.type);
  message.setName(provider.name);
  message.setProperties(Struct.fromJavaScript(provider.inputs));
  return message;
}

function optionsMessage(): AnalyzerResourceOptions {
  const message = new AnalyzerResourceOptions();
  message.setParent(stackUrn);
  return message;
}

/** What the engine sends before it makes a resource; written to bytes and read back, as on the wire. */
export function analyzeRequest({ type, name, inputs, provider }: Registered): AnalyzeRequest {
  const message = new AnalyzeRequest();
  message.setUrn(urnOf(type, name));
  message.setType(type);
  message.setName(name);
  message.setProperties(Struct.fromJavaScript(inputs));
  message.setOptions(optionsMessage());
  if (provider !== undefined) message.setProvider(providerMessage(provider));
  return AnalyzeRequest.deserializeBinary(message.serializeBinary());
}

/** What the engine sends at the end of a run. */
export function stackRequest(resources: readonly Registered[]): AnalyzeStackRequest {
  const message = new AnalyzeStackRequest();
  const stack = new AnalyzerResource();
  stack.setUrn(stackUrn);
  stack.setType("pulumi:pulumi:Stack");
  stack.setName("shop-dev");
  stack.setProperties(Struct.fromJavaScript({}));
  stack.setOptions(new AnalyzerResourceOptions());
  message.setResourcesList([stack, ...resources.map(resourceMessage)]);
  return AnalyzeStackRequest.deserializeBinary(message.serializeBinary());
}

function resourceMessage({ type, name, inputs, outputs, from, provider }: Registered): AnalyzerResource {
  const message = new AnalyzerResource();
  message.setUrn(urnOf(type, name));
  message.setType(type);
  message.setName(name);
  message.setProperties(Struct.fromJavaScript({ ...inputs, ...outputs }));
  message.setOptions(optionsMessage());
  message.setParent(stackUrn);
  if (provider !== undefined) message.setProvider(providerMessage(provider));
  for (const [property, urns] of Object.entries(from ?? {})) {
    const dependencies = new AnalyzerPropertyDependencies();
    dependencies.setUrnsList([...urns]);
    message.getPropertydependenciesMap().set(property, dependencies);
    for (const urn of urns) message.addDependencies(urn);
  }
  return message;
}
