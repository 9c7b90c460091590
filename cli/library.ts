import { check as run } from "./check/check";
import { nameOf, typeOf } from "./pulumi/urn";
import { blocks, type PlacedFinding, type CheckResult as Result } from "./report/check-result";
import { placeOf } from "./report/places";
import { Failure } from "./terminal/failure";

/**
 * What a program's own tests call: `import { check } from "aws-identity-guardrails"`. The types below are all that it shows; the
 * command's own stay within.
 */

/** What is checked, and how. */
export interface CheckOptions {
  /** The folder of a Pulumi program, or a file of `pulumi preview --json` or `pulumi stack export`. The current folder when left out. */
  readonly path?: string;
  /** The stack whose configuration is used; the only one when left out. */
  readonly stack?: string;
  /** Configuration beside the stack's own, by key. */
  readonly config?: Readonly<Record<string, string>>;
  /** The configuration of the policies, as a file for `pulumi --policy-pack-config`. */
  readonly policyConfig?: string;
  /** Answers to functions of providers, as a file: `{"TOKEN": {"name": "value"}}`. */
  readonly answers?: string;
  readonly account?: string;
  readonly region?: string;
  /** Names of environment variables that the program gets beside the listed ones. */
  readonly environment?: readonly string[];
  /** Rules that are asked alone, by their ids. */
  readonly only?: readonly string[];
  /** 120 when left out. */
  readonly timeoutSeconds?: number;
}

/** A request that proves a finding. */
export interface Witness {
  /** Who is asking, in words. */
  readonly scenario: string;
  readonly action: string;
  readonly resource: string;
  /** Condition keys of the request; one that is left out is absent from it. */
  readonly context: Readonly<Record<string, string | readonly string[]>>;
}

export interface Finding {
  /** The id of the rule: `no-overbroad-group`. */
  readonly rule: string;
  readonly level: "mandatory" | "advisory";
  readonly severity: "critical" | "high" | "medium" | "low" | "unspecified";
  /** Whether it makes the outcome "blocked". */
  readonly blocks: boolean;
  readonly what: string;
  readonly why?: string;
  readonly fix?: string;
  /** What the fix says to write, as JSON. */
  readonly code?: string;
  /** Requests that prove it, one after another. */
  readonly witness: readonly Witness[];
  /** Names of those who are meant: `user "anna"`. */
  readonly subjects: readonly string[];
  /** What is to be mended; empty texts for the whole stack. */
  readonly resource: { readonly urn: string; readonly type: string; readonly name: string };
  /** Where the program makes it; left out where its SDK does not say. `file` is relative to the project's folder. */
  readonly source?: { readonly file: string; readonly line: number; readonly column: number };
  /** The same for the same finding in any stack or account. */
  readonly fingerprint: string;
  /** All of it, as the engine shows it. */
  readonly message: string;
}

export interface CheckResult {
  /** "failed" where the run came to no end: `error` says why, and the findings are those made before. */
  readonly outcome: "passed" | "blocked" | "failed";
  readonly error?: { readonly message: string; readonly fix: string; readonly details: string };
  readonly project: string;
  readonly stack: string;
  /** How many resources there are. */
  readonly resources: number;
  /** What blocks first, then the most severe. */
  readonly findings: readonly Finding[];
  /** What was taken for granted, and what could not be seen. */
  readonly assumptions: readonly string[];
  readonly notSeen: readonly string[];
}

/**
 * Holds what a Pulumi program would create to the guardrails, as the command `check` does: without an engine, a cloud or credentials.
 * The program runs, in a process of its own.
 *
 * @throws Error for bad input: a folder without a program, a configuration with mistakes
 */
export async function check(options: CheckOptions = {}): Promise<CheckResult> {
  const { path = ".", stack, config = {}, policyConfig, answers, account, region, environment = [] } = options;
  try {
    const result = await run({
      ...{ path, stack, policyConfig, answers, account, region, environment },
      config: Object.entries(config).map(([key, value]) => `${key}=${value}`),
      only: options.only ?? [],
      timeoutSeconds: options.timeoutSeconds ?? 120,
    });
    return resultOf(result);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    throw new Error([error.message, error.details, error.fix].filter((part) => part !== "").join("\n"));
  }
}

function resultOf(result: Result): CheckResult {
  const { outcome, failure, project, stack, resources, findings, assumptions, notSeen } = result;
  const error = failure && { message: failure.message, fix: failure.fix, details: failure.details };
  return {
    outcome,
    ...(error === undefined ? {} : { error }),
    ...{ project, stack, resources, assumptions, notSeen },
    findings: findings.map((finding) => findingOf(finding, result)),
  };
}

function findingOf(finding: PlacedFinding, result: Result): Finding {
  const { rule, level, severity, text, witnesses, subjects, resource, source, fingerprint, message } = finding;
  const { what, why, fix, code } = text;
  const { file, line, column } = placeOf(finding, result, result.folder);
  return {
    ...{ rule, level, severity, blocks: blocks(finding), what },
    ...(why === undefined ? {} : { why }),
    ...(fix === undefined ? {} : { fix }),
    ...(code === undefined ? {} : { code }),
    ...{ witness: witnesses, subjects, fingerprint, message },
    resource: { urn: resource, type: typeOf(resource), name: nameOf(resource) },
    ...(source === undefined ? {} : { source: { file, line, column } }),
  };
}
