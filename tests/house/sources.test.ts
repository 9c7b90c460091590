import assert from "node:assert/strict";
import * as ts from "typescript";
import { parse, sourceFiles, textOf } from "./sources";

const MOST_LINES = 400;
const TEST_FUNCTIONS = new Set(["describe", "context", "suite", "it", "specify", "test"]);
const SILENCERS = /@ts-(ignore|nocheck|expect-error)|biome-ignore|eslint-|\b(TODO|FIXME|XXX)\b/;

/** Calls that leave tests out: `it.only(…)`, `describe.skip(…)`, `xit(…)`. */
function leftOut(path: string, text?: string): string[] {
  return found(path, text, (node) => {
    if (!ts.isCallExpression(node)) return false;
    const callee = node.expression;
    if (ts.isIdentifier(callee)) return /^x(describe|context|it|specify)$/.test(callee.text);
    return (
      ts.isPropertyAccessExpression(callee) &&
      /^(only|skip)$/.test(callee.name.text) &&
      TEST_FUNCTIONS.has(callee.expression.getText())
    );
  });
}

/** Comments that switch a check off or put work off, and the type that switches the compiler off. */
function silenced(path: string, text?: string): string[] {
  const source = parse(path, text);
  const comments = new Map<number, string>();
  const visit = (node: ts.Node): void => {
    for (const { pos, end } of [
      ...(ts.getLeadingCommentRanges(source.text, node.pos) ?? []),
      ...(ts.getTrailingCommentRanges(source.text, node.end) ?? []),
    ]) {
      comments.set(pos, source.text.slice(pos, end));
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  ts.forEachChild(source, visit);
  const inComments = [...comments].filter(([, comment]) => SILENCERS.test(comment)).map(([pos]) => place(source, pos));
  return [...inComments, ...found(path, text, (node) => node.kind === ts.SyntaxKind.AnyKeyword)];
}

function found(path: string, text: string | undefined, matches: (node: ts.Node) => boolean): string[] {
  const source = parse(path, text);
  const places: string[] = [];
  const visit = (node: ts.Node): void => {
    if (matches(node)) places.push(place(source, node.getStart()));
    ts.forEachChild(node, visit);
  };
  visit(source);
  return places;
}

function place(source: ts.SourceFile, position: number): string {
  return `${source.fileName}:${source.getLineAndCharacterOfPosition(position).line + 1}`;
}

describe("sources", () => {
  it(`have at most ${MOST_LINES} lines`, () => {
    const long = sourceFiles().filter((path) => textOf(path).trimEnd().split("\n").length > MOST_LINES);
    assert.deepEqual(long, []);
  });

  it("leave no test out", () => {
    assert.deepEqual(
      sourceFiles().flatMap((path) => leftOut(path)),
      [],
    );
  });

  it("switch no check off and put no work off", () => {
    assert.deepEqual(
      sourceFiles().flatMap((path) => silenced(path)),
      [],
    );
  });
});

/** What asks what time it is. */
function clocks(path: string, text?: string): string[] {
  return found(path, text, (node) => {
    if (ts.isNewExpression(node)) return node.expression.getText() === "Date" && !node.arguments?.length;
    if (ts.isCallExpression(node)) return node.expression.getText() === "Date";
    return ts.isPropertyAccessExpression(node) && /^(?:Date\.now|performance|process\.hrtime)\b/.test(node.getText());
  });
}

describe("the core", () => {
  it("has no clock", () => {
    const core = sourceFiles().filter((path) => path.startsWith("policypack/iam/"));
    assert.deepEqual(
      core.flatMap((path) => clocks(path)),
      [],
    );
  });
});

/** What a module keeps from one question to the next: a variable of its own, or a table that begins empty. */
function kept(path: string, text?: string): string[] {
  const source = parse(path, text);
  return source.statements.filter(ts.isVariableStatement).flatMap(({ declarationList }) => {
    const isVariable = (declarationList.flags & ts.NodeFlags.BlockScoped) === ts.NodeFlags.Let;
    return declarationList.declarations
      .filter(({ type }) => !/^readonly |^Readonly/.test(type?.getText() ?? ""))
      .filter(({ initializer }) => isVariable || (initializer !== undefined && isEmptyTable(initializer)))
      .map((declaration) => place(source, declaration.getStart()));
  });
}

function isEmptyTable(node: ts.Expression): boolean {
  if (ts.isArrayLiteralExpression(node)) return node.elements.length === 0;
  if (!ts.isNewExpression(node)) return false;
  return /^(?:Map|Set|WeakMap)$/.test(node.expression.getText()) && !node.arguments?.length;
}

describe("the policy pack", () => {
  it("keeps nothing in its modules but what follows from a text or an object alone", () => {
    const own = sourceFiles().filter(
      (path) => path.startsWith("policypack/") && !path.startsWith("policypack/iam/shared/"),
    );
    assert.deepEqual(
      own.flatMap((path) => kept(path)),
      [],
    );
  });
});

describe("reading sources", () => {
  it("sees what a module keeps, and lets tables be that are written out", () => {
    const text =
      "let a;\nconst b = new Map();\nconst c = new WeakMap<A, B>();\nconst d = new Set([1]);\nfunction e() { const f = new Map(); }\nconst g = () => new Map();\nconst h: readonly A[] = [];";
    assert.deepEqual(kept("a.ts", text), ["a.ts:1", "a.ts:2", "a.ts:3"]);
  });

  it("sees what asks for the time, and lets times that are given be", () => {
    const text = "Date.now();\nnew Date();\nDate();\nperformance.now();\nnew Date(0).toISOString();\nlet a: Date;";
    assert.deepEqual(clocks("a.ts", text), ["a.ts:1", "a.ts:2", "a.ts:3", "a.ts:4"]);
  });

  it("sees tests that are left out", () => {
    assert.deepEqual(leftOut("a.ts", 'it("a", f);\nit.only("b", f);\ndescribe.skip("c", f);\nxit("d", f);'), [
      "a.ts:2",
      "a.ts:3",
      "a.ts:4",
    ]);
  });

  it("lets other things of these names be", () => {
    assert.deepEqual(leftOut("a.ts", 'this.skip();\niterator.skip(1);\nconst text = "it.only(";'), []);
  });

  it("sees comments that silence a check, and the type any", () => {
    assert.deepEqual(silenced("a.ts", "// @ts-ignore\nf();\nf(); // TODO: more\n/* biome-ignore x */\nlet a: any;"), [
      "a.ts:1",
      "a.ts:3",
      "a.ts:4",
      "a.ts:5",
    ]);
  });

  it("does not mind the words elsewhere", () => {
    assert.deepEqual(silenced("a.ts", 'const text = "TODO any";\nconst any = 1; // any will do'), []);
  });
});
