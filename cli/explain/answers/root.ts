import {
  isRead,
  type Policy,
  type RootStatementVerdict,
  rootHold,
  rootMay,
  type Shared,
  type Statement,
} from "../../../policypack/iam";

/** One statement that is about the root user: a Deny that means it, or an Allow that leaves it out. */
export interface RootStatement {
  readonly statement: Statement;
  readonly verdict: RootStatementVerdict;
}

/**
 * `held`: the root users of member accounts may do nothing, save the actions that a Deny spares on purpose, whether it means them or
 * everybody. `partly`: statements hold them, but only for some actions or resources or on some condition. `escapes`: a statement that
 * means the root user misses it. `not-mentioned`: no statement is about the root user, and something is left to it.
 */
export interface RootAnswer {
  readonly answer: "held" | "partly" | "escapes" | "not-mentioned" | "unknown";
  readonly statements: readonly RootStatement[];
}

/** Whether the SCPs hold the root users of the accounts that they are attached to. */
export function rootAnswer(policies: readonly Policy[], options: Shared = {}): RootAnswer {
  const statements = policies.filter(isRead).flatMap(({ origin, document }) =>
    rootHold(document, { ...options, origin, beside: policies.filter((policy) => policy.origin !== origin) }).flatMap(
      (verdict) => {
        const statement = document.statements.find(({ path }) => path === verdict.statement.path);
        return statement === undefined ? [] : [{ statement, verdict }];
      },
    ),
  );
  return { answer: summaryOf(statements, policies, options), statements };
}

function summaryOf(
  statements: readonly RootStatement[],
  policies: readonly Policy[],
  options: Shared,
): RootAnswer["answer"] {
  const may = rootMay(policies, options);
  if (may.answer === "no") return "held";
  const answers = statements.map(({ verdict }) => verdict.escapes.answer);
  if (answers.includes("yes")) return "escapes";
  if (may.answer === "unknown" || answers.includes("unknown")) return "unknown";
  return answers.length > 0 ? "partly" : "not-mentioned";
}
