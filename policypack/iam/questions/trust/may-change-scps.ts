import type { Shared } from "../../answer/budget";
import type { Grant } from "../../answer/grant";
import type { Verdict } from "../../answer/verdict";
import { actionsMatchingAny, arnTemplatesOf } from "../../aws/actions";
import { findAny } from "../../evaluation/find-any";
import { arnGlob } from "../../language/arn-glob";
import type { Policy } from "../../language/policy";
import type { Scenario } from "../../requests/request";
import { anyResource } from "../../requests/resource-domain";
import { exactly } from "../../requests/scenario";
import type { Domain } from "../../solver/domain";
import { likeTest } from "../../solver/test";
import { mayCallFromOutside, type Outsider } from "./may-assume-from-outside";

/**
 * Whether the resource policy of an organization lets somebody in a member account write, attach or detach its service control
 * policies, or switch their type on or off. Other types of policies are none of that.
 * "Delegated administrator for AWS Organizations" (AWS Organizations User Guide); "Actions, resources, and condition keys for AWS
 * Organizations" (Service Authorization Reference).
 */
export function mayChangeServiceControlPolicies(
  policy: Policy,
  member: Outsider,
  options: Shared = {},
): Verdict<Grant> {
  return mayCallFromOutside(
    policy,
    member,
    (search) =>
      findAny(
        actionsMatchingAny(changes),
        search,
        (action) => resourceOf(action, search.scenario),
        onServiceControlPolicies,
      ),
    options,
  );
}

const changes = [
  "organizations:CreatePolicy",
  "organizations:UpdatePolicy",
  "organizations:DeletePolicy",
  "organizations:AttachPolicy",
  "organizations:DetachPolicy",
  "organizations:EnablePolicyType",
  "organizations:DisablePolicyType",
];

const onServiceControlPolicies: ReadonlyMap<string, Domain> = new Map([
  ["organizations:policytype", exactly("SERVICE_CONTROL_POLICY")],
]);

const isServiceControlPolicy = likeTest([arnGlob("arn:*:organizations::*:policy/o-*/service_control_policy/p-*")]);

/** No id in the ARN of a policy has a slash. */
const hasNoMoreParts = likeTest([arnGlob("arn:*:organizations::*:policy/*/*/*/*")], true);

/** To attach a policy must be allowed on the policy, whatever it is attached to. */
function resourceOf(action: number, scenario: Scenario): Domain {
  const domain = anyResource(action, scenario);
  if (!arnTemplatesOf(action).some((template) => template.includes(":policy/"))) return domain;
  return { ...domain, always: [...(domain.always ?? []), isServiceControlPolicy, hasNoMoreParts] };
}
