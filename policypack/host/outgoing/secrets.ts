import { indexOf, isManagedPolicyArn } from "../../iam";
import { partsOf } from "../../model";
import { encodingsOf } from "./encodings";
import { deepestRead } from "./nesting";
import { signatureKey } from "./secret-envelope";

/** What stands where a secret stood. */
export const mask = "[secret]";

const secretSignature = "1b47061264138c4ac30d75fd1eb44270";
const outputSignature = "d0e6a833031e9bbcd3f4e8bde6ca49a4";

/** Shorter texts are in every report by chance. */
const shortest = 6;

/** How much of a run's secrets is kept; far beyond what any stack has, and a bound on the work for each message. */
const mostSecrets = 20_000;
const longestSecret = 200_000;

/** Words that stand in every policy, in every ARN or in every report, and are nobody's secret. */
const publicWords: ReadonlySet<string> = new Set([
  ...[
    "Allow",
    "Deny",
    "2012-10-17",
    "2008-10-17",
    "string",
    "secret",
    "default",
    "production",
    "staging",
    "development",
  ],
  ...[
    "policy",
    "aws-us-gov",
    "aws-cn",
    "amazonaws",
    "amazonaws.com",
    "instance-profile",
    "assumed-role",
    "service-role",
  ],
  ...[
    "aws-service-role",
    "oidc-provider",
    "saml-provider",
    "federated-user",
    "lambda",
    "dynamodb",
    "function",
    "organizations",
  ],
]);

/**
 * The texts that a run was told to keep to itself, and what they look like in the encodings that a message may quote them in.
 * A secret that looks like one is masked wherever it stands; one that looks like a word or a number only where it stands alone,
 * and not where it is a resource's name; what everybody knows (a region, `true`, an action of AWS) not at all.
 */
export class Secrets {
  /** Texts that are masked anywhere, longest first. */
  private anywhere: readonly string[] | undefined;
  private readonly distinct = new Set<string>();
  private readonly words = new Set<string>();
  private readonly urns = new Set<string>();
  /** Words of those URNs, made when a word is to be masked. */
  private names: Set<string> | undefined;
  private readonly holders = new Set<string>();

  /** Notes every value in a secret's envelope of the protocol (`resource.SecretSig` of the Pulumi SDK), and the resource that has it. */
  takeEnvelopes(value: unknown, urn: string, depth = 0): void {
    if (typeof value !== "object" || value === null || depth > deepestRead) return;
    const fields = value as Readonly<Record<string, unknown>>;
    const mark = fields[signatureKey];
    if (mark === secretSignature || (mark === outputSignature && fields.secret === true)) {
      this.holders.add(urn);
      this.take(fields.value);
      return;
    }
    for (const inside of Object.values(fields)) this.takeEnvelopes(inside, urn, depth + 1);
  }

  /** Notes a secret value: a text, and, where that is a document, everything that it says. */
  take(value: unknown, depth = 0): void {
    if (depth > deepestRead) return;
    if (typeof value === "number" || typeof value === "bigint") this.add(String(value));
    if (typeof value === "string") {
      this.takeText(value, depth);
    } else if (typeof value === "object" && value !== null) {
      for (const [key, inside] of Object.entries(value)) if (key !== signatureKey) this.take(inside, depth + 1);
    }
  }

  /** The name of a resource is written everywhere, the state included. */
  takeName(urn: string): void {
    if (this.urns.has(urn)) return;
    this.urns.add(urn);
    this.names = undefined;
  }

  private takeText(text: string, depth: number): void {
    if (isPublic(text)) return;
    const document = documentIn(text);
    if (document !== undefined) {
      this.add(text);
      this.take(document, depth + 1);
      return;
    }
    this.add(text);
    this.add(text.trim());
    // A key in PEM form is quoted line by line.
    for (const line of text.split("\n").slice(0, 1_000)) if (line.trim().length >= 16) this.add(line.trim());
    if (depth > 0) for (const word of wordsIn(text)) this.add(word);
  }

  private add(text: string): void {
    if (text.length < shortest || text.length > longestSecret || isPublic(text)) return;
    if (this.distinct.size + this.words.size >= mostSecrets) return;
    if (isDistinct(text)) {
      if (!this.distinct.has(text)) this.anywhere = undefined;
      this.distinct.add(text);
    } else this.words.add(text);
  }

  /** A text with every secret in it masked. */
  masked(text: string): string {
    this.anywhere ??= [...new Set([...this.distinct].flatMap(encodingsOf))].sort(
      (one, other) => other.length - one.length,
    );
    let shown = text;
    for (const secret of this.anywhere) if (shown.includes(secret)) shown = shown.replaceAll(secret, mask);
    if (this.words.size === 0) return shown;
    this.names ??= new Set([...this.urns].flatMap(namesIn));
    const { names } = this;
    return shown.replace(word, (found) => (this.words.has(found) && !names.has(found) ? mask : found));
  }

  /** The same for what a rule says of a request: a value that a secret condition led to is a part of it, however it looks. */
  maskedWitness(text: string): string {
    return this.masked(text.replace(/ = [^;)]*/g, ` = ${mask}`));
  }

  /** Whether one of these resources holds a secret. */
  isHeldBy(urns: Iterable<string>): boolean {
    if (this.holders.size === 0) return false;
    for (const urn of urns) if (this.holders.has(urn)) return true;
    return false;
  }
}

/** What stands alone between the marks of ARNs, URNs, paths, quotes and sentences. */
const word = /[^\s:/"'`,;()[\]{}=|@*?$<>]+/g;

function namesIn(urn: string): readonly string[] {
  const { stack, project, name } = partsOf(urn);
  return [stack, project, name, ...wordsIn(name)];
}

function wordsIn(text: string): readonly string[] {
  return (text.slice(0, 10_000).match(word) ?? []).map((found) => found.replace(/(?<!\.)\.+$/, ""));
}

/** Letters of one kind, or digits, with hyphens or not, are somebody's word or number. */
function isDistinct(text: string): boolean {
  if (text.length < 8) return false;
  const kinds = [/[a-z]/, /[A-Z]/, /[0-9]/, /[^A-Za-z0-9]/].filter((kind) => kind.test(text)).length;
  return kinds >= 3 || (kinds === 2 && (text.length >= 12 || !/^[a-z]+(-[a-z]+)*$|^[A-Z]?[a-z]+$/.test(text)));
}

function isPublic(text: string): boolean {
  if (publicWords.has(text) || isManagedPolicyArn(text)) return true;
  // "AWS Regions", service principals, and actions by their names or with wildcards.
  if (/^[a-z]{2,4}(-[a-z]{2,10}){1,2}-\d{1,2}[a-z]?$/.test(text)) return true;
  if (/^[a-z0-9-]+(\.[a-z0-9-]+){0,3}\.amazonaws\.com(\.cn)?$/.test(text)) return true;
  return indexOf(text.toLowerCase()) !== undefined || /^(aws|iam|sts|s3|ec2|sso|organizations):[A-Za-z*]+$/.test(text);
}

function documentIn(text: string): object | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? value : undefined;
  } catch {
    // A text like another.
    return undefined;
  }
}
