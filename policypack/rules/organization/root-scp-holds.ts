import { type Document, isRead, type RootOptions, type RootStatementVerdict, rootHold, unknown } from "../../iam";
import type { OrganizationPolicy, Waiting } from "../../model";
import { defineRule, type Outcome } from "../authoring/rule";
import { requestInWords, sentence, statementsInWords } from "../authoring/wording";
import { type Beside, scpsBeside } from "./scps-beside";

const scpType = "aws:organizations/policy:Policy";

interface Held extends Pick<RootStatementVerdict, "statement" | "escapes"> {
  readonly waiting: readonly Waiting[];
}

/** What the policy's statements about the root user come to at one place; a gap that another policy closes there is none. */
function heldBeside(document: Document, options: RootOptions, { sure, possible, waiting }: Beside): readonly Held[] {
  const least = rootHold(document, { ...options, beside: sure });
  if (possible.length === 0) return least.map((verdict) => ({ ...verdict, waiting: [] }));
  const most = rootHold(document, { ...options, beside: [...sure, ...possible] });
  return least.map(({ statement, escapes }, i): Held => {
    const isOpen = escapes.answer === "yes" && most[i]?.escapes.answer !== "yes";
    if (!isOpen) return { statement, escapes, waiting: [] };
    const because = "another service control policy may be attached to the same accounts, which is not known yet";
    return { statement, escapes: unknown(because), waiting };
  });
}

/** How much a verdict asks for a word. */
function weight({ escapes }: Held): number {
  if (escapes.answer === "yes") return escapes.because.isPartial ? 2 : 3;
  return escapes.answer === "unknown" ? 1 : 0;
}

/** An SCP with one statement about the root user, for the examples. */
function scp(condition: unknown, rest: Readonly<Record<string, unknown>> = { Action: "*", Resource: "*" }): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Sid: "DenyRoot", Effect: "Deny", ...rest, Condition: condition }],
  });
}

const anyRoot = { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:root" } };

export const rootScpHolds = defineRule({
  id: "root-scp-holds",
  title: "A service control policy about the root user binds it",
  severity: "high",
  level: "mandatory",
  rationale:
    "A guard that never matches looks exactly like one that does, until the day the root user is used. One wrong operator, ARN, region or resource is enough.",
  remediation:
    'Deny with Condition {"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::*:root"}} (the partition of the organization), Resource "*", and no region.',
  controls: [
    { framework: "CIS AWS Foundations", version: "3.0.0", id: "1.7" },
    { framework: "NIST 800-53", version: "5", id: "AC-6(5)" },
  ],
  options: {},
  on: "organizationPolicy",
  phases: ["stack"],

  *check(policy: OrganizationPolicy, context): Iterable<Outcome> {
    const { urn, name } = policy.resource;
    const subject = `policy "${name}"`;
    if (!policy.type.known) {
      yield { kind: "undecided", urn, subject, because: "its type is not known yet", waiting: [policy.type.waiting] };
      return;
    }
    if (policy.type.value !== "SERVICE_CONTROL_POLICY") return;
    if (!policy.text.known) {
      yield {
        kind: "undecided",
        urn,
        subject,
        because: "its content is not known yet",
        waiting: [policy.text.waiting],
      };
      return;
    }
    if (!isRead(policy.content)) return;
    const { document, origin } = policy.content;
    const options = { origin, partition: policy.partition ?? "aws", ...context.work.of(policy) };
    const places = scpsBeside(policy, context.graph).map((beside) => heldBeside(document, options, beside));
    for (const [i] of (places[0] ?? []).entries()) {
      const [worst] = places.flatMap((held) => held[i] ?? []).sort((one, other) => weight(other) - weight(one));
      if (worst === undefined) continue;
      const { statement, escapes, waiting } = worst;
      if (escapes.answer === "yes") {
        const gap = escapes.because;
        yield {
          kind: "finding",
          urn,
          subject,
          ...(gap.isPartial ? { ceiling: "advisory" } : {}),
          what: sentence(`${statementsInWords([statement])} does not bind the root user: ${gap.reason}`),
          why: `Still allowed: ${requestInWords(gap.witness)}.`,
          fix: sentence(gap.fix),
          witnesses: [gap.witness],
          statements: [statement],
        };
      } else if (escapes.answer === "unknown") {
        const because = `${statement.path}: ${escapes.because.join("; ")}`;
        yield { kind: "undecided", urn, subject, because, waiting };
      }
    }
  },

  examples: {
    fail: [
      {
        title: "StringEquals, which takes no wildcard and never matches",
        resources: [
          {
            type: scpType,
            name: "root",
            properties: { content: scp({ StringEquals: { "aws:PrincipalArn": "arn:aws:iam::*:root" } }) },
          },
        ],
      },
      {
        title: "an ARN that no principal has",
        resources: [
          {
            type: scpType,
            name: "root",
            properties: { content: scp({ ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:root/*" } }) },
          },
        ],
      },
      {
        title: "one region only",
        resources: [
          {
            type: scpType,
            name: "root",
            properties: { content: scp({ ...anyRoot, StringEquals: { "aws:RequestedRegion": "us-east-1" } }) },
          },
        ],
      },
      {
        title: "a user agent, which the caller chooses",
        resources: [
          {
            type: scpType,
            name: "root",
            properties: { content: scp({ ...anyRoot, StringLike: { "aws:UserAgent": "Mozilla*" } }) },
          },
        ],
      },
      {
        title: "the type Root, which is Account for the root user",
        resources: [
          {
            type: scpType,
            name: "root",
            properties: { content: scp({ StringEquals: { "aws:PrincipalType": "Root" } }) },
          },
        ],
      },
      {
        title: "a key that the root user's own requests never have",
        resources: [
          {
            type: scpType,
            name: "root",
            properties: { content: scp({ ...anyRoot, ArnEquals: { "aws:SourceArn": "arn:aws:*:*:*:*" } }) },
          },
        ],
      },
      {
        title: "root without MFA by Bool, which spares access keys and is advised against",
        resources: [
          {
            type: scpType,
            name: "root",
            properties: { content: scp({ ...anyRoot, Bool: { "aws:MultiFactorAuthPresent": "false" } }) },
          },
        ],
        level: "advisory",
      },
      {
        title: "a Resource that no request for the action fits",
        resources: [
          {
            type: scpType,
            name: "root",
            properties: { content: scp(anyRoot, { Action: "s3:DeleteBucket", Resource: "arn:aws:s3:::*/*" }) },
          },
        ],
      },
      {
        title: "a Resource that misses the actions which accept only *",
        resources: [
          {
            type: scpType,
            name: "root",
            properties: { content: scp(anyRoot, { Action: "*", Resource: "arn:aws:*:*:*:*" }) },
          },
        ],
      },
    ],
    pass: [
      {
        title: "everything is denied",
        resources: [{ type: scpType, name: "root", properties: { content: scp(anyRoot) } }],
      },
      {
        title: "a narrower guard that holds",
        resources: [
          {
            type: scpType,
            name: "root",
            properties: { content: scp(anyRoot, { Action: ["iam:CreateAccessKey"], Resource: "*" }) },
          },
        ],
      },
      {
        title: "sessions of central root access are exempt",
        resources: [
          {
            type: scpType,
            name: "root",
            properties: { content: scp({ ...anyRoot, Null: { "aws:AssumedRoot": "true" } }) },
          },
        ],
      },
      {
        title: "root without MFA",
        resources: [
          {
            type: scpType,
            name: "root",
            properties: { content: scp({ ...anyRoot, BoolIfExists: { "aws:MultiFactorAuthPresent": "false" } }) },
          },
        ],
      },
      {
        title: "an SCP that never mentions root",
        resources: [
          {
            type: scpType,
            name: "regions",
            properties: { content: scp({ StringNotEquals: { "aws:RequestedRegion": ["eu-central-1"] } }) },
          },
        ],
      },
    ],
    undecided: [
      {
        title: "content that is not known yet",
        resources: [{ type: scpType, name: "root", properties: { content: { unknownFrom: "bucket" } } }],
      },
    ],
  },
});
