import { matchesGlob } from "./globs";
import type { TextFault, TextForm } from "./options";
import { inQuotes } from "./text-forms";

/** "IAM and AWS STS quotas", IAM name limits (IAM User Guide); permission sets are named alike ("CreatePermissionSet"). */
const nameGlob = /^[\w+=,.@*?-]+$/;

const nameFix = "Use letters, digits and +=,.@_- with the wildcards * and ?.";

const accountField = /^(?:\d{12}|aws)$/;
const partitionField = /^aws(?:-[a-z]+)*$/;

/** The ARNs of a kind: `arn:PARTITION:SERVICE::ACCOUNT:TYPE/NAME`. */
interface ArnKind {
  readonly service: "iam" | "sso";
  readonly account: RegExp;
  readonly types: readonly string[];
  /** Two names that have nothing in common, as the ARN has them after its type. */
  readonly strangers: readonly [string, string];
}

function iamArns(...types: readonly string[]): ArnKind {
  return { service: "iam", account: accountField, types, strangers: ["bbbb", "ddddd"] };
}

export const userArns: ArnKind = iamArns("user");
export const identityArns: ArnKind = iamArns("user", "group", "role");
export const roleArns: ArnKind = iamArns("role");
export const policyArns: ArnKind = iamArns("policy");
export const permissionSetArns: ArnKind = {
  service: "sso",
  account: /^$/,
  types: ["permissionSet"],
  strangers: ["ssoins-1111111111111111/ps-bbbbbbbbbbbbbbbb", "ssoins-2222222222222222/ps-dddddddddddddddd"],
};

/**
 * A glob over the names of a kind of identity, for a list that excuses: one that singles nothing out would excuse every one.
 *
 * @param noun what is named: `group`
 */
export function nameGlobOf(noun: string): TextForm {
  return (text) => {
    if (text.startsWith("arn:")) {
      const name = nameIn(text);
      return {
        message: `is the ARN ${inQuotes(text)}, where names are compared.`,
        fix: name === undefined ? nameFix : `Write the name alone: ${inQuotes(name)}.`,
      };
    }
    if (!nameGlob.test(text)) return noName(text, noun);
    return hasLiteral(text) ? undefined : singlesNothingOut(text);
  };
}

/** A glob over the names of users or over their paths, for a list that excuses. */
export const userNameOrPathGlob: TextForm = (text) => {
  if (text.startsWith("arn:") || !text.includes("/")) return nameGlobOf("user")(text);
  const isPath = /^[/*][\x21-\x7e]*$/.test(text) && /[/*]$/.test(text);
  if (!isPath) {
    const path = `/${text.replace(/^\/+|(?<!\/)\/+$/g, "")}/`;
    return {
      message: `is ${inQuotes(text)}, which matches no path: a path begins and ends with "/".`,
      fix: `Write ${inQuotes(path)} or ${inQuotes(`${path}*`)}.`,
    };
  }
  return hasLiteral(text) ? undefined : singlesNothingOut(text);
};

/** A glob over names or ARNs, for a list that excuses: one that singles nothing out would excuse everything. */
export function nameOrArnGlob(noun: string, kind: ArnKind): TextForm {
  return (text) => {
    const fault = wideNameOrArnGlob(noun, kind)(text);
    if (fault !== undefined) return fault;
    return isSelective(text, kind) ? undefined : singlesNothingOut(text);
  };
}

/** The same for what restricts: as wide as one likes. */
export function wideNameOrArnGlob(noun: string, kind: ArnKind): TextForm {
  return (text) => {
    if (nameGlob.test(text) || mayMatchArn(text, kind)) return undefined;
    return text.startsWith("arn:") ? noArn(text, noun, kind) : noName(text, noun);
  };
}

/** A glob over ARNs and nothing else, for a list that excuses. */
export function arnGlob(noun: string, kind: ArnKind): TextForm {
  return (text) => {
    if (!mayMatchArn(text, kind)) return noArn(text, noun, kind);
    return isSelective(text, kind) ? undefined : singlesNothingOut(text);
  };
}

/** A glob over type tokens of Pulumi, for a list that excuses. */
export const typeTokenGlob: TextForm = (text) => {
  if (!/^[\w:/.*?-]+$/.test(text) || !/[:*]/.test(text)) {
    return {
      message: `is ${inQuotes(text)}, which is no type token, nor a glob over such tokens.`,
      fix: 'Write it as "vault:kv/secretV2:SecretV2" or "vault:*".',
    };
  }
  return hasLiteral(text) ? undefined : singlesNothingOut(text);
};

function hasLiteral(glob: string): boolean {
  return /[a-z0-9]/i.test(glob);
}

function singlesNothingOut(text: string): TextFault {
  return {
    message: `is ${inQuotes(text)}, which singles nothing out and would excuse everything.`,
    fix: "Write at least a part of what is meant literally, or disable the rule.",
  };
}

function noName(text: string, noun: string): TextFault {
  return { message: `is ${inQuotes(text)}, which is no name of a ${noun}, nor a glob over such names.`, fix: nameFix };
}

function noArn(text: string, noun: string, { service, types }: ArnKind): TextFault {
  const type = types.find((each) => text.includes(`:${each}/`)) ?? types[0];
  const name = nameIn(text) ?? "NAME";
  const fix =
    service === "iam"
      ? `Write it as ${inQuotes(`arn:aws:iam::111122223333:${type}/${name}`)}, the account in 12 digits or as *.`
      : `Write it as "arn:aws:sso:::${type}/ssoins-ID/ps-ID".`;
  return { message: `is ${inQuotes(text)}, which is no ARN of a ${noun}, nor a glob over such ARNs.`, fix };
}

/** The last part of an ARN or path, where it can be a name. */
function nameIn(text: string): string | undefined {
  const name = text.slice(text.lastIndexOf("/") + 1);
  return nameGlob.test(name) ? name : undefined;
}

/** Whether a text can match an ARN of the kind, so that it is not merely without effect. A wildcard may stand for anything, colons too. */
function mayMatchArn(text: string, { service, account, types }: ArnKind): boolean {
  if (/[^\x21-\x7e]/.test(text)) return false;
  const [, ...fields] = /^arn:([^:]*):([^:]*):([^:]*):([^:]*):([^:]+)$/.exec(text) ?? [];
  const [partition = "", ofService = "", region = "", ofAccount = "", resource = ""] = fields;
  if (fields.length === 0) return /^(?:arn:|\*)/.test(text) && text.includes("*");
  const type = resource.split("/", 1)[0] ?? "";
  return (
    (hasWildcard(partition) || partitionField.test(partition)) &&
    (hasWildcard(ofService) || ofService === service) &&
    (hasWildcard(region) || region === "") &&
    (hasWildcard(ofAccount) || account.test(ofAccount)) &&
    (hasWildcard(type) || (types.includes(type) && resource.length > type.length + 1))
  );
}

function hasWildcard(text: string): boolean {
  return /[*?]/.test(text);
}

/** Whether a glob tells some from others: not where it matches two that share nothing but what all of their type share. */
function isSelective(text: string, { service, account, types, strangers }: ArnKind): boolean {
  if (!hasLiteral(text)) return false;
  const [one, other] = account.test("") ? ["", ""] : ["111111111111", "222222222222"];
  const pairs = ["aws", "aws-cn", "aws-us-gov"].flatMap((partition) =>
    types.map((type) => [
      `arn:${partition}:${service}::${one}:${type}/${strangers[0]}`,
      `arn:${partition}:${service}::${other}:${type}/${strangers[1]}`,
    ]),
  );
  return !pairs.some((pair) => pair.every((arn) => matchesGlob(arn, text)));
}
