import type { Witness } from "../../iam";
import type { Answer } from "../evaluation/run-rule";
import { mask, type Secrets } from "../outgoing/secrets";

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
      const witnesses = (outcome.witnesses ?? []).map((witness) =>
        quietWitness(witness, secrets, secrets.isHeldBy(about)),
      );
      const words = { subject, what: masked(what), why: masked(why), fix: secrets.masked(fix), witnesses };
      return { rule, outcome: { ...outcome, ...words } };
    }
  }
}

/** @param isOfSecret whether a secret condition may have led to its values */
function quietWitness(witness: Witness, secrets: Secrets, isOfSecret: boolean): Witness {
  const { scenario, action, resource, context } = witness;
  const values = Object.entries(context).map(([key, value]) => {
    const shown = typeof value === "string" ? secrets.masked(value) : value.map((each) => secrets.masked(each));
    return [key, isOfSecret ? mask : shown];
  });
  return {
    scenario: secrets.masked(scenario),
    action,
    resource: secrets.masked(resource),
    context: Object.fromEntries(values),
  };
}
