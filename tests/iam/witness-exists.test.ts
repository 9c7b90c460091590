import assert from "node:assert/strict";
import {
  adminPower,
  type Document,
  escalationPaths,
  mfaHole,
  type Principal,
  parseDocument,
} from "../../policypack/iam";
import { arnTemplatesOf, indexOf } from "../../policypack/iam/aws/actions";
import { managedPolicyArns, managedPolicyText } from "../../policypack/iam/aws/managed-policies";

type Witness = { readonly action: string; readonly resource: string };

/** Every request that an answer holds, wherever in it. */
function witnessesIn(answer: unknown): readonly Witness[] {
  if (typeof answer !== "object" || answer === null) return [];
  if ("action" in answer && "resource" in answer && "scenario" in answer) return [answer as unknown as Witness];
  return Object.values(answer).flatMap(witnessesIn);
}

/** Whether AWS documents that the action works on such a resource. */
function canExist({ action, resource }: Witness): boolean {
  const index = indexOf(action);
  // An action of a service to come.
  if (index === undefined) return true;
  const templates = arnTemplatesOf(index);
  if (templates.length === 0) return resource === "*";
  const parts = resource.split(":");
  return templates.some((template) => {
    const wanted = template.split(":");
    const [kind = ""] = wanted.slice(5).join(":").split("*");
    return (wanted[2] === parts[2] || wanted[2] === "*") && parts.slice(5).join(":").startsWith(kind);
  });
}

const policies: readonly (readonly [string, Document])[] = managedPolicyArns().map((arn) => {
  const { document } = parseDocument(managedPolicyText(arn) ?? "", "identity");
  assert.ok(document);
  return [arn, document];
});

describe("requests that prove an answer", () => {
  for (const kind of ["user", "group", "role"] as const) {
    it(`are ones that AWS documents, for every AWS managed policy of a ${kind}`, () => {
      const impossible = policies.flatMap(([arn, document]) => {
        const principal: Principal = { kind, name: "someone", identity: [{ origin: arn, document }] };
        const answers = [adminPower(principal), escalationPaths(principal), kind === "role" ? [] : mfaHole(principal)];
        return witnessesIn(answers)
          .filter((it) => !canExist(it))
          .map(({ action, resource }) => `${arn}: ${action} on ${resource}`);
      });
      assert.deepEqual(impossible, []);
    });
  }
});
