import { deepEqual, equal, throws } from "node:assert/strict";
import { createContext, runInContext } from "node:vm";
import * as ts from "typescript";
import { sheltered, type WorstText, worstTexts } from "./regexes";
import { parse, sourceFiles } from "./sources";

/** More than any single text of a stack that means well; twice the square of it would take an hour. */
const length = 1_000_000;

/** An expression whose work grows with its text needs some hundredths of it. */
const milliseconds = 5_000;

/** A repetition of this many or fewer is part of the expression's own size. */
const fewRepetitions = 16;

interface Found {
  readonly expression: string;
  readonly at: string;
}

function expressionsIn(path: string, text?: string): readonly Found[] {
  const source = parse(path, text);
  const found: Found[] = [];
  const visit = (node: ts.Node): void => {
    const isMade =
      (ts.isNewExpression(node) || ts.isCallExpression(node)) &&
      ts.isIdentifier(node.expression) &&
      node.expression.text === "RegExp";
    if (ts.isRegularExpressionLiteral(node) || isMade) {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart());
      found.push({ expression: node.getText(), at: `${path}:${line + 1}` });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** Whether the expression may read as much as it is given from one place of a text; one that is put together may. */
function isLong(expression: string): boolean {
  if (!expression.startsWith("/")) return true;
  const repetitions = expression
    .replace(/\\./g, "")
    .replace(/\[[^\]]*\]/g, "")
    .matchAll(/[*+]|\{(\d+)(,?)(\d*)\}/g);
  return [...repetitions].some(
    ([, least, comma, most]) =>
      least === undefined || (comma === "," && !most) || Number(most || least) > fewRepetitions,
  );
}

/** Runs an expression over its worst text, every match of it. Throws where that takes longer than a text of its length can. */
function run([expression, start, repeated, end]: WorstText, timeout = milliseconds): void {
  const text = start + repeated.repeat(Math.ceil(length / repeated.length)) + end;
  const { source, flags, global, sticky } = expression;
  const every = global || sticky ? flags : `${flags}g`;
  runInContext("text.replace(new RegExp(source, flags), '')", createContext({ text, source, flags: every }), {
    timeout,
  });
}

const found = sourceFiles()
  .filter((path) => /^(cli|policypack)\//.test(path))
  .flatMap((path) => expressionsIn(path));
const listed = new Set([...worstTexts.map(([expression]) => String(expression)), ...sheltered.keys()]);

describe("regular expressions over text of others", () => {
  it("have their worst text beside them, where they may read all of it", () => {
    const unlisted = found
      .filter(({ expression }) => isLong(expression) && !listed.has(expression))
      .map(({ expression, at }) => `${at}: ${expression}`);
    deepEqual(
      unlisted,
      [],
      "Add the text that costs it most to tests/house/regexes.ts; see that it fails where it should.",
    );
  });

  it("are listed only while they are there", () => {
    const there = new Set(found.map(({ expression }) => expression));
    deepEqual(
      [...listed].filter((expression) => !there.has(expression)),
      [],
    );
  });

  for (const worst of worstTexts) {
    it(`take time in proportion to the text: ${worst[0]}`, () => run(worst)).timeout(2 * milliseconds);
  }

  it("would be caught: one that looks on from every place to the end", () => {
    equal(isLong("/0+$/"), true);
    throws(() => run([/0+$/, "", "0", "!"], 500), { code: "ERR_SCRIPT_EXECUTION_TIMEOUT" });
  });

  it("would be found, in each form that makes one", () => {
    const text = "const one = /a*/g;\nconst two = new RegExp(`${one.source}b`);\nconst three = RegExp('c');\n";
    deepEqual(expressionsIn("some.ts", text), [
      { expression: "/a*/g", at: "some.ts:1" },
      { expression: "new RegExp(`${one.source}b`)", at: "some.ts:2" },
      { expression: "RegExp('c')", at: "some.ts:3" },
    ]);
  });

  it("may be short: a few repetitions, a set with a star in it, an escaped plus", () => {
    equal(isLong("/[*+]{1,3}\\+[0-9]{12}/"), false);
    equal(isLong("/a{2,}/"), true);
    equal(isLong("/a{0,99}/"), true);
  });
});
