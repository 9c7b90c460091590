import {
  assumingActions,
  type Grant,
  type MfaOptions,
  mfaHole,
  mfaRemovalForOthers,
  mfaSetUpForOthers,
} from "../../iam";
import { type Credential, nameForPeople, toPrincipal, type User } from "../../model";
import { undecidedAbout } from "../analysis/admin-power";
import { isMachine } from "../analysis/machine-users";
import { isGatedElsewhere, untilNamed } from "../analysis/power-findings";
import { type EntryWithoutMfa, entriesWithoutMfa, type RoleEntries } from "../analysis/roles-without-mfa";
import { placeOfGate } from "../authoring/causes";
import { unknownFrom } from "../authoring/example";
import {
  accessKey,
  loginProfile,
  membership,
  mfaGate,
  ownAccount,
  policy,
  role,
  trust,
  user,
  userPolicy,
  withMfa,
} from "../authoring/example-resources";
import { defineRule, type Outcome, type RuleContext } from "../authoring/rule";
import { someActions } from "../authoring/text-forms";
import { gateCode, proofInWords, provenBy, statementsInWords } from "../authoring/wording";

const options = {
  mode: {
    type: "string",
    description:
      "effective: with the policies as they are, nothing outside the self-service list works without MFA. robust: it would still be so if everything were allowed.",
    enum: ["effective", "robust"],
    default: "effective",
  },
  selfService: {
    type: "strings",
    description: "Further actions that users may call without MFA, beside those needed to set up an MFA device.",
    default: [],
    form: someActions,
  },
} as const;

type Context = RuleContext<{ readonly mode: "effective" | "robust"; readonly selfService: readonly string[] }>;

const gate =
  "Add the statement below to a policy of a group that the user is in, so that it holds for all members, or else of the user. A user that is a machine belongs in machineUsers of settings.";

const demandMfa =
  'Demand MFA in the trust policy of every role that it may assume: "Condition": {"Bool": {"aws:MultiFactorAuthPresent": "true"}}.';

const noEntries: RoleEntries = { open: [], elsewhere: [], doubts: [] };

const ownDeviceOnly =
  'Add a Deny of iam:EnableMFADevice with NotResource "arn:*:iam::*:user/${aws:username}" (users with a path: "arn:*:iam::*:user/*/${aws:username}" as well) and the Condition of the gate.';

function credentialsInWords(credentials: readonly Credential[]): string {
  return [
    ...new Set(
      credentials.map(({ kind }) => (kind === "access key" ? "an access key" : `a ${kind}`.replace("a SSH", "an SSH"))),
    ),
  ].join(" and ");
}

function* judge(user: User, context: Context): Iterable<Outcome> {
  const subject = nameForPeople(user);
  const { urn } = user;
  const active = user.credentials.filter(({ active }) => !active.known || active.value);
  if (user.resource === undefined) {
    if (active.length > 0) {
      const because = "its policies and groups are kept elsewhere";
      yield { kind: "undecided", urn: active[0]?.by.urn ?? urn, subject, because, waiting: [] };
    }
    return;
  }
  if (isGatedElsewhere(user, context) || user.groups.some((group) => isGatedElsewhere(group, context))) return;

  const { mode, selfService } = context.options;
  const credentials = isPasswordOnly(active) ? "password" : "any";
  // Where everything is allowed, so is every role; as things are, what a role asks of those who assume it counts as well.
  const leftAside = mode === "robust" ? selfService : [...selfService, ...assumingActions];
  const hole = mfaHole(toPrincipal(user), { mode, selfService: leftAside, credentials, ...context.work.of(user) });
  const entries = mode === "robust" ? noEntries : entriesWithoutMfa(user, context, { credentials });
  const has = active.length > 0 ? `has ${credentialsInWords(active)} and can act without MFA` : "can act without MFA";
  const open = hole.answer === "yes" ? { grant: hole.because, roles: undefined } : entries.open[0];
  if (open !== undefined) {
    const { grant, roles } = open;
    yield {
      kind: "finding",
      urn,
      subject,
      ...(active.length > 0 ? {} : { ceiling: "advisory" }),
      what: `The ${subject} ${has}, by ${statementsInWords(grant.statements)}${roles === undefined ? "" : `: it may assume ${roles}`}.`,
      ...provenBy(grant),
      fix: roles === undefined ? gate : `${demandMfa} Or: ${gate}`,
      code: gateCode,
      aspect: "gate",
      statements: grant.statements,
      ...placeOfGate(user, grant.statements),
    };
    return;
  }
  const doubts = [...new Set([...(hole.answer === "unknown" ? hole.because : []), ...entries.doubts])];
  if (doubts.length > 0) {
    // Without a credential the finding would be advice only: not worth waiting for.
    if (active.length > 0) yield undecidedAbout(user, subject, doubts);
    return;
  }
  if (active.length > 0 && isBare(user)) {
    yield {
      kind: "finding",
      urn,
      subject,
      what: `The ${subject} has ${credentialsInWords(active)}, and nothing in the stack asks it for MFA.`,
      why: "It has no policy and no group here: whatever it is given later works with the password or key alone.",
      fix: gate,
      code: gateCode,
      aspect: "gate",
    };
    return;
  }
  yield* advice(user, entries.elsewhere, { credentials, ...context.work.of(user) });
}

export const requireUserMfa = defineRule({
  id: "require-user-mfa",
  title: "Users can do nothing that matters without MFA",
  severity: "critical",
  level: "mandatory",
  rationale:
    "A password or key alone must not be enough. A device declared in code proves nothing, as it can be created but never enabled there; what holds is a " +
    "policy that denies, or does not allow, everything but setting up MFA while a session has none. Such a session is one of two: by access key, where AWS " +
    "knows nothing of MFA, or by password, where it knows that there was none; a gate has to hold in both.",
  remediation:
    "Put the user in a group whose policy denies everything outside the self-service list while aws:MultiFactorAuthPresent is not true (BoolIfExists, false).",
  controls: [
    { framework: "CIS AWS Foundations", version: "3.0.0", id: "1.10" },
    { framework: "NIST 800-53", version: "5", id: "IA-2(1)" },
    { framework: "PCI DSS", version: "4.0.1", id: "8.4.2" },
    { framework: "AWS Security Hub", version: "2024", id: "IAM.19" },
    { framework: "AWS Config", version: "2024", id: "iam-user-mfa-enabled" },
  ],
  options,
  on: "user",

  *check(user: User, context): Iterable<Outcome> {
    const machine = isMachine(user, context.settings);
    if (machine === true) return;
    yield* machine === undefined ? untilNamed(user, judge(user, context)) : judge(user, context);
  },

  examples: {
    fail: [
      {
        title: "a password and a policy without a gate",
        resources: [
          user("alice"),
          loginProfile("alice-login", "alice"),
          userPolicy("work", "alice", policy({ Effect: "Allow", Action: "s3:*", Resource: "*" })),
        ],
      },
      {
        title: "a gate with Bool, which access keys slip through",
        resources: [
          user("alice"),
          accessKey("alice-key", "alice"),
          userPolicy(
            "work",
            "alice",
            policy(
              { Effect: "Allow", Action: "s3:*", Resource: "*" },
              {
                Effect: "Deny",
                Action: "*",
                Resource: "*",
                Condition: { Bool: { "aws:MultiFactorAuthPresent": "false" } },
              },
            ),
          ),
        ],
      },
      {
        title: "a role that does not ask for MFA",
        resources: [
          user("alice"),
          loginProfile("alice-login", "alice"),
          userPolicy(
            "work",
            "alice",
            policy({ Effect: "Allow", Action: "sts:AssumeRole", Resource: "arn:aws:iam::111122223333:role/operator" }),
          ),
          role("operator", trust(ownAccount)),
        ],
      },
      {
        title: "a gate that lets its users set up MFA for each other",
        level: "advisory",
        resources: [
          user("alice"),
          loginProfile("alice-login", "alice"),
          userPolicy("work", "alice", policy({ Effect: "Allow", Action: "iam:*MFADevice", Resource: "*" }, mfaGate)),
        ],
      },
      {
        title: "a password, and nothing that asks for MFA",
        resources: [user("alice"), loginProfile("alice-login", unknownFrom("alice"))],
      },
    ],
    pass: [
      {
        title: "a Deny that holds in both cases",
        resources: [
          user("alice"),
          loginProfile("alice-login", "alice"),
          userPolicy("work", "alice", policy({ Effect: "Allow", Action: "s3:*", Resource: "*" }, mfaGate)),
        ],
      },
      {
        title: "a gate, and MFA of one's own",
        resources: [
          user("alice"),
          loginProfile("alice-login", "alice"),
          userPolicy(
            "work",
            "alice",
            policy(
              { Effect: "Allow", Action: "s3:*", Resource: "*" },
              { Effect: "Allow", Action: "iam:EnableMFADevice", Resource: "arn:aws:iam::*:user/${aws:username}" },
              mfaGate,
            ),
          ),
        ],
      },
      {
        title: "grants that ask for MFA themselves",
        resources: [
          user("alice"),
          accessKey("alice-key", "alice"),
          userPolicy("work", "alice", policy({ Effect: "Allow", Action: "s3:*", Resource: "*", Condition: withMfa })),
        ],
      },
      {
        title: "a role that demands MFA, and nothing else without it",
        resources: [
          user("alice"),
          loginProfile("alice-login", "alice"),
          userPolicy(
            "work",
            "alice",
            policy({ Effect: "Allow", Action: "sts:AssumeRole", Resource: "arn:aws:iam::111122223333:role/operator" }),
          ),
          role("operator", trust(ownAccount, withMfa)),
        ],
      },
      {
        title: "a machine with a key, on the list of machine users",
        resources: [user("backup", { path: "/machines/" }), accessKey("backup-key", "backup")],
        settings: { machineUsers: ["/machines/*"] },
      },
    ],
    undecided: [
      {
        title: "a member of a group kept elsewhere, which may be the gate",
        resources: [
          user("alice"),
          loginProfile("alice-login", "alice"),
          membership("alice-groups", "alice", ["developers"]),
        ],
      },
    ],
  },
});

/** What is worth a word about a user whose gate holds. */
function* advice(user: User, elsewhere: readonly EntryWithoutMfa[], asked: MfaOptions): Iterable<Outcome> {
  const subject = nameForPeople(user);
  const advise = (aspect: string, grant: Grant, what: string, why: string, fix: string): Outcome => ({
    kind: "finding",
    urn: user.urn,
    subject,
    ceiling: "advisory",
    what: `The ${subject} ${what}, by ${statementsInWords(grant.statements)}.`,
    ...provenBy(grant, `${why} ${proofInWords(grant)}`),
    fix,
    aspect,
    statements: grant.statements,
  });
  const [entry] = elsewhere;
  if (entry !== undefined) {
    const names = elsewhere.map(({ roles }) => roles).join(", ");
    const why = "They are kept elsewhere: whether they ask for MFA is not to be seen here.";
    yield advise("roles elsewhere", entry.grant, `may assume ${names} without MFA`, why, demandMfa);
  }
  const forOthers = mfaSetUpForOthers(toPrincipal(user), asked);
  if (forOthers.answer === "yes") {
    const what = "can enable MFA devices for other users without having MFA";
    const why = "Whoever has its key can put a device of their own on a user who has none.";
    yield advise("devices of others", forOthers.because, what, why, ownDeviceOnly);
  }
  const removal = mfaRemovalForOthers(toPrincipal(user), asked);
  if (removal.answer === "yes") {
    const what = "can delete virtual MFA devices of other users without having MFA";
    const why = "AWS refuses it for a device that is enabled, but not for one that somebody is about to enable.";
    yield advise(
      "devices removed",
      removal.because,
      what,
      why,
      'Allow iam:DeleteVirtualMFADevice on "arn:*:iam::*:mfa/${aws:username}" only.',
    );
  }
}

function isPasswordOnly(credentials: readonly Credential[]): boolean {
  return credentials.length > 0 && credentials.every(({ kind }) => kind === "login profile");
}

/** Whether the stack says nothing at all about what the user may do. */
function isBare(user: User): boolean {
  return (
    user.policies.length === 0 &&
    user.boundary === undefined &&
    user.groups.every((group) => group.policies.length === 0)
  );
}
