import { getCallerIdentityOutput } from "@pulumi/aws/getCallerIdentity";
import { getPartitionOutput } from "@pulumi/aws/getPartition";
import * as pulumi from "@pulumi/pulumi";

/** An account: `aws`, `aws-us-gov`, `aws-cn` or `aws-eusc`, and twelve digits. */
export interface Account {
  readonly partition: string;
  readonly id: string;
}

const known = new WeakMap<pulumi.ProviderResource, Account>();

/** Remembers in which account a provider works, for {@link accountOf}. */
export function rememberAccount(provider: pulumi.ProviderResource, account: Account): void {
  known.set(provider, account);
}

/**
 * The account in which `parent`'s resources are made. It is asked for unless it is known already: where many accounts are
 * deployed to, asking one that cannot be reached would end the program, and with it the work in all others.
 */
export function accountOf(parent: pulumi.Resource): pulumi.Output<Account> {
  const provider = parent.getProvider("aws:index/getCallerIdentity:getCallerIdentity");
  const account = provider && known.get(provider);
  if (account !== undefined) return pulumi.output(account);
  return pulumi
    .all([getPartitionOutput({}, { parent }), getCallerIdentityOutput({}, { parent })])
    .apply(([{ partition }, { accountId }]) => ({ partition, id: accountId }));
}
