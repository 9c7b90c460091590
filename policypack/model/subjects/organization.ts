import type { Policy } from "../../iam";
import type { Resource } from "../resources/resource";
import type { Value, Waiting } from "../resources/value";
import type { Doubt } from "./identities";
/** A policy of AWS Organizations, of whatever type. */
export interface OrganizationPolicy {
  readonly resource: Resource;
  /** `SERVICE_CONTROL_POLICY` when left out. */
  readonly type: Value<string>;
  readonly content: Policy;
  /** As far as the provider's region tells. */
  readonly partition?: string;
  /** The text as it is sent, for its size. */
  readonly text: Value<string | undefined>;
}

/** The organization's resource policy, by which member accounts may manage its policies. */
export interface OrganizationResourcePolicy {
  readonly resource: Resource;
  readonly content: Policy;
  /** Set while the text is not known. */
  readonly waiting?: Waiting;
  /** The management account, where the provider tells. */
  readonly account?: string;
  readonly partition?: string;
}

/** The organization, where the stack manages it. */
export interface Organization {
  readonly resource: Resource;
  /** `ALL` or `CONSOLIDATED_BILLING`. */
  readonly featureSet: Value<string>;
  /** Those enabled, such as `SERVICE_CONTROL_POLICY`; left out where the resource does not say. */
  readonly policyTypes?: Value<readonly string[]>;
}

/** What central root access the stack switches on. */
export interface OrganizationsFeatures {
  readonly resource: Resource;
  /** `RootCredentialsManagement`, `RootSessions`. */
  readonly enabled: Value<readonly string[]>;
}

/** An account that the stack makes in the organization. */
export interface OrganizationAccount {
  readonly resource: Resource;
  readonly name: Value<string | undefined>;
  /** That of its root user. */
  readonly email: Value<string | undefined>;
  readonly contacts: readonly AlternateContact[];
  /** Contacts that may be meant for it. */
  readonly doubts: readonly Doubt[];
}

export interface AlternateContact {
  readonly by: Resource;
  /** `SECURITY`, `BILLING` or `OPERATIONS`. */
  readonly type: Value<string | undefined>;
}

/** Stands for the root among places: an organization has one ("AWS Organizations terminology and concepts", AWS Organizations User Guide). */
export const rootPlace = "root";

/** A policy of the organization attached to a root, an organizational unit or an account. */
export interface OrganizationAttachment {
  readonly by: Resource;
  /** The resource that makes the policy; undefined when it lives elsewhere or is not known yet. */
  readonly policy?: Resource;
  readonly policyId: Value<string>;
  readonly target: Value<string>;
  /**
   * What tells the target from all others, followed by what tells the organizational units above it and the root, as far as the stack
   * shows them. Undefined where it is not known yet which target is meant.
   */
  readonly place?: readonly string[];
}
