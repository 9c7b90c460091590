import { getCallerIdentity } from "@pulumi/aws/getCallerIdentity";
import * as pulumi from "@pulumi/pulumi";

type Outputs = Record<string, unknown>;

/**
 * Deploys into each account with its provider, and returns the outputs under the accounts' ids. The engine ends a run at the first
 * provider that cannot be configured, `--continue-on-error` or not: so accounts that do not answer come last, after all that is
 * made in the others. They are not left out, or the engine would take what the state has of them for deleted.
 */
export async function deployedInto(
  accounts: readonly (readonly [id: string, provider: pulumi.ProviderResource])[],
  deploy: (id: string, opts: pulumi.ComponentResourceOptions) => Outputs,
): Promise<Outputs> {
  const answers = await Promise.allSettled(accounts.map(([, provider]) => getCallerIdentity({}, { provider })));
  const answered = (index: number): boolean => answers[index]?.status === "fulfilled";
  const answering = accounts.filter((_, index) => answered(index));
  const silent = accounts.filter((_, index) => !answered(index));

  const made: pulumi.Resource[] = [];
  const outputs: Outputs = {};
  for (const [id, provider] of answering) outputs[id] = deploy(id, { provider, transformations: [noteIn(made)] });
  for (const [id, provider] of silent) outputs[id] = deploy(id, { provider, transformations: [after(made)] });
  return outputs;
}

function noteIn(made: pulumi.Resource[]): pulumi.ResourceTransformation {
  return ({ resource }) => {
    made.push(resource);
    return undefined;
  };
}

function after(made: readonly pulumi.Resource[]): pulumi.ResourceTransformation {
  return ({ props, opts }) => ({ props, opts: pulumi.mergeOptions(opts, { dependsOn: [...made] }) });
}
