import type { OrganizationPolicy } from "../../model";
import { unknownFrom } from "../authoring/example";
import { organizationPolicy, policy } from "../authoring/example-resources";
import { defineRule, type Outcome } from "../authoring/rule";

/** What fits everywhere ("Quotas and service limits for AWS Organizations", AWS Organizations User Guide). */
const safeCharacters = 5120;
const awsLimit = 10240;

const options = {
  maxCharacters: {
    type: "integer",
    description: "Most characters that a service control policy may have; AWS takes no more than 10,240.",
    default: awsLimit,
    minimum: 1,
    maximum: awsLimit,
  },
} as const;

/** A policy that stands in the examples for one with many actions. */
const regions = {
  Effect: "Deny",
  NotAction: ["iam:*", "organizations:*", "route53:*", "cloudfront:*", "support:*", "sts:*"],
  Resource: "*",
  Condition: { StringNotEquals: { "aws:RequestedRegion": ["eu-central-1", "eu-west-1"] } },
};
const document = { Version: "2012-10-17", Statement: [regions] };

export const scpSize = defineRule({
  id: "scp-size",
  title: "Service control policies fit into what AWS takes",
  severity: "medium",
  level: "mandatory",
  rationale:
    "AWS refuses a policy that is too long, in the middle of an update, when others are changed already. Through its API every character counts, blanks and " +
    "line ends as well: Pulumi sends the text as the program gives it.",
  remediation:
    "Send compact JSON (JSON.stringify without an indent), shorten lists with wildcards, or divide the policy in two.",
  controls: [{ framework: "NIST 800-53", version: "5", id: "CM-6" }],
  options,
  on: "organizationPolicy",

  *check({ resource, type, text }: OrganizationPolicy, { options }): Iterable<Outcome> {
    const { urn, name } = resource;
    const subject = `policy "${name}"`;
    if (type.known && type.value !== "SERVICE_CONTROL_POLICY") return;
    for (const [what, value] of [
      ["type", type],
      ["content", text],
    ] as const) {
      if (!value.known) {
        const because = `its ${what} is not known yet`;
        yield { kind: "undecided", urn, subject, because, waiting: [value.waiting] };
        return;
      }
    }
    if (!text.known || text.value === undefined) return;
    const length = lengthOf(text.value);
    const isTooLong = length > options.maxCharacters;
    if (!isTooLong && length <= safeCharacters) return;
    const limit = isTooLong ? options.maxCharacters : safeCharacters;
    yield {
      kind: "finding",
      urn,
      subject,
      ...(isTooLong ? {} : { ceiling: "advisory" }),
      what: `The service control policy "${name}" has ${length} characters, more than ${limit}.`,
      why: whyOf(length, isTooLong),
      fix: fixFor(text.value, length, limit),
    };
  },

  examples: {
    fail: [
      {
        title: "more characters than the option allows, one line for each list entry",
        resources: [organizationPolicy("regions", JSON.stringify(document, undefined, 2))],
        options: { maxCharacters: 300 },
      },
      {
        title: "more characters than the option allows, compact as it is",
        resources: [organizationPolicy("regions", policy(regions, { ...regions, Sid: "Again" }))],
        options: { maxCharacters: 300 },
      },
    ],
    pass: [
      {
        title: "the same in compact JSON",
        resources: [organizationPolicy("regions", policy(regions))],
        options: { maxCharacters: 300 },
      },
      {
        title: "a tag policy, which has limits of its own",
        resources: [
          organizationPolicy("tags", '{"tags":{"team":{"tag_key":{"@@assign":"team"}}}}', { type: "TAG_POLICY" }),
        ],
        options: { maxCharacters: 20 },
      },
    ],
    undecided: [
      {
        title: "content that is not known yet",
        resources: [organizationPolicy("regions", unknownFrom("bucket"))],
      },
    ],
  },
});

/** In characters, of which some count twice in a JavaScript text. */
function lengthOf(text: string): number {
  return [...text].length;
}

function whyOf(length: number, isTooLong: boolean): string {
  if (length > awsLimit) return "AWS refuses it when it is created or changed.";
  return isTooLong
    ? "The option maxCharacters of this rule allows no more."
    : "5,120 is what every organization takes; up to 10,240 not all do.";
}

function fixFor(text: string, length: number, limit: number): string {
  const compact = compactLengthOf(text);
  const other = "Shorten its lists with wildcards, or divide it in two.";
  if (compact === undefined || compact >= length) return other;
  const saved = `As compact JSON (JSON.stringify without an indent) it has ${compact} characters`;
  return compact <= limit ? `${saved}.` : `${saved}, which is still too long. ${other}`;
}

function compactLengthOf(text: string): number | undefined {
  try {
    return lengthOf(JSON.stringify(JSON.parse(text)));
  } catch {
    return undefined;
  }
}
