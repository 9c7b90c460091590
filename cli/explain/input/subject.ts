import type { Policy, Principal } from "../../../policypack/iam";

/** What plain policy files are taken for. */
export type Role = "user" | "group" | "role" | "scp" | "boundary";

export const roles: readonly Role[] = ["user", "group", "role", "scp", "boundary"];

/** Whom or what an explanation is about. */
export interface Subject {
  readonly as: Role;
  /** For people: `user alice`, `gate.json`. */
  readonly name: string;
  /** Where it is known. */
  readonly arn?: string;
  /** For a boundary or SCPs: an administrator under them. */
  readonly principal: Principal;
  /** What was taken for granted to explain it. */
  readonly assumptions: readonly string[];
}

/** Every policy of a subject, each once. */
export function policiesOf({ principal }: Subject): readonly Policy[] {
  const { identity, boundary, scps = [] } = principal;
  return [...identity, ...(boundary === undefined ? [] : [boundary]), ...scps.flat()].filter(
    (policy) => policy !== everything,
  );
}

/** Stands for the grants that a boundary or an SCP limits. */
export const everything: Policy = {
  origin: "a policy that allows everything",
  document: {
    kind: "identity",
    variables: true,
    statements: [
      {
        path: "$.Statement[0]",
        effect: "Allow",
        action: { inverted: false, values: ["*"], open: false },
        resource: { inverted: false, values: ["*"], open: false },
        conditions: [],
      },
    ],
  },
};
