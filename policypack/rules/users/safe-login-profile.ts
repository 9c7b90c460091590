import { nameForPeople, type Password, type User } from "../../model";
import { unknownFrom } from "../authoring/example";
import { loginProfile, mfaGate, policy, user, userPolicy } from "../authoring/example-resources";
import { defineRule, type Outcome } from "../authoring/rule";

const options = {
  minimumLength: {
    type: "integer",
    description: "Shortest password allowed, in characters.",
    default: 14,
    minimum: 6,
    maximum: 128,
  },
} as const;

const gated = [user("alice"), userPolicy("gate", "alice", policy(mfaGate))];
const pgpKey = "keybase:alice";

export const safeLoginProfile = defineRule({
  id: "safe-login-profile",
  title: "First passwords are encrypted, long and changed at once",
  severity: "medium",
  level: "advisory",
  rationale:
    "A password that infrastructure code makes stands in the stack's state, where everybody who may read the state can read it, unless it is encrypted for its " +
    "owner; and it stays valid until somebody changes it.",
  remediation: "Give pgpKey, set passwordResetRequired: true, and leave passwordLength at 20 or set at least 14.",
  controls: [
    { framework: "CIS AWS Foundations", version: "3.0.0", id: "1.8" },
    { framework: "PCI DSS", version: "4.0.1", id: "8.3.6" },
    { framework: "NIST 800-53", version: "5", id: "IA-5(1)" },
  ],
  options,
  on: "user",
  phases: ["resource"],

  *check(user: User, { options: { minimumLength } }): Iterable<Outcome> {
    for (const { by, password } of user.credentials) {
      if (password === undefined) continue;
      const subject = `the password of the ${nameForPeople(user)}`;
      const faults = faultsOf(password, minimumLength);
      if (faults.length > 0) {
        yield {
          kind: "finding",
          urn: by.urn,
          subject,
          what: `The first password of the ${nameForPeople(user)} is not safe: ${faults.map(({ says }) => says).join("; ")}.`,
          why: faults.map(({ why }) => why).join(" "),
          fix: faults.map(({ mend }) => mend).join(" "),
        };
      }
      for (const value of [password.isEncrypted, password.resetRequired, password.length]) {
        if (value.known) continue;
        const because = `${value.waiting.property} is not known yet`;
        yield { kind: "undecided", urn: by.urn, subject, because, waiting: [value.waiting] };
      }
    }
  },

  examples: {
    fail: [
      {
        title: "a password that the state shows and that lasts",
        resources: [loginProfile("alice-login", "alice"), ...gated],
      },
      {
        title: "a short password",
        resources: [
          loginProfile("alice-login", "alice", { pgpKey, passwordResetRequired: true, passwordLength: 8 }),
          ...gated,
        ],
      },
    ],
    pass: [
      {
        title: "encrypted for its owner, to be changed at the first sign-in",
        resources: [loginProfile("alice-login", "alice", { pgpKey, passwordResetRequired: true }), ...gated],
      },
      {
        title: "a PGP key that is not known yet",
        resources: [
          loginProfile("alice-login", "alice", { pgpKey: unknownFrom("key"), passwordResetRequired: true }),
          ...gated,
        ],
      },
    ],
    undecided: [
      {
        title: "a length that is not known yet",
        resources: [
          loginProfile("alice-login", "alice", {
            pgpKey,
            passwordResetRequired: true,
            passwordLength: unknownFrom("settings"),
          }),
          ...gated,
        ],
      },
    ],
  },
});

interface Fault {
  readonly says: string;
  readonly why: string;
  readonly mend: string;
}

/** Says nothing of the password itself, its length included: the number asked for is enough. */
function faultsOf({ isEncrypted, resetRequired, length }: Password, minimumLength: number): readonly Fault[] {
  const isShort = length.known && length.value !== undefined && length.value < minimumLength;
  return [
    ...(isEncrypted.known && !isEncrypted.value
      ? [
          {
            says: "it is not encrypted",
            why: "Whoever reads the program or its state can sign in with it.",
            mend: "Give pgpKey to aws.iam.UserLoginProfile, so that only its owner can read it; a password in code or a template cannot be protected so.",
          },
        ]
      : []),
    ...(resetRequired.known && !resetRequired.value
      ? [
          {
            says: "it need not be changed at the first sign-in",
            why: "Whoever made it knows it for as long as it is valid.",
            mend: "Set passwordResetRequired: true.",
          },
        ]
      : []),
    ...(isShort
      ? [
          {
            says: `it has fewer than ${minimumLength} characters`,
            why: "A short password is guessed before it is changed.",
            mend: `Let it have at least ${minimumLength} characters.`,
          },
        ]
      : []),
  ];
}
