import type { RegisterPackageRequest } from "@pulumi/pulumi/proto/resource_pb";
import type { PluginRequest } from "./providers";

interface PluginOptions {
  getVersion(): string;
  getPluginDownloadUrl(): string;
}

/** Packages that a program announces once and then refers to by a short reference. */
export class Packages {
  readonly #byReference = new Map<string, PluginRequest>();

  /** @returns the reference by which later requests name the package */
  announce(request: RegisterPackageRequest): string {
    const parameterization = request.getParameterization();
    const packageName = parameterization?.getName() ?? request.getName();
    const version = parameterization?.getVersion() ?? request.getVersion();
    const reference = `${packageName}@${version}`;
    this.#byReference.set(reference, { packageName, version, downloadUrl: request.getDownloadUrl() });
    return reference;
  }

  /** The plugin that a request wants: what its reference stands for, or what its own options say. */
  requested(packageName: string, reference: string, options: PluginOptions): PluginRequest {
    const announced = this.#byReference.get(reference);
    return announced ?? { packageName, version: options.getVersion(), downloadUrl: options.getPluginDownloadUrl() };
  }
}
