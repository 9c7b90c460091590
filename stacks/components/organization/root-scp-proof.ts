import { parseDocument, rootHold } from "../../../policypack/iam";
import { Unmet } from "../shared/prerequisites";

/** An exemption for sessions of sts:AssumeRoot leaves the root user itself as bound as before. */
const HARMLESS_CONDITION = "aws:assumedroot";

const PARTITIONS = ["aws", "aws-us-gov", "aws-cn", "aws-eusc"];

/**
 * Why the text of a service control policy is not proved to bind the root users of member accounts in `partition`, for
 * what its statements about them list; undefined for one that is. What cannot be decided is no proof.
 */
export function doubtsAbout(text: string, partition: string): string | undefined {
  const { document, faults } = parseDocument(text, "scp");
  const [fault] = faults;
  if (fault !== undefined) return `${fault.path}: ${fault.message}. To mend it: ${fault.fix}.`;
  const statements = document === undefined ? [] : rootHold(document, { origin: "document", partition });
  if (statements.length === 0) {
    return 'no statement of it denies anything to the root user. Add one with the condition ArnLike "aws:PrincipalArn".';
  }
  for (const { statement, escapes, narrowedBy } of statements) {
    if (escapes.answer === "yes")
      return `${statement.path}: ${escapes.because.reason}. To mend it: ${escapes.because.fix}.`;
    if (escapes.answer === "unknown") return `${statement.path}: ${escapes.because.join("; ")}.`;
    const narrow = narrowedBy.filter((key) => key.toLowerCase() !== HARMLESS_CONDITION);
    if (narrow.length > 0)
      return `${statement.path} binds it only where ${narrow.join(", ")} fits. Take that condition out.`;
  }
  return undefined;
}

/** The doubts about the usual partition, where no partition is free of them. */
export function rootHeldIn(text: string): string | undefined {
  const [first, ...others] = PARTITIONS.map((partition) => doubtsAbout(text, partition));
  return others.includes(undefined) ? undefined : first;
}

/** Throws {@link Unmet} for a document that is not proved to hold root in the organization's own partition. */
export function requireRootHeld(component: string, text: string, partition: string): void {
  const doubts = doubtsAbout(text, partition);
  if (doubts !== undefined) {
    throw new Unmet(component, `the policy is not proved to hold the root user of partition ${partition}: ${doubts}`);
  }
}
