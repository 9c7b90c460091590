import * as pulumi from "@pulumi/pulumi";
import { deployConfigured } from "../../../stacks/program/programs";
import { type Registered, registeredBy } from "../registered";

/** Deploys with a stack's configuration as the engine hands it over: lists are JSON text. */
export function deploying(configuration: Record<string, string>): () => Promise<unknown> {
  return async () => {
    pulumi.runtime.setAllConfig(configuration);
    try {
      return await deployConfigured(new pulumi.Config("aws-identity-guardrails"), Object.keys(configuration));
    } finally {
      pulumi.runtime.setAllConfig({});
    }
  };
}

/** What a stack of this configuration registers, where nothing is looked up but the usual. */
export function stack(configuration: Record<string, string>): Promise<readonly Registered[]> {
  return registeredBy(deploying(configuration));
}
