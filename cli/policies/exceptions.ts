import { type Mistake, suggestion } from "../../policypack/host";
import type { Finding } from "../pack/finding";
import { isObject, type Json, type JsonObject } from "../pulumi/values";

/** One exception of Pulumi's own: findings of any of its policies at any of its targets do not block. */
export interface Exception {
  readonly id: string;
  readonly reason: string;
  readonly match: readonly ExceptionMatch[];
}

interface ExceptionMatch {
  readonly policies: readonly string[];
  /** Whole URNs. */
  readonly targets: readonly string[];
}

export interface ReadExceptions {
  /** In the order in which Pulumi lists them. */
  readonly exceptions: readonly Exception[];
  /** Places are paths inside the file: `exceptions.EXC-1.match[0].targets[1]`. */
  readonly mistakes: readonly Mistake[];
}

const fields = ["reason", "match"];
const matchFields = ["policies", "targets"];
const place = "exceptions";

/**
 * Reads the block `exceptions` of a policy configuration of version 2, as the Pulumi CLI does, and more strictly: what the CLI
 * takes and then ignores is a mistake as well. An exception with a mistake is left out.
 *
 * @param policies the names that an exception may give; any where they are not known
 */
export function readExceptions(block: Json | undefined, policies: readonly string[] | undefined): ReadExceptions {
  if (block === undefined || block === null) return { exceptions: [], mistakes: [] };
  if (!isObject(block)) {
    const fix = 'Write {"EXC-1": {"reason": "…", "match": [{"policies": […], "targets": […]}]}}.';
    return { exceptions: [], mistakes: [{ place, message: "is not an object of exceptions by their ids.", fix }] };
  }
  const entries = Object.entries(block);
  const mistakesOf = ([id, value]: (typeof entries)[number]) => [...exceptionMistakes(id, value, policies)];
  const exceptions = entries
    .filter((entry) => mistakesOf(entry).length === 0)
    .map(([id, value]) => exceptionOf(id, value));
  return {
    exceptions: exceptions.sort((left, right) => left.id.localeCompare(right.id, "en", { numeric: true })),
    mistakes: entries.flatMap(mistakesOf),
  };
}

/** @param value one without a mistake */
function exceptionOf(id: string, value: Json): Exception {
  const { reason, match } = value as unknown as Exception;
  return { id, reason, match: match.map(({ policies, targets }) => ({ policies, targets })) };
}

function exceptionsFor(exceptions: readonly Exception[], policy: string, urn: string): readonly Exception[] {
  return exceptions.filter(({ match }) =>
    match.some(({ policies, targets }) => policies.includes(policy) && targets.includes(urn)),
  );
}

/** What exceptions are applied to: a program's stack, and where an update may report a finding too. */
export interface ExceptedStack {
  /** URNs of its resources; what is reported elsewhere counts as reported at the stack itself. */
  readonly urns: ReadonlySet<string>;
  readonly stackUrn: string;
  readonly stoppedAt: (rule: string, urn: string) => readonly string[];
}

/** A finding with the exceptions that cover it, as the engine applies them: by policy and by the URN that it is reported at. */
export function withExceptions(
  finding: Finding,
  exceptions: readonly Exception[],
  { urns, stackUrn, stoppedAt }: ExceptedStack,
): Finding {
  const urn = urns.has(finding.resource) ? finding.resource : stackUrn;
  const covering = exceptionsFor(exceptions, finding.rule, urn);
  if (covering.length === 0) return finding;
  const others = finding.level === "mandatory" ? stoppedAt(finding.rule, urn) : [];
  const missing = others.filter((other) => exceptionsFor(exceptions, finding.rule, other).length === 0);
  return {
    ...finding,
    exceptions: covering.map(({ id, reason }) => ({ id, reason })),
    ...(missing.length === 0 ? {} : { notExceptedAt: missing }),
  };
}

function* exceptionMistakes(id: string, value: Json, policies: readonly string[] | undefined): Iterable<Mistake> {
  const at = `${place}.${id}`;
  if (!/^[A-Za-z0-9_.-]+$/.test(id)) {
    yield { place: at, message: "is no id.", fix: "Use letters, digits, hyphens, dots and underscores." };
  }
  if (!isObject(value)) {
    yield { place: at, message: "is not an object.", fix: 'Write {"reason": "…", "match": […]}.' };
    return;
  }
  yield* strayMistakes(at, value, fields);
  if (typeof value.reason !== "string" || value.reason.trim() === "") {
    yield { place: `${at}.reason`, message: "is missing.", fix: "Say why the finding is accepted, as a text." };
  }
  const { match } = value;
  if (!Array.isArray(match) || match.length === 0) {
    yield {
      place: `${at}.match`,
      message: "is no list of matches.",
      fix: 'Write [{"policies": […], "targets": […]}].',
    };
    return;
  }
  for (const [index, entry] of match.entries()) yield* matchMistakes(`${at}.match[${index}]`, entry, policies);
}

function* matchMistakes(at: string, entry: Json, known: readonly string[] | undefined): Iterable<Mistake> {
  if (!isObject(entry)) {
    yield { place: at, message: "is not an object.", fix: 'Write {"policies": […], "targets": […]}.' };
    return;
  }
  yield* strayMistakes(at, entry, matchFields);
  for (const [name, inside] of textsOf(entry.policies)) {
    const fault = policyFault(name, known);
    if (fault === undefined) continue;
    yield { place: `${at}.policies${inside}`, message: fault, fix: "Give a list of ids of rules in RULES.md." };
  }
  for (const [urn, inside] of textsOf(entry.targets)) {
    if (urn !== undefined && isUrn(urn)) continue;
    yield {
      place: `${at}.targets${inside}`,
      message: "is no URN of a resource; Pulumi compares them exactly.",
      fix: "Give whole URNs, as `pulumi preview` and `check --format json` print them; a waiver takes a pattern.",
    };
  }
}

function policyFault(name: string | undefined, known: readonly string[] | undefined): string | undefined {
  if (name === undefined || name === "") return "is no name of a policy.";
  if (name === "all") return "is not allowed: an exception names its policies.";
  return known === undefined || known.includes(name)
    ? undefined
    : `is no policy of this pack.${suggestion(name, known)}`;
}

/** The texts of a list with the place of each; one that is undefined stands for what is wrong there. */
function textsOf(list: Json | undefined): readonly (readonly [string | undefined, string])[] {
  if (!Array.isArray(list) || list.length === 0) return [[undefined, ""]];
  return list.map((entry, index) => [typeof entry === "string" ? entry : undefined, `[${index}]`]);
}

/** `urn:pulumi:STACK::PROJECT::TYPE::NAME`. A pattern is as good as a name to the CLI, and matches nothing. */
function isUrn(text: string): boolean {
  const parts = text.split("::");
  return (
    text.startsWith("urn:pulumi:") &&
    parts.length >= 4 &&
    /^[^*?]*$/.test(parts.slice(0, 3).join()) &&
    !text.includes("*")
  );
}

function strayMistakes(at: string, value: JsonObject, known: readonly string[]): readonly Mistake[] {
  return Object.keys(value)
    .filter((name) => !known.includes(name))
    .map((name) => ({
      place: `${at}.${name}`,
      message: `is ignored by Pulumi.${suggestion(name, known)}`,
      fix: /expir/i.test(name)
        ? "An exception in a file has no end: use a waiver, which expires."
        : `Remove it: ${known.join(" and ")} are all there is.`,
    }));
}
