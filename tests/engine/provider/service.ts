import type { UntypedServiceImplementation } from "@grpc/grpc-js";
import plugin from "@pulumi/pulumi/proto/plugin_pb";
import pb from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import type { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { fromStruct, isMap, toStruct, unary, type WireMap } from "../rpc";
import type { Sdk } from "../sdk/sdk";
import type { ResourceShape } from "../sdk/shape";
import { changesOf } from "./changes";
import { type Fault, faultsOf } from "./check";
import { filled } from "./defaults";
import { afterUpdate, previewed } from "./outputs";
import { policyGroups } from "./policy-groups";
import { pretended } from "./pretended";
import { configFaults } from "./provider-config";
import type { World } from "./world";

const NOTHING_DECLARED: ResourceShape = { inputs: {}, outputs: {} };

/**
 * A provider that creates nothing, or, where AWS_ENDPOINT_URL says so, makes its resources at an AWS emulator; the one of Pulumi
 * Cloud makes policy groups there where the CLI is logged in to one. With an SDK it
 * holds every resource to what the SDK declares and behaves like the provider that the Terraform bridge makes; without one (a
 * package that is not installed) it takes inputs as they are.
 */
export function standIn(name: string, sdk: Sdk | undefined): UntypedServiceImplementation {
  let region = "us-east-1";
  let defaultTags: WireMap = {};
  let world: World = pretended(region);

  const lookup = (name: string) => sdk?.object(name) ?? {};
  const shapeOf = (urn: string) => sdk?.resource(typeOf(urn)) ?? NOTHING_DECLARED;
  const created = (urn: string, inputs: Struct | undefined) => ({
    type: typeOf(urn),
    urn,
    shape: shapeOf(urn),
    inputs: fromStruct(inputs),
    region,
  });

  // The bridge shows a resource's id among its outputs too.
  return {
    handshake: unary(() => new pb.ProviderHandshakeResponse()),
    getPluginInfo: unary(() => new plugin.PluginInfo().setVersion(sdk?.version() ?? "0.0.1")),
    cancel: unary(() => new Empty()),

    checkConfig: unary((request: pb.CheckRequest) => {
      const faults = sdk === undefined ? [] : configFaults(fromStruct(request.getNews()), sdk.provider());
      return checkResponse(request.getNews(), faults);
    }),
    diffConfig: unary((request: pb.DiffRequest) => diffResponse("", request)),
    configure: unary(async (request: pb.ConfigureRequest) => {
      const config = fromStruct(request.getArgs());
      if (typeof config.region === "string") region = config.region;
      const tags = typeof config.defaultTags === "string" ? JSON.parse(config.defaultTags) : config.defaultTags;
      defaultTags = isMap(tags) && isMap(tags.tags) ? tags.tags : {};
      world = await worldOf(config, region, name);
      return new pb.ConfigureResponse().setSupportspreview(true);
    }),

    check: unary((request: pb.CheckRequest) => {
      const news = fromStruct(request.getNews());
      const [urn, type] = [request.getUrn(), typeOf(request.getUrn())];
      if (sdk === undefined) return checkResponse(request.getNews(), []);
      const shape = sdk.resource(type);
      if (shape === undefined) {
        return checkResponse(request.getNews(), [{ property: "", reason: `the installed SDK has no type ${type}` }]);
      }
      const olds = fromStruct(request.getOlds());
      const inputs = filled({ type, urn, seed: request.getRandomseed_asU8(), shape, news, olds, defaultTags });
      return checkResponse(toStruct(inputs), faultsOf(news, shape.inputs, lookup));
    }),
    diff: unary((request: pb.DiffRequest) => diffResponse(typeOf(request.getUrn()), request)),

    create: unary(async (request: pb.CreateRequest) => {
      const resource = created(request.getUrn(), request.getProperties());
      if (request.getPreview()) return new pb.CreateResponse().setProperties(toStruct(previewed(resource)));
      const { id, outputs } = await world.create(resource);
      return new pb.CreateResponse().setId(id).setProperties(toStruct({ ...outputs, id }));
    }),
    update: unary(async (request: pb.UpdateRequest) => {
      const resource = created(request.getUrn(), request.getNews());
      const last = { inputs: fromStruct(request.getOldInputs()), outputs: fromStruct(request.getOlds()) };
      const outputs = request.getPreview()
        ? afterUpdate(last, resource.inputs)
        : await world.update(request.getId(), resource, last.inputs);
      return new pb.UpdateResponse().setProperties(toStruct({ ...outputs, id: request.getId() }));
    }),
    delete: unary(async (request: pb.DeleteRequest) => {
      await world.delete(request.getId(), created(request.getUrn(), request.getOldInputs()));
      return new Empty();
    }),
    read: unary(async (request: pb.ReadRequest) => {
      const resource = created(request.getUrn(), request.getInputs());
      const outputsSoFar = fromStruct(request.getProperties());
      const wasMade = request.getInputs() !== undefined && Object.keys(outputsSoFar).length > 0;
      const found = await world.read(request.getId(), resource, wasMade ? outputsSoFar : undefined);
      if (found === undefined) return new pb.ReadResponse();
      const id = request.getId();
      const outputs = toStruct({ ...found.outputs, id });
      return new pb.ReadResponse().setId(id).setProperties(outputs).setInputs(toStruct(found.inputs));
    }),

    invoke: unary(async (request: pb.InvokeRequest) => {
      const [token, args] = [request.getTok(), fromStruct(request.getArgs())];
      const faults = sdk === undefined ? [] : faultsOf(args, sdk.function(token) ?? {}, lookup);
      if (faults.length > 0) return new pb.InvokeResponse().setFailuresList(faults.map(failure));
      const answer = await world.invoke(token, args);
      if (answer === undefined) throw new Error(`the stand-in provider does not answer ${token}`);
      return new pb.InvokeResponse().setReturn(toStruct(answer));
    }),
  };
}

/** The emulator's part is loaded only where there is one: it brings a dozen AWS clients. */
async function worldOf(config: WireMap, region: string, name: string): Promise<World> {
  const { PULUMI_BACKEND_URL: cloud = "", PULUMI_ACCESS_TOKEN: token = "" } = process.env;
  if (name === "pulumiservice" && cloud.startsWith("http")) return policyGroups(cloud, token);
  if (!process.env.AWS_ENDPOINT_URL) return pretended(region);
  const { emulator } = await import("./aws/emulated.js");
  return emulator(config, region);
}

function checkResponse(inputs: Struct | undefined, faults: Fault[]): pb.CheckResponse {
  return new pb.CheckResponse().setInputs(inputs).setFailuresList(faults.map(failure));
}

function failure({ property, reason }: Fault): pb.CheckFailure {
  return new pb.CheckFailure().setProperty(property).setReason(`${property} ${reason}`.trim());
}

function diffResponse(type: string, request: pb.DiffRequest): pb.DiffResponse {
  const olds = fromStruct(request.getOldInputs() ?? request.getOlds());
  const { changed, replacing, deleteBeforeReplace } = changesOf(type, olds, fromStruct(request.getNews()));
  const { DIFF_NONE, DIFF_SOME } = pb.DiffResponse.DiffChanges;
  const response = new pb.DiffResponse().setChanges(changed.length > 0 ? DIFF_SOME : DIFF_NONE).setDiffsList(changed);
  response.setDeletebeforereplace(deleteBeforeReplace && type !== "");
  // A provider is configured anew in place, whatever changed about it.
  return response.setReplacesList(type === "" ? [] : replacing);
}

/** The type in a URN, without its parents' (`urn:pulumi:stack::project::parent$type::name`). */
function typeOf(urn: string): string {
  return urn.split("::")[2]?.split("$").at(-1) ?? "";
}
