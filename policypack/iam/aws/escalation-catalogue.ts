import { lazily } from "../shared/lazily";
import { textOf } from "../shared/table";
import { escalationPaths } from "./generated/escalation-paths";

/** A set of actions that together raise their caller's power, known from public catalogues. */
export interface EscalationPath {
  readonly id: string;
  /** For people: "a new Lambda function with a role of its choice". */
  readonly name: string;
  readonly actions: readonly string[];
  /** `block` for a path that holds up, `warn` for one that is worth a look. */
  readonly tier: "block" | "warn";
  /** What must exist already for the path to work. */
  readonly requires: "none" | "existing-resource" | "boundary" | "identity-center-account" | "retired-service";
  /** Services, one of which the passed role must trust. */
  readonly passedTo?: readonly string[];
  /** Ids of smaller paths inside this one, better reported in its place. */
  readonly supersetOf?: readonly string[];
}

/** All known paths, the best known first, as in tools/data/escalation-paths.json. The generator writes exactly these fields. */
export const knownEscalationPaths: () => readonly EscalationPath[] = lazily(
  () => JSON.parse(textOf(escalationPaths)) as readonly EscalationPath[],
);
