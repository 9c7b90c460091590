import { actionsMatching, allActions } from "./actions";
import type { Bitset } from "./bitset";
import { Budget, type Shared } from "./budget";
import type { Selection } from "./document";
import { layersOf } from "./layers";
import { literal } from "./pattern";
import type { Grant, Policy, Principal } from "./principal";
import { askAboutProtection, questionBudget, type Search, searchScenarios } from "./question";
import { anyResource, likeTest } from "./resource";
import { callerArn } from "./targets";
import { findAny } from "./universe";
import type { Domain } from "./values";
import { type Verdict, yes } from "./verdict";

/** A request outside self-service that needs no MFA. */
export type MfaHole = Grant;

export interface MfaOptions extends Shared {
  /** Actions, wildcards allowed, that a user may call without MFA besides those needed to set MFA up. */
  readonly selfService?: readonly string[];
  /** `effective`: with these policies. `robust`: also if another policy allowed everything. */
  readonly mode?: "effective" | "robust";
}

/**
 * What a user must be able to do before it has MFA, and what AWS lets pass beside it.
 * "AWS: Allows MFA-authenticated IAM users to manage their own credentials on the Security credentials page" (IAM User Guide).
 */
export const selfServiceActions: readonly string[] = [
  "iam:CreateVirtualMFADevice",
  "iam:EnableMFADevice",
  "iam:GetUser",
  "iam:GetMFADevice",
  "iam:ListMFADevices",
  "iam:ListVirtualMFADevices",
  "iam:ResyncMFADevice",
  "sts:GetSessionToken",
  "iam:ListUsers",
  "iam:ChangePassword",
  "iam:GetAccountPasswordPolicy",
];

/**
 * A statement that closes the hole wherever it stands: without MFA nothing but self-service. `BoolIfExists` holds for long-term
 * keys too, whose requests have no such key ("AWS global condition context keys", IAM User Guide).
 */
export const mfaGateStatement = {
  Effect: "Deny",
  NotAction: selfServiceActions,
  Resource: "*",
  Condition: { BoolIfExists: { "aws:MultiFactorAuthPresent": "false" } },
} as const;

/**
 * Whether some request outside self-service is allowed with a long-term key or in a session without MFA. Yes carries that
 * request; no means that everything else needs MFA, or is not allowed at all.
 */
export function mfaHole(principal: Principal, options: MfaOptions = {}): Verdict<MfaHole> {
  const asked =
    options.mode === "robust" ? { ...principal, identity: [...principal.identity, allowEverything] } : principal;
  const outside = actionsOutside(options.selfService ?? []);
  return askAboutProtection(asked, (completion) => {
    const verdict = searchScenarios(asked, completion, (search) => findAny(outside, search), {
      layers: layersOf(asked, completion),
      budget: new Budget(questionBudget, options.budget),
      scenarios: ({ mfa }) => !mfa,
    });
    if (verdict.answer !== "yes") return verdict;
    const { found, qualifiers } = verdict.because;
    return yes({ ...found, qualifiers, unless: [] });
  });
}

/**
 * Whether the principal can, without MFA, enable an MFA device for somebody else. Whoever holds its key can then put a device
 * of his own on a user who has none, and be that user with MFA once he has the password. "Enabling MFA devices for users in
 * AWS" (IAM User Guide).
 */
export function mfaSetUpForOthers(principal: Principal, options: Shared = {}): Verdict<Grant> {
  return askAboutProtection(principal, (completion) => {
    const verdict = searchScenarios(principal, completion, (search) => findAny(enabling(), search, others(search)), {
      layers: layersOf(principal, completion),
      budget: new Budget(questionBudget, options.budget),
      scenarios: ({ mfa }) => !mfa,
    });
    if (verdict.answer !== "yes") return verdict;
    const { found, qualifiers } = verdict.because;
    return yes({ ...found, qualifiers, unless: [] });
  });
}

const enabling = () => actionsMatching("iam:EnableMFADevice");

/** The users of the account but the caller. */
function others({ scenario }: Search): (action: number) => Domain {
  const self = likeTest([literal(callerArn(scenario))], true);
  return (action) => {
    const users = anyResource(action, scenario, "own");
    return { ...users, always: [...(users.always ?? []), self] };
  };
}

/** AWS lets anyone call it whatever the policies say ("GetCallerIdentity", AWS STS API Reference). */
const neverDenied = "sts:GetCallerIdentity";

/** All actions but those of self-service, of which `selfService` names further ones. */
export function actionsOutside(selfService: readonly string[]): Bitset {
  let outside = allActions();
  for (const pattern of [...selfServiceActions, ...selfService, neverDenied])
    outside = outside.andNot(actionsMatching(pattern));
  return outside;
}

const everything: Selection = { inverted: false, values: ["*"], open: false };

const allowEverything: Policy = {
  origin: "a policy that allows everything",
  document: {
    kind: "identity",
    variables: true,
    statements: [{ path: "$.Statement", effect: "Allow", action: everything, resource: everything, conditions: [] }],
  },
};
