/**
 * What the page is made of, as it is embedded in it. INVARIANT: every text is masked and has nothing in it that hides or reorders
 * text; the page shows texts as texts, never as markup. Knows no other source, for it is read on both sides.
 */
export interface PageData {
  readonly verdict: string;
  readonly outcome: "passed" | "blocked" | "failed";
  /** One line beneath the verdict. */
  readonly counts: string;
  /** What was judged: an account, or a stack with its project. */
  readonly scopes: readonly PageScope[];
  readonly findings: readonly PageFinding[];
}

export interface PageScope {
  readonly name: string;
  readonly failure?: { readonly message: string; readonly fix: string };
  readonly assumptions: readonly string[];
  readonly notSeen: readonly string[];
  /** Of an account only. */
  readonly audit?: PageAudit;
}

export interface PageFinding {
  /** Index of its scope. */
  readonly scope: number;
  readonly rule: string;
  /** The command that shows the page of the rule; of this package's own rules only. */
  readonly more?: string;
  readonly severity: "critical" | "high" | "medium" | "low" | "unspecified";
  readonly standing: "blocking" | "advisory" | "undecided" | "exempt" | "inBaseline";
  readonly level: "mandatory" | "advisory";
  readonly what: string;
  readonly items: readonly string[];
  readonly why?: string;
  readonly fix?: string;
  readonly code?: string;
  readonly notes: readonly { readonly label: string; readonly text: string }[];
  readonly subjects: readonly string[];
  readonly requests: readonly PageRequest[];
  readonly statements: readonly string[];
  readonly fingerprint: string;
  /** File, and line where it is known. */
  readonly place: string;
  readonly resource: string;
  /** The resources of stacks that make it, or that none does; empty where nobody asked. */
  readonly owners: readonly string[];
  /** Why it does not block, where an exception covers it. */
  readonly exceptions: readonly string[];
}

/** A request that is allowed and should not be. */
export interface PageRequest {
  readonly who: string;
  readonly action: string;
  readonly resource: string;
  /** `key = value`. */
  readonly context: readonly string[];
}

export interface PageAudit {
  readonly identities: readonly PageIdentity[];
  /** Indexes: from which identity to which, and of the reason. */
  readonly steps: readonly (readonly [from: number, to: number, reason: number])[];
  readonly reasons: readonly PageReason[];
  readonly mends: readonly { readonly what: string; readonly cuts: number }[];
  readonly coverage: readonly PageCoverage[];
}

export interface PageIdentity {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  readonly isAdministrator: boolean;
  readonly distance?: number;
  readonly hasMfaDevice?: boolean;
}

/** How a step is made; many steps are made in the same way. */
export interface PageReason {
  readonly how: string;
  readonly path?: string;
  readonly requests: readonly PageRequest[];
  readonly statements: readonly string[];
}

export interface PageCoverage {
  readonly rule: string;
  readonly failed: number;
  readonly passed: number;
  readonly notChecked: readonly {
    readonly because: string;
    readonly permission?: string;
    readonly subjects?: string;
  }[];
}
