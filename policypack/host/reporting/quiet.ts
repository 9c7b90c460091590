import type { Answer } from "../evaluation/run-rule";
import type { Secrets } from "../outgoing/secrets";

/** An answer in whose words every secret is masked; what a rule says of a resource that holds one names no value of the request. */
export function keptQuiet({ rule, outcome }: Answer, secrets: Secrets): Answer {
  switch (outcome.kind) {
    case "crash":
      return { rule, outcome };
    case "undecided":
      return { rule, outcome: { ...outcome, because: secrets.masked(outcome.because) } };
    case "finding": {
      const { urn, what, why, fix, statements = [], cause } = outcome;
      const mentioned = `${what} ${why} ${fix}`.match(/urn:pulumi:[^\s#]*[^\s#.,;:)]/g) ?? [];
      const origins = statements.map(({ origin }) => origin.split("#", 1)[0] ?? "");
      const about = [urn, ...(cause === undefined ? [] : [cause.urn]), ...mentioned, ...origins];
      const masked = (text: string): string =>
        secrets.isHeldBy(about) ? secrets.maskedWitness(text) : secrets.masked(text);
      const subject = secrets.masked(outcome.subject);
      return { rule, outcome: { ...outcome, subject, what: masked(what), why: masked(why), fix: secrets.masked(fix) } };
    }
  }
}
