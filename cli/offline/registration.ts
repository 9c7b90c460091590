import type { RegisterResourceRequest, TransformResourceOptions } from "@pulumi/pulumi/proto/resource_pb";
import {
  RegisterResourceRequest as Request,
  TransformResourceOptions as TransformOptions,
} from "@pulumi/pulumi/proto/resource_pb";
import type { ResourceOptions } from "../pulumi/stack";
import type { NamedResource } from "../pulumi/urn";
import { aliasUrnsOf } from "./aliases";

/** A registration's options in the form that transforms see and may change. */
export function transformOptionsOf(request: RegisterResourceRequest, provider: string, protect: boolean | undefined) {
  const options = new TransformOptions();
  options.setDependsOnList(request.getDependenciesList());
  if (protect !== undefined) options.setProtect(protect);
  options.setIgnoreChangesList(request.getIgnorechangesList());
  options.setReplaceOnChangesList(request.getReplaceonchangesList());
  options.setVersion(request.getVersion());
  options.setAliasesList(request.getAliasesList());
  options.setProvider(provider);
  options.setCustomTimeouts(request.getCustomtimeouts());
  options.setPluginDownloadUrl(request.getPlugindownloadurl());
  options.setDeletedWith(request.getDeletedwith());
  if (request.getDeletebeforereplacedefined() || request.getDeletebeforereplace()) {
    options.setDeleteBeforeReplace(request.getDeletebeforereplace());
  }
  options.setAdditionalSecretOutputsList(request.getAdditionalsecretoutputsList());
  options.setImport(request.getImportid());
  options.setHideDiffList(request.getHidediffsList());
  const retainOnDelete = request.hasRetainondelete() ? request.getRetainondelete() : undefined;
  if (retainOnDelete !== undefined) options.setRetainOnDelete(retainOnDelete);
  const hooks = request.getHooks();
  if (hooks !== undefined) options.setHooks(hooks);
  // The protocol of older SDKs does not have these two.
  options.setReplaceWithList?.(request.getReplaceWithList());
  options.setReplacementTrigger?.(request.getReplacementTrigger());
  const providers = options.getProvidersMap();
  for (const [name, reference] of request.getProvidersMap().entries()) providers.set(name, reference);
  return options;
}

/** What a policy pack is shown of the options. */
export function resourceOptionsOf(options: TransformResourceOptions, now: NamedResource): ResourceOptions {
  const timeouts = options.getCustomTimeouts() ?? new Request.CustomTimeouts();
  return {
    protect: options.getProtect() ?? false,
    ignoreChanges: options.getIgnoreChangesList(),
    deleteBeforeReplace: options.hasDeleteBeforeReplace() ? options.getDeleteBeforeReplace() : undefined,
    additionalSecretOutputs: options.getAdditionalSecretOutputsList(),
    aliases: aliasUrnsOf(options.getAliasesList(), now),
    timeouts: {
      create: secondsOf(timeouts.getCreate()),
      update: secondsOf(timeouts.getUpdate()),
      delete: secondsOf(timeouts.getDelete()),
      // The protocol of older SDKs does not have it.
      read: secondsOf(timeouts.getRead?.() ?? ""),
    },
  };
}

export function propertyDependenciesOf(request: RegisterResourceRequest): Map<string, readonly string[]> {
  const entries = [...request.getPropertydependenciesMap().entries()];
  return new Map(entries.map(([property, dependencies]) => [property, dependencies.getUrnsList()]));
}

const SECONDS: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1, ms: 1e-3, us: 1e-6, µs: 1e-6, ns: 1e-9 };

/** Seconds of a duration such as `1h30m` (Pulumi documentation, "customTimeouts"). */
function secondsOf(duration: string): number {
  const parts = [...duration.matchAll(/(?<!\d)(\d+(?:\.\d+)?)(h|ms|m|s|us|µs|ns)/g)];
  return parts.reduce((sum, [, amount, unit]) => sum + Number(amount) * (SECONDS[unit ?? ""] ?? 0), 0);
}
