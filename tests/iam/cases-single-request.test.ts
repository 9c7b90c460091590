import { equal } from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isAllowed, type Policies, type Request } from "./reference";

/** One request that AWS's documentation decides, named after the rule that decides it. */
interface Case {
  readonly name: string;
  readonly version: string | null;
  readonly statements?: readonly unknown[];
  /** The text of the policy, where the text itself matters. */
  readonly document?: string;
  readonly boundary?: readonly unknown[];
  readonly scpLevels?: readonly (readonly unknown[])[];
  readonly request: { readonly action: string; readonly resource: string; readonly ctx: Request["context"] };
  readonly expected: "Allowed" | "Denied";
}

const cases = JSON.parse(readFileSync(join(__dirname, "data", "single-requests.json"), "utf8")) as readonly Case[];

function policiesOf({ version, statements, document, boundary, scpLevels }: Case): Policies {
  const policy = (Statement: readonly unknown[]) =>
    version === null ? { Statement } : { Version: version, Statement };
  return {
    identity: [document ?? policy(statements ?? [])],
    ...(boundary === undefined ? {} : { boundary: policy(boundary) }),
    ...(scpLevels === undefined ? {} : { scps: scpLevels.map((level) => [policy(level)]) }),
  };
}

function requestOf({ request: { action, resource, ctx } }: Case): Request {
  return { action, resource, context: ctx };
}

describe("single requests, decided by the reference", () => {
  for (const one of cases)
    it(one.name, () => equal(isAllowed(requestOf(one), policiesOf(one)) ? "Allowed" : "Denied", one.expected));
});
