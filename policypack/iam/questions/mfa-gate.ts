import type { Shared } from "../answer/budget";
import type { Grant } from "../answer/grant";
import { no, type Verdict } from "../answer/verdict";
import { actionsMatching, actionsMatchingAny, allActions, indexOf } from "../aws/actions";
import type { Bitset } from "../aws/bitset";
import { askAboutProtection } from "../evaluation/both-sides";
import { findAny } from "../evaluation/find-any";
import { mayGrant } from "../evaluation/grantable";
import { layersOf } from "../evaluation/policy-layers";
import { forOneQuestion, type Search, searchScenarios } from "../evaluation/search";
import { arnGlob } from "../language/arn-glob";
import type { Selection } from "../language/document";
import { isRead, type Policy } from "../language/policy";
import { callerArn, otherThan } from "../requests/iam-targets";
import type { Principal } from "../requests/principal";
import type { Scenario } from "../requests/request";
import { anyResource, notOfAws } from "../requests/resource-domain";
import { remembering } from "../shared/remembering";
import type { Domain } from "../solver/domain";
import { likeTest } from "../solver/test";

/** A request outside self-service that needs no MFA. */
export type MfaHole = Grant;

export interface MfaOptions extends Shared {
  /** Actions, wildcards allowed, that a user may call without MFA besides those needed to set MFA up. */
  readonly selfService?: readonly string[];
  /** `effective`: with these policies. `robust`: also if another policy allowed everything. */
  readonly mode?: "effective" | "robust";
  /** `password`: a user that signs in to the console and has no access key. */
  readonly credentials?: "any" | "password";
}

/** What people call before they have MFA: to set it up, and to change a password that has to be changed first. */
const beforeMfa = [
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
] as const;

/**
 * What a user may do before it has MFA: set it up, and read what the console's security page shows. AWS does not delete a virtual
 * device that is enabled, so deleting one takes nobody's MFA away ("DeleteVirtualMFADevice", IAM API Reference). What `aws login`
 * calls gives credentials that have MFA only if the sign-in in the browser had it ("Sign in through the AWS Command Line
 * Interface", AWS Sign-In User Guide), as sts:GetSessionToken does.
 * "AWS: Allows MFA-authenticated IAM users to manage their own credentials on the Security credentials page" (IAM User Guide).
 */
export const selfServiceActions: readonly string[] = [
  ...beforeMfa,
  "iam:ListAccountAliases",
  "iam:GetAccountSummary",
  "iam:GetLoginProfile",
  "iam:ListAccessKeys",
  "iam:ListSSHPublicKeys",
  "iam:ListServiceSpecificCredentials",
  "iam:ListSigningCertificates",
  "iam:DeleteVirtualMFADevice",
  "signin:AuthorizeOAuth2Access",
  "signin:CreateOAuth2Token",
];

/**
 * A statement that closes the hole wherever it stands: without MFA nothing but self-service. `BoolIfExists` holds for long-term
 * keys too, whose requests have no such key ("AWS global condition context keys", IAM User Guide).
 */
export const mfaGateStatement = {
  Effect: "Deny",
  NotAction: beforeMfa,
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
  if (!mayGrant(asked, outside)) return no;
  return askAboutProtection(asked, (approximation) => {
    return searchScenarios(asked, approximation, (search) => findAny(outside, search), {
      layers: layersOf(asked, approximation),
      ...forOneQuestion(options),
      scenarios: withoutMfa(options),
    });
  });
}

function withoutMfa({ credentials }: Pick<MfaOptions, "credentials">): (scenario: Scenario) => boolean {
  return (scenario) => !scenario.mfa && (credentials !== "password" || !isByAccessKey(scenario));
}

/** Of the scenarios without MFA only that of an access key rules the key out. */
function isByAccessKey({ settled }: Scenario): boolean {
  return settled.get("aws:multifactorauthpresent")?.values.length === 0;
}

/** Which roles can be assumed without MFA, as far as the caller's own policies decide. */
export interface RolesWithoutMfa {
  /** Some role that no statement names: a pattern, or everything. */
  readonly unnamed: Verdict<Grant>;
  /** By ARN: the roles that a statement names, and nothing more. */
  readonly named: ReadonlyMap<string, Verdict<Grant>>;
}

/** What goes with sts:AssumeRole and is nothing without it ("Passing session tags in AWS STS", IAM User Guide). */
export const assumingActions: readonly string[] = ["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"];

/**
 * The roles that the principal may call sts:AssumeRole on without MFA. Those of AWS's services and of IAM Identity Center let no
 * user in ("Using service-linked roles", IAM User Guide).
 */
export function rolesWithoutMfa(principal: Principal, options: MfaOptions = {}): RolesWithoutMfa {
  const named = namedRoles(principal);
  const assume = indexOf("sts:AssumeRole") ?? 0;
  if (!mayGrant(principal, actionsMatching("sts:AssumeRole"))) return { unnamed: no, named: new Map() };
  const ask = (limits: (domain: Domain) => Domain): Verdict<Grant> =>
    askAboutProtection(principal, (approximation) => {
      const resourceOf = (scenario: Scenario) => limits(anyResource(assume, scenario));
      return searchScenarios(
        principal,
        approximation,
        (search) => findAny(actionsMatching("sts:AssumeRole"), search, () => resourceOf(search.scenario)),
        {
          layers: layersOf(principal, approximation),
          ...forOneQuestion(options),
          scenarios: withoutMfa(options),
        },
      );
    });
  const others = [notOfAws(), likeTest(named.map(arnGlob), true)];
  return {
    unnamed: ask((domain) => ({ ...domain, always: [...(domain.always ?? []), ...others] })),
    named: new Map(named.map((arn) => [arn, ask((domain) => ({ ...domain, values: [[arn]] }))])),
  };
}

/** Whether an Action or NotAction element may mean sts:AssumeRole; one that is not known yet may. */
function mayAssume({ inverted, values, open }: Selection): boolean {
  return inverted || open || actionsMatchingAny(values).has(indexOf("sts:AssumeRole") ?? 0);
}

/** ARNs of roles that the policies name without a wildcard. */
function namedRoles({ identity, boundary }: Principal): readonly string[] {
  const values = [...identity, ...(boundary === undefined ? [] : [boundary])].flatMap((policy) =>
    isRead(policy)
      ? policy.document.statements.flatMap(({ action, resource }) => (mayAssume(action) ? resource.values : []))
      : [],
  );
  return [
    ...new Set(values.filter((value) => /^arn:[^:]*:iam::[^:]*:role\/[^*?$]+$/.test(value) && !/[*?$]/.test(value))),
  ];
}

/**
 * Whether the principal can, without MFA, enable an MFA device for somebody else. Whoever holds its key can then put a device
 * of his own on a user who has none, and be that user with MFA once he has the password. "Enabling MFA devices for users in
 * AWS" (IAM User Guide).
 */
export function mfaSetUpForOthers(principal: Principal, options: MfaOptions = {}): Verdict<Grant> {
  return askAboutOthers("iam:EnableMFADevice", principal, options, (scenario) => callerArn(scenario));
}

/**
 * Whether it can, without MFA, delete a virtual MFA device that is not named as itself: that of somebody who is about to enable
 * it. "DeleteVirtualMFADevice" (IAM API Reference).
 */
export function mfaRemovalForOthers(principal: Principal, options: MfaOptions = {}): Verdict<Grant> {
  return askAboutOthers("iam:DeleteVirtualMFADevice", principal, options, (scenario) =>
    callerArn(scenario).replace(/:user\/(?:.*\/)?/, ":mfa/"),
  );
}

function askAboutOthers(
  action: string,
  principal: Principal,
  options: MfaOptions,
  ownOf: (scenario: Scenario) => string,
): Verdict<Grant> {
  const others =
    ({ scenario }: Search) =>
    (asked: number): Domain =>
      otherThan(anyResource(asked, scenario, "own"), [ownOf(scenario)]);
  if (!mayGrant(principal, actionsMatching(action))) return no;
  return askAboutProtection(principal, (approximation) => {
    return searchScenarios(
      principal,
      approximation,
      (search) => findAny(actionsMatching(action), search, others(search)),
      {
        layers: layersOf(principal, approximation),
        ...forOneQuestion(options),
        scenarios: withoutMfa(options),
      },
    );
  });
}

/** AWS lets anyone call it whatever the policies say ("GetCallerIdentity", AWS STS API Reference). */
const neverDenied = "sts:GetCallerIdentity";

/** All actions but those of self-service, of which `selfService` names further ones. */
export function actionsOutside(selfService: readonly string[]): Bitset {
  return outsideOf(selfService.join("\n"));
}

const outsideOf = remembering((further) => {
  const inside = [...selfServiceActions, neverDenied, ...further.split("\n")];
  return allActions().andNot(actionsMatchingAny(inside));
});

const everything: Selection = { inverted: false, values: ["*"], open: false };

const allowEverything: Policy = {
  origin: "a policy that allows everything",
  document: {
    kind: "identity",
    variables: true,
    statements: [{ path: "$.Statement", effect: "Allow", action: everything, resource: everything, conditions: [] }],
  },
};
