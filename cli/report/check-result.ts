import type { Finding } from "../pack/finding";
import type { ProjectPosition } from "../pulumi/source-position";
import type { Failure } from "../terminal/failure";
import type { AccountAudit } from "./account-audit";

/** A finding, and where the program makes the resource that is to be mended. */
export interface PlacedFinding extends Finding {
  /** Left out where the program's SDK does not say, as Python's does not. */
  readonly source?: ProjectPosition;
  /** Of an audit that was given stacks: the resources that make the identity or policy, none where none of the stacks does. */
  readonly owners?: readonly Owner[];
  /** Set where a baseline holds it, so that it does not block. */
  readonly isInBaseline?: boolean;
}

/** A resource of a stack that makes something in an account. */
export interface Owner {
  readonly project: string;
  readonly stack: string;
  readonly urn: string;
  /** In the project's folder; left out where the stack does not say. */
  readonly source?: ProjectPosition;
}

/** What `check` says of one stack. */
export interface CheckResult {
  /** `failed` where the run came to no end: what was found so far is not all. */
  readonly outcome: "passed" | "blocked" | "failed";
  /** Why the run came to no end; of a failed run only. */
  readonly failure?: Failure;
  /** In reading order: what blocks first, then the most severe. */
  readonly findings: readonly PlacedFinding[];
  readonly assumptions: readonly string[];
  readonly notSeen: readonly string[];
  readonly project: string;
  readonly stack: string;
  /** How many there are. */
  readonly resources: number;
  /** The folder of the project's file, absolute. */
  readonly folder: string;
  /** The name of the project's file in it, as a rule Pulumi.yaml. */
  readonly projectFile: string;
  /** Of an audit only. */
  readonly audit?: AccountAudit;
}

/** Which findings end in exit code 1. */
export type FailOn = "mandatory" | "advisory" | "never";

/** Whether a finding blocks: Pulumi's exceptions and a baseline take that from it. */
export function blocks({ level, exceptions, isInBaseline }: PlacedFinding, failOn: FailOn = "mandatory"): boolean {
  if (exceptions !== undefined || isInBaseline === true || failOn === "never") return false;
  return failOn === "advisory" || level === "mandatory";
}
