import { adminPower, type Document, escalationPaths, mfaHole, type Principal, rootHold } from "../policypack/iam";
import { managedPolicyArns, managedPolicyText } from "../policypack/iam/aws/managed-policies";
import * as documents from "../tests/iam/budget-documents";
import { loadingTimes } from "./bench/loading";
import { type Figure, heading, lineOf, timesOf } from "./bench/measure";

/** Rounds over a set of policies; the first ones warm the compiler up and are left out. */
const ROUNDS = 5;
const WARM_UP = 2;

/** Of one document. */
const RUNS = 7;

const managed = managedPolicyArns().flatMap((arn) => managedPolicyText(arn) ?? []);
const typical = [
  documents.administrator,
  documents.gatedAdministrator,
  documents.bucketReader,
  documents.deployer,
  documents.ownCredentials,
  documents.developer,
];

type Ask = (principal: Principal) => unknown;

let read = 0;

/** The document of a text as one that nobody has read before: a number in blanks and line ends behind it makes it another text. */
function freshly(text: string): Document {
  read += 1;
  const mark = read.toString(2).replaceAll("0", " ").replaceAll("1", "\n");
  return documents.parsed(`${text}${mark}`);
}

/** Asks about every text as a user's only policy, freshly read each time, so that no answer is remembered. */
function askedOver(what: string, goal: number, texts: readonly string[], rounds: number, ask: Ask): Figure {
  const times: number[] = [];
  const baseline: number[] = [];
  for (let round = -WARM_UP; round < rounds; round++) {
    const principals = texts.map((text) => documents.userWith(freshly(text)));
    const asked = timesOf(principals.length, (i) => ask(principals[i] ?? documents.userWith()));
    const parsed = timesOf(texts.length, (i) => JSON.parse(texts[i] ?? ""));
    if (round >= 0) {
      times.push(...asked);
      baseline.push(...parsed);
    }
  }
  return { what, goal, times, baseline };
}

/** Reads the text and asks, as a pack does that sees a policy for the first time. */
function readAndAsked(
  what: string,
  goal: number | undefined,
  text: string,
  ask: (document: Document) => unknown,
): Figure {
  const run = () => ask(freshly(text));
  timesOf(WARM_UP, run);
  const times = timesOf(RUNS, run);
  const baseline = timesOf(RUNS, () => JSON.parse(text));
  return { what, times, baseline, ...(goal === undefined ? {} : { goal }) };
}

function* figures(): Iterable<Figure> {
  const { empty, load, firstAnswer } = loadingTimes(9);
  yield { what: "loading the bundled core", goal: 60, times: load, baseline: empty };
  yield { what: "loading it and the first answer", times: firstAnswer, baseline: empty };
  yield askedOver(`admin, each of ${managed.length} AWS managed policies`, 0.1, managed, 3, adminPower);
  yield askedOver("admin, typical policies", 0.1, typical, 60 * ROUNDS, adminPower);
  yield askedOver("escalation, typical principals", 1, typical, 20 * ROUNDS, (user) => escalationPaths(user));
  const everyTenth = managed.filter((_, i) => i % 10 === 0);
  yield askedOver(`escalation, ${everyTenth.length} AWS managed policies`, 1, everyTenth, 3, (user) =>
    escalationPaths(user),
  );
  yield askedOver("MFA, typical users", 0.5, typical, 60 * ROUNDS, (user) => mfaHole(user));
  yield askedOver(`MFA, ${everyTenth.length} AWS managed policies`, 0.5, everyTenth, ROUNDS, (user) => mfaHole(user));
  const root = (document: Document) => rootHold(document, { origin: "scp" });
  yield readAndAsked("root user under an SCP that holds, reading included", 2, documents.rootGuard, root);
  yield readAndAsked("root user under an SCP that misses, reading included", 2, documents.regionalRootGuard, root);
  const all = (document: Document) => {
    adminPower(documents.userWith(document));
    mfaHole(documents.userWith(document));
    escalationPaths(documents.userWith(document));
  };
  yield readAndAsked("6,144 characters: reading and admin", 10, documents.longestManagedPolicy, (document) =>
    adminPower(documents.userWith(document)),
  );
  yield readAndAsked("6,144 characters: reading and three questions", 10, documents.longestManagedPolicy, all);
  yield readAndAsked("200 statements: reading and admin", 10, documents.twoHundredStatements, (document) =>
    adminPower(documents.userWith(document)),
  );
  yield readAndAsked("200 statements: reading and three questions", 10, documents.twoHundredStatements, all);
  for (const [name, text] of [
    ["thousands of wildcards", documents.thousandsOfWildcards],
    ["nested negation", documents.nestedNegation],
    ["many conditions", documents.manyConditions],
  ] as const) {
    yield readAndAsked(`${name}: admin`, undefined, text, (document) => adminPower(documents.userWith(document)));
    yield readAndAsked(`${name}: MFA`, undefined, text, (document) => mfaHole(documents.userWith(document)));
    yield readAndAsked(`${name}: escalation`, undefined, text, (document) =>
      escalationPaths(documents.userWith(document)),
    );
  }
}

console.log("The baseline is JSON.parse of the same text; of loading, a process that does nothing.\n");
console.log(heading);
for (const figure of figures()) console.log(lineOf(figure));
