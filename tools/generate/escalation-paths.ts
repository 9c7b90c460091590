import type { EscalationPath } from "../../policypack/iam/aws/escalation-catalogue";
import type { Source } from "./module";
import { readJson, repositoryRoot } from "./packages";

const FILE = ["tools", "data", "escalation-paths.json"];

interface Catalogue {
  readonly version: string;
  readonly date: string;
  readonly paths: readonly EscalationPath[];
}

/** What a decision needs of the catalogue, which also counts and names the sources of each path and says why it is what it is. */
export function escalationPaths(): Source {
  const { version, date, paths } = readJson<Catalogue>(repositoryRoot, ...FILE);
  const needed = paths.map(({ id, name, actions, tier, requires, passedTo, supersetOf }) => {
    return { id, name, actions, tier, requires, passedTo, supersetOf };
  });
  return { source: FILE.join("/"), version, date, text: JSON.stringify(needed) };
}
