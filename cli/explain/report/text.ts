import { shownLine } from "../../../policypack/host";
import type { EscalationFinding } from "../../../policypack/iam";
import { wrapLine } from "../../terminal/wrap";
import type { Explanation } from "../answers/explanation";
import type { MfaAnswer } from "../answers/mfa";
import type { RootAnswer, RootStatement } from "../answers/root";
import { type FileFault, faultInWords } from "../input/policies";
import {
  powerInWords,
  proofInWords,
  qualifiersInWords,
  referencesInWords,
  requestInWords,
  scopeInWords,
} from "./words";

const WIDTH = 100;

/** Paths shown at length; the rest is named. */
const MOST_PATHS = 5;

/** A sentence, and what stands under it. */
interface Item {
  readonly text: string;
  readonly details?: readonly string[];
}

/** The explanation for people. */
export function textReport(explanations: readonly Explanation[], faults: readonly FileFault[]): string {
  const noted = faults.map((fault) => ({ text: faultInWords(fault), details: [`fix: ${fault.fix}`] }));
  const sections = [
    ...explanations.map((explanation) => explanationText(explanation, faults)),
    ...section("Noted in the files", noted),
  ];
  return `${sections.join("\n\n")}\n`;
}

function explanationText(explanation: Explanation, faults: readonly FileFault[]): string {
  const { subject, root, mfa } = explanation;
  const heading = subject.arn === undefined ? `${subject.name} (as ${subject.as})` : `${subject.name}  ${subject.arn}`;
  return [
    shownLine(heading),
    ...section("Refused by AWS", refusedItems(explanation, faults)),
    ...section(
      "Assumed",
      subject.assumptions.map((text) => ({ text })),
    ),
    ...(root === undefined ? [] : section("Root user", rootItems(root))),
    ...section("Administrator power", adminItems(explanation)),
    ...section("Ways to more power", escalationItems(explanation)),
    ...(mfa === undefined ? [] : section("MFA", mfaItems(mfa))),
    ...section("What restricts it", restrictionItems(explanation)),
  ].join("\n\n");
}

function section(heading: string, items: readonly Item[]): readonly string[] {
  if (items.length === 0) return [];
  const lines = items.flatMap(({ text, details = [] }) => [
    `  - ${wrapLine(text, WIDTH, "    ").trimStart()}`,
    ...details.map((detail) => `      ${wrapLine(detail, WIDTH, "        ").trimStart()}`),
  ]);
  return [[heading, ...lines].join("\n")];
}

function unknownItem(because: readonly string[]): Item {
  return { text: "Undecided, because:", details: because };
}

function adminItems({ admin }: Explanation): readonly Item[] {
  if (admin.answer === "no") return [{ text: "None." }];
  if (admin.answer === "unknown") return [unknownItem(admin.because)];
  const { because } = admin;
  return [
    {
      text: `Yes: ${powerInWords(because)}.`,
      details: proofInWords(because),
    },
  ];
}

function escalationItems({ admin, escalation }: Explanation): readonly Item[] {
  if (escalation.length === 0) return [{ text: "None that is known." }];
  const isAdministrator = admin.answer === "yes" && admin.because.level !== "self-escalation";
  if (isAdministrator) {
    const text = `An administrator needs none; ${escalation.length} of the known ones are open. The JSON format lists them.`;
    return [{ text }];
  }
  const shown = escalation.slice(0, MOST_PATHS).map(pathItem);
  const others = escalation.slice(MOST_PATHS);
  if (others.length === 0) return shown;
  const names = others.map(({ path }) => `${path.name} (${path.id})`);
  return [...shown, { text: `${others.length} more, with their requests in the JSON format:`, details: names }];
}

function pathItem({ path, verdict }: EscalationFinding): Item {
  const needs = needed[path.requires];
  const name = `${path.name} (${path.actions.join(" + ")}, ${path.id})${needs === "" ? "" : `, ${needs}`}`;
  if (verdict.answer === "unknown") return { text: `${name}: undecided, because:`, details: verdict.because };
  if (verdict.answer === "no") return { text: `${name}: no` };
  const { because } = verdict;
  return { text: `${name}${qualifiersInWords(because.qualifiers)}`, details: proofInWords(because) };
}

const needed: Readonly<Record<EscalationFinding["path"]["requires"], string>> = {
  none: "",
  "existing-resource": "where a resource to use it on exists already",
  boundary: "where a boundary holds the principal",
  "identity-center-account": "in an account of IAM Identity Center",
  "retired-service": "by a service that AWS has retired",
};

function mfaItems(mfa: MfaAnswer): readonly Item[] {
  switch (mfa.answer) {
    case "unknown":
      return [unknownItem(mfa.because)];
    case "hole":
      return [{ text: "Hole: a request outside self-service needs no MFA.", details: proofInWords(mfa.because) }];
    case "gate":
      return [
        { text: "Gate: nothing outside self-service works without MFA, whatever other policies allow." },
        ...setUpItems(mfa.setUpAllowed, mfa.setUpRefused),
      ];
    case "by-grants":
      return [
        {
          text: "No hole: nothing outside self-service is granted without MFA. No Deny stands behind that, so another policy could grant it.",
        },
        ...setUpItems(mfa.setUpAllowed, mfa.setUpRefused),
      ];
  }
}

function setUpItems(allowed: readonly string[], refused: readonly string[]): readonly Item[] {
  if (refused.length === 0) return [{ text: "A user without MFA can set it up." }];
  const left = allowed.length === 0 ? "" : `, though ${allowed.join(", ")} is possible`;
  return [
    {
      text: `A user without MFA cannot set it up by itself: ${refused.join(", ")} ${refused.length === 1 ? "is" : "are"} refused${left}.`,
    },
  ];
}

/** A policy that AWS refuses never comes to be: what is said about it holds for what was understood of it. */
function refusedItems({ policies }: Explanation, faults: readonly FileFault[]): readonly Item[] {
  return policies.flatMap(({ origin }) => {
    const refused = faults.filter((fault) => fault.effect !== "unreadable" && fault.origin === origin);
    if (refused.length === 0) return [];
    const leftOut = [...new Set(refused.flatMap(({ leftOut: statement }) => statement ?? []))];
    const taken = leftOut.length === 0 ? "takes it as it was probably meant" : `leaves out ${leftOut.join(", ")}`;
    return [{ text: `AWS refuses ${origin}, for what is noted below: what follows ${taken}.` }];
  });
}

function restrictionItems({ subject, restrictions }: Explanation): readonly Item[] {
  const { denies, boundary, unread, powerWithout } = restrictions;
  const items: Item[] = denies.map(({ origin, statement }) => ({
    text: `Deny ${scopeInWords(statement)}`,
    details: [referencesInWords([{ origin, path: statement.path }])],
  }));
  if (subject.as === "boundary") items.unshift({ text: "Only what this boundary allows is left." });
  if (boundary !== undefined) items.push({ text: `The permissions boundary ${boundary.origin} limits everything.` });
  if (powerWithout !== undefined) items.push({ text: `Without these: ${powerInWords(powerWithout)}.` });
  for (const { origin, document } of unread)
    items.push({ text: `Not read: ${origin}${"notRead" in document ? `, since ${document.notRead}` : ""}.` });
  if (items.length > 0) return items;
  return [
    {
      text:
        subject.as === "scp"
          ? "No Deny: only what these policies do not allow is left out."
          : "No Deny and no boundary.",
    },
  ];
}

const rootSummaries: Readonly<Record<RootAnswer["answer"], string>> = {
  held: "Held: the root users of member accounts can do nothing but what these policies spare on purpose.",
  partly: "Held in part: only for what the statements below list.",
  escapes: "Not held: a statement that means the root user misses it.",
  "not-mentioned": "Not held: no statement is about the root user.",
  unknown: "Undecided.",
};

function rootItems({ answer, statements }: RootAnswer): readonly Item[] {
  return [{ text: rootSummaries[answer] }, ...statements.map(rootItem)];
}

function rootItem({ statement, verdict }: RootStatement): Item {
  const { escapes } = verdict;
  const reference = referencesInWords([{ origin: verdict.statement.origin, path: statement.path }]);
  const place = `${reference.charAt(0).toUpperCase()}${reference.slice(1)}`;
  if (escapes.answer === "unknown") return { text: `${place}: undecided, because:`, details: escapes.because };
  if (escapes.answer === "no")
    return {
      text:
        statement.effect === "Allow"
          ? `${place} leaves it out: Allow ${scopeInWords(statement)}`
          : `${place} binds it: Deny ${scopeInWords(statement)}`,
    };
  const { reason, fix, witness } = escapes.because;
  return {
    text: `${place} misses it: ${reason}.`,
    details: [`request: ${requestInWords(witness)}`, `made by: ${witness.scenario}`, `fix: ${fix}`],
  };
}
