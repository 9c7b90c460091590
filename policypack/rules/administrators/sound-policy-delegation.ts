import {
  type Grant,
  mayChangeServiceControlPolicies,
  type PrincipalFilter,
  type Shared,
  type Verdict,
} from "../../iam";
import type { OrganizationResourcePolicy } from "../../model";
import { accountsIn } from "../analysis/mentioned-accounts";
import { type ExampleResource, unknownFrom } from "../authoring/example";
import { defineRule, type Finding, type Outcome, type RuleContext } from "../authoring/rule";
import { accountId } from "../authoring/text-forms";
import { codeOf, proofInWords, provenBy, provisoOf, statementsInWords } from "../authoring/wording";

const options = {
  delegatedAccounts: {
    type: "strings",
    description:
      "Member accounts that are meant to manage service control policies. What the resource policy hands to others advises until it is set; an empty list means none.",
    form: accountId,
  },
} as const;

type Context = RuleContext<{ readonly delegatedAccounts: readonly string[] | undefined }>;

/** A part of the organization by its path: not everybody in it, but nobody by name either. */
const unitsOnly: Readonly<Record<string, PrincipalFilter>> = {
  "aws:principalorgpaths": ([first = ""]) => /\/r-/.test(first),
};

/** Who in member accounts may change service control policies. */
interface Hands {
  /** Somebody in any member account. */
  readonly anybody: Verdict<Grant>;
  /** Somebody in some organizational unit. */
  readonly unit: Verdict<Grant>;
  /** By account: those that the policy speaks of, the management account left out. */
  readonly accounts: ReadonlyMap<string, Verdict<Grant>>;
}

function handsOf({ content, account: own }: OrganizationResourcePolicy, shared: Shared): Hands {
  const ask = mayChangeServiceControlPolicies;
  const spokenOf = accountsIn({ kind: "role", identity: [content] });
  const from = { anyAccountBut: own === undefined ? spokenOf : [...spokenOf, own] };
  const others = spokenOf.filter((account) => account !== own);
  return {
    anybody: ask(content, { from, naming: unitsOnly }, shared),
    unit: ask(content, { from, naming: {} }, shared),
    accounts: new Map(others.map((account) => [account, ask(content, { from: { account }, naming: {} }, shared)])),
  };
}

function handsOut(
  { resource: { urn, name } }: OrganizationResourcePolicy,
  grant: Grant,
  who: string,
  advises: boolean,
): Finding {
  const subject = `resource policy "${name}"`;
  return {
    kind: "finding",
    urn,
    subject,
    ...(advises ? { ceiling: "advisory" } : {}),
    what: `The ${subject} of the organization lets ${who} change its service control policies, by ${statementsInWords(grant.statements)}${provisoOf(grant)}.`,
    ...provenBy(
      grant,
      `${proofInWords(grant)} Whoever changes or detaches them takes away what holds the member accounts, their root users among them.`,
    ),
    fix: "Keep service control policies with the management account: limit the statement to reading, or to other types by merging this into its Condition. Where an account is meant, name it in Principal and list it under delegatedAccounts of this rule.",
    code: codeOf({ StringEquals: { "organizations:PolicyType": "TAG_POLICY" } }),
    statements: grant.statements,
  };
}

function* judge(policy: OrganizationResourcePolicy, hands: Hands, { options }: Context): Iterable<Outcome> {
  const { delegatedAccounts } = options;
  const { anybody, unit, accounts } = hands;
  const inOneNetwork = (grant: Grant) => grant.qualifiers.includes("network");
  if (anybody.answer === "yes") {
    yield handsOut(policy, anybody.because, "anybody in any member account", inOneNetwork(anybody.because));
    return;
  }
  const strangers = [...accounts].flatMap(([account, verdict]) =>
    verdict.answer === "yes" && !delegatedAccounts?.includes(account) ? [{ account, grant: verdict.because }] : [],
  );
  const [first] = strangers;
  if (unit.answer === "yes") {
    const who = "anybody in the accounts of an organizational unit";
    yield handsOut(policy, unit.because, who, delegatedAccounts === undefined || inOneNetwork(unit.because));
  } else if (first !== undefined) {
    const names = strangers.map(({ account }) => account).join(", ");
    const who = `the ${strangers.length === 1 ? "account" : "accounts"} ${names}`;
    yield handsOut(policy, first.grant, who, delegatedAccounts === undefined);
  }
  const open = [anybody, unit, ...accounts.values()].flatMap((verdict) =>
    verdict.answer === "unknown" ? verdict.because : [],
  );
  if (open.length > 0) {
    const { urn, name } = policy.resource;
    yield {
      kind: "undecided",
      urn,
      subject: `resource policy "${name}"`,
      because: [...new Set(open)].join("; "),
      waiting: policy.waiting === undefined ? [] : [policy.waiting],
    };
  }
}

const member = "arn:aws:iam::444455556666:root";

function resourcePolicy(principal: unknown, more: Readonly<Record<string, unknown>> = {}): ExampleResource {
  const actions = ["organizations:AttachPolicy", "organizations:DetachPolicy", "organizations:DescribePolicy"];
  const statement = { Effect: "Allow", Principal: principal, Action: actions, Resource: "*", ...more };
  return {
    type: "aws:organizations/resourcePolicy:ResourcePolicy",
    name: "delegation",
    properties: { content: JSON.stringify({ Version: "2012-10-17", Statement: [statement] }) },
  };
}

export const soundPolicyDelegation = defineRule({
  id: "sound-policy-delegation",
  title: "Service control policies stay in the hands that are meant",
  severity: "critical",
  level: "mandatory",
  rationale:
    "The organization's resource policy lets member accounts manage its policies. Who may change or detach service control policies there can free every account of them, its own included, root users too.",
  remediation:
    "Delegate tag, backup and other policies by organizations:PolicyType, and service control policies to named accounts only, listed under delegatedAccounts.",
  controls: [
    { framework: "NIST 800-53", version: "5", id: "AC-6(5)" },
    { framework: "CIS AWS Foundations", version: "3.0.0", id: "1.7" },
  ],
  options,
  on: "organizationResourcePolicy",

  *check(policy, context): Iterable<Outcome> {
    yield* judge(policy, handsOf(policy, context.work.of(policy)), context);
  },

  examples: {
    fail: [
      { title: "any account of the organization may detach them", resources: [resourcePolicy("*")] },
      {
        title: "an account that is not on the list",
        resources: [resourcePolicy({ AWS: member })],
        options: { delegatedAccounts: ["777788889999"] },
      },
      {
        title: "a named account, which is only advised against until the list is set",
        resources: [resourcePolicy({ AWS: member })],
        level: "advisory",
      },
    ],
    pass: [
      {
        title: "backup policies only",
        resources: [
          resourcePolicy(
            { AWS: member },
            { Condition: { StringEquals: { "organizations:PolicyType": "BACKUP_POLICY" } } },
          ),
        ],
      },
      {
        title: "reading only",
        resources: [resourcePolicy("*", { Action: ["organizations:Describe*", "organizations:List*"] })],
      },
      {
        title: "the account that is meant",
        resources: [resourcePolicy({ AWS: member })],
        options: { delegatedAccounts: ["444455556666"] },
      },
    ],
    undecided: [
      {
        title: "a policy that is not known yet",
        resources: [
          {
            type: "aws:organizations/resourcePolicy:ResourcePolicy",
            name: "delegation",
            properties: { content: unknownFrom("bucket") },
          },
        ],
      },
    ],
  },
});
