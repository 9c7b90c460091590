import type { ResourceValidationPolicy, StackValidationPolicy } from "@pulumi/policy";
import { pulumiPolicies } from "./host/protocol/pulumi-policies";
import { rules } from "./rules";

/**
 * The pack's rules as ordinary Pulumi policies: `new PolicyPack("acme", { policies: [...policies, ours] })`. One process
 * serves one run, so they are made once.
 */
export const policies: (ResourceValidationPolicy | StackValidationPolicy)[] = pulumiPolicies({
  rules,
  now: () => new Date(),
  ambientKeyId: process.env.AWS_ACCESS_KEY_ID,
});
