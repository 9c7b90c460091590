import { isRead, type Policy, type RootStatementVerdict, rootHold, type Statement } from "../../policypack/iam";

/** One Deny that is about the root user. */
export interface RootStatement {
  readonly statement: Statement;
  readonly verdict: RootStatementVerdict;
}

/**
 * `held`: one Deny takes everything from the root users of member accounts, save the actions it spares. `partly`: Denies hold
 * them, but only for some actions or resources or on some condition. `escapes`: a Deny that means the root user misses it.
 * `not-mentioned`: no Deny is about the root user.
 */
export interface RootAnswer {
  readonly answer: "held" | "partly" | "escapes" | "not-mentioned" | "unknown";
  readonly statements: readonly RootStatement[];
}

/** Whether the SCPs hold the root users of the accounts that they are attached to. */
export function rootAnswer(policies: readonly Policy[]): RootAnswer {
  const statements = policies.filter(isRead).flatMap(({ origin, document }) =>
    rootHold(document, { origin, beside: policies.filter((policy) => policy.origin !== origin) }).flatMap((verdict) => {
      const statement = document.statements.find(({ path }) => path === verdict.statement.path);
      return statement === undefined ? [] : [{ statement, verdict }];
    }),
  );
  return { answer: summaryOf(statements), statements };
}

function summaryOf(statements: readonly RootStatement[]): RootAnswer["answer"] {
  const binding = statements.filter(({ verdict }) => verdict.escapes.answer === "no");
  if (binding.some(({ statement }) => isTotal(statement))) return "held";
  if (statements.some(({ verdict }) => verdict.escapes.answer === "yes")) return "escapes";
  if (statements.some(({ verdict }) => verdict.escapes.answer === "unknown")) return "unknown";
  return binding.length > 0 ? "partly" : "not-mentioned";
}

/** Conditions that leave a Deny on the root user whole: who asks, and whether it is a session of sts:AssumeRoot. */
const harmless = ["aws:principalarn", "aws:assumedroot"];

/** Whether a Deny means everything that the root user does, save actions that it names. */
function isTotal({ action, resource, conditions }: Statement): boolean {
  const allActions = action.inverted || action.values.some((value) => /^\*+(?::\*+)?$/.test(value));
  const allResources = !resource.inverted && resource.values.some((value) => /^\*+$/.test(value));
  return allActions && allResources && conditions.every(({ key }) => harmless.includes(key));
}
