import {
  AnalyzeRequest,
  AnalyzerPropertyDependencies,
  AnalyzerProviderResource,
  AnalyzerResource,
  AnalyzerResourceOptions,
  AnalyzerStackConfigureRequest,
  AnalyzeStackRequest,
} from "@pulumi/pulumi/proto/analyzer_pb";
import type { Resource, StackIdentity } from "../pulumi/stack";
import { toStruct, withoutInternalProperties } from "../pulumi/values";

/** What the engine says of the run, which is a preview. */
export function stackConfiguration(identity: StackIdentity): AnalyzerStackConfigureRequest {
  const request = new AnalyzerStackConfigureRequest();
  request.setStack(identity.stack);
  request.setProject(identity.project);
  request.setOrganization(identity.organization);
  request.setDryRun(true);
  request.setConfigSecretKeysList([...identity.secretKeys]);
  const config = request.getConfigMap();
  for (const [key, value] of identity.config) config.set(key, value);
  return request;
}

/** The question whether one resource may be registered with these inputs. */
export function analyzeRequest(resource: Resource): AnalyzeRequest {
  const request = new AnalyzeRequest();
  request.setType(resource.type);
  request.setUrn(resource.urn);
  request.setName(resource.name);
  request.setProperties(toStruct(withoutInternalProperties(resource.inputs)));
  request.setOptions(optionsOf(resource));
  request.setProvider(providerOf(resource));
  return request;
}

/** The question about the whole stack, with what a preview knows of every resource's outputs. */
export function analyzeStackRequest(resources: readonly Resource[]): AnalyzeStackRequest {
  const request = new AnalyzeStackRequest();
  request.setResourcesList(resources.map(analyzerResource));
  return request;
}

function analyzerResource(resource: Resource): AnalyzerResource {
  const message = new AnalyzerResource();
  message.setType(resource.type);
  message.setUrn(resource.urn);
  message.setName(resource.name);
  message.setProperties(toStruct(withoutInternalProperties(resource.outputs)));
  message.setOptions(optionsOf(resource));
  message.setProvider(providerOf(resource));
  message.setParent(resource.parent);
  message.setDependenciesList([...resource.dependencies]);
  const dependencies = message.getPropertydependenciesMap();
  for (const [property, urns] of resource.propertyDependencies) {
    if (urns.length > 0) dependencies.set(property, new AnalyzerPropertyDependencies().setUrnsList([...urns]));
  }
  return message;
}

function optionsOf({ options, parent }: Resource): AnalyzerResourceOptions {
  const message = new AnalyzerResourceOptions();
  message.setProtect(options.protect);
  message.setIgnorechangesList([...options.ignoreChanges]);
  message.setDeletebeforereplace(options.deleteBeforeReplace ?? false);
  message.setDeletebeforereplacedefined(options.deleteBeforeReplace !== undefined);
  message.setAdditionalsecretoutputsList([...options.additionalSecretOutputs]);
  message.setAliasesList([...options.aliases]);
  const timeouts = new AnalyzerResourceOptions.CustomTimeouts();
  timeouts.setCreate(options.timeouts.create);
  timeouts.setUpdate(options.timeouts.update);
  timeouts.setDelete(options.timeouts.delete);
  // The protocol of older SDKs does not have it.
  timeouts.setRead?.(options.timeouts.read);
  message.setCustomtimeouts(timeouts);
  message.setParent(parent);
  return message;
}

function providerOf({ provider }: Resource): AnalyzerProviderResource | undefined {
  if (provider === undefined) return undefined;
  const message = new AnalyzerProviderResource();
  message.setType(provider.type);
  message.setUrn(provider.urn);
  message.setName(provider.name);
  message.setProperties(toStruct(withoutInternalProperties(provider.inputs)));
  return message;
}
