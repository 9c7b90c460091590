import { actionsMatching, type EscalationPath, knownEscalationPaths, services } from "../../iam";
import { matchesGlob } from "./globs";
import type { TextForm } from "./options";

const mostShown = 80;

/** A text as a message shows it, cut where it is long. */
export function inQuotes(text: string): string {
  return JSON.stringify(text.length > mostShown ? `${text.slice(0, mostShown)}…` : text);
}

/** "View AWS account identifiers" (AWS Account Management Reference Guide). */
export const accountId: TextForm = (text) => {
  if (/^\d{12}$/.test(text)) return undefined;
  return {
    message: `is ${inQuotes(text)}, which is no account id.`,
    fix: 'Write its 12 digits in quotes, leading zeros too: "111122223333".',
  };
};

/** "Organization", pattern of Id (AWS Organizations API Reference). */
export const organizationId: TextForm = (text) => {
  if (/^o-[a-z0-9]{10,32}$/.test(text)) return undefined;
  return {
    message: `is ${inQuotes(text)}, which is no organization's id.`,
    fix: 'Write the id that `aws organizations describe-organization` shows, such as "o-a1b2c3d4e5".',
  };
};

/** A domain name; its subdomains are meant with it. */
export const mailDomain: TextForm = (text) => {
  if (isDomain(text)) return undefined;
  const meant = text.replace(/^.*@|^\*?\.|^https?:\/\//i, "").replace(/\/.*|\.$/gs, "");
  return {
    message: `is ${inQuotes(text)}, which is no domain.`,
    fix: isDomain(meant)
      ? `Write ${inQuotes(meant)}; its subdomains are meant with it.`
      : 'Write a domain such as "example.com".',
  };
};

function isDomain(text: string): boolean {
  return text.length <= 253 && /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/i.test(text);
}

/** A glob over what stands before the `@` of an address. */
export const mailboxGlob: TextForm = (text) => {
  if (!/[@\s]/.test(text)) return undefined;
  const mailbox = text.trim().split("@", 1)[0] ?? "";
  return {
    message: `is ${inQuotes(text)}, which matches no part before the @ of an address.`,
    fix: /^\S+$/.test(mailbox)
      ? `Write that part alone: ${inQuotes(mailbox)}.`
      : 'Write that part alone, such as "aws-root+*".',
  };
};

/** An action of AWS, or several by wildcards, but not all: that would be everything without MFA. */
export const someActions: TextForm = (text) => {
  const named = actionsMatching(text);
  if (named.isFull()) {
    return {
      message: `is ${inQuotes(text)}, which is every action.`,
      fix: "Name the actions that are meant, or disable the rule.",
    };
  }
  if (!named.isEmpty()) return undefined;
  return {
    message: `is ${inQuotes(text)}, which is no action that this version knows.`,
    fix: 'Write an action as a policy names it, such as "iam:GetLoginProfile".',
    among: actionsLike(text),
  };
};

/** The actions of the service that is named; where there is no such service, the actions of that name in others. */
function actionsLike(text: string): readonly string[] {
  const [prefix = "", ...rest] = text.toLowerCase().split(":");
  const action = rest.join(":");
  const named = services().filter((service) => service.prefix === prefix);
  if (named.length > 0) return named.flatMap(({ names }) => names.map((name) => `${prefix}:${name}`));
  return services().flatMap(({ prefix: other, names }) =>
    names.filter((name) => name.toLowerCase() === action).map((name) => `${other}:${name}`),
  );
}

/** An escalation path by its id, or several by wildcards, but not all. */
export const somePaths: TextForm = (text) => {
  const paths = knownEscalationPaths();
  const isMeant = ({ id }: EscalationPath) => matchesGlob(id, text);
  if (paths.filter(({ tier }) => tier === "block").every(isMeant)) {
    return {
      message: `is ${inQuotes(text)}, which is every path.`,
      fix: "Name the paths that are accepted, or disable the rule.",
    };
  }
  if (paths.some(isMeant)) return undefined;
  return {
    message: `is ${inQuotes(text)}, which is no escalation path.`,
    fix: 'Write an id as a finding names it, such as "lambda-001".',
    among: paths.map(({ id }) => id),
  };
};
