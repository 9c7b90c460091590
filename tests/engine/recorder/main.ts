import { appendFileSync } from "node:fs";
import grpc from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import pb from "@pulumi/pulumi/proto/analyzer_pb";
import plugin from "@pulumi/pulumi/proto/plugin_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import type { SeenResource } from "../record";
import { fromStruct, servePlugin, unary } from "../rpc";

/** Serves a policy pack that forbids nothing and writes what it is shown to a file, one JSON object a line. */
export function record(file: string): void {
  const write = (seen: SeenResource[]) => appendFileSync(file, seen.map((it) => `${JSON.stringify(it)}\n`).join(""));
  void servePlugin(grpc.AnalyzerService, {
    handshake: unary(() => new pb.AnalyzerHandshakeResponse()),
    configure: unary(() => new Empty()),
    configureStack: unary(() => new pb.AnalyzerStackConfigureResponse()),
    getPluginInfo: unary(() => new plugin.PluginInfo().setVersion("1.0.0")),
    getAnalyzerInfo: unary(() => new pb.AnalyzerInfo().setName("recorder").setVersion("1.0.0").setSupportsconfig(true)),
    remediate: unary(() => new pb.RemediateResponse()),
    cancel: unary(() => new Empty()),
    analyze: unary((request: pb.AnalyzeRequest) => {
      write([
        { phase: "resource", ...common(request), ...parentOf(request), dependencies: [], propertyDependencies: {} },
      ]);
      return new pb.AnalyzeResponse();
    }),
    analyzeStack: unary((request: pb.AnalyzeStackRequest) => {
      write(request.getResourcesList().map(whole));
      return new pb.AnalyzeResponse();
    }),
  });
}

function whole(resource: pb.AnalyzerResource): SeenResource {
  const propertyDependencies: Record<string, string[]> = {};
  resource.getPropertydependenciesMap().forEach((urns, property) => {
    propertyDependencies[property] = urns.getUrnsList();
  });
  return {
    phase: "stack",
    ...common(resource),
    ...(resource.getParent() === "" ? {} : { parent: resource.getParent() }),
    dependencies: resource.getDependenciesList(),
    propertyDependencies,
  };
}

function common(resource: pb.AnalyzeRequest | pb.AnalyzerResource) {
  const provider = resource.getProvider();
  return {
    type: resource.getType(),
    name: resource.getName(),
    urn: resource.getUrn(),
    properties: fromStruct(resource.getProperties()),
    ...(provider && {
      provider: {
        type: provider.getType(),
        name: provider.getName(),
        urn: provider.getUrn(),
        properties: fromStruct(provider.getProperties()),
      },
    }),
  };
}

function parentOf(request: pb.AnalyzeRequest): { parent?: string } {
  const parent = request.getOptions()?.getParent() ?? "";
  return parent === "" ? {} : { parent };
}
