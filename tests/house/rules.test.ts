import assert from "node:assert/strict";
import { basename, join } from "node:path";
import * as ts from "typescript";
import { rules } from "../../policypack/rules/index";
import { filesUnder, parse, ROOT } from "./sources";

/** The files that define a rule, told from their helpers by the call of `defineRule`. */
function ruleFiles(): string[] {
  return filesUnder("policypack/rules", ".ts").filter((path) => {
    let defines = false;
    const visit = (node: ts.Node): void => {
      defines ||= ts.isCallExpression(node) && node.expression.getText() === "defineRule";
      ts.forEachChild(node, visit);
    };
    visit(parse(path));
    return defines;
  });
}

/** The rules that a file exports. */
function exportedBy(path: string): unknown[] {
  const exported: Record<string, unknown> = require(join(ROOT, path));
  return Object.values(exported).filter((value) => typeof value === "object" && value !== null && "examples" in value);
}

describe("rules", () => {
  it("are all in the list of policypack/rules/index.ts", () => {
    const missing = ruleFiles().filter(
      (path) => !exportedBy(path).some((rule) => rules.some((listed) => listed === rule)),
    );
    assert.deepEqual(missing, [], "import each of these files in policypack/rules/index.ts");
  });

  it("stand one in a file, which has the rule's id as its name", () => {
    const files = ruleFiles().map((path) => basename(path, ".ts"));
    const ids = rules.map(({ id }) => id);
    assert.deepEqual([...ids].sort(), [...files].sort());
  });

  it("yield to rules of the list, none of which yields back or on", () => {
    const yielding = new Map(rules.map(({ id, yieldsTo = [] }) => [id, yieldsTo]));
    const wrong = rules.flatMap(({ id, yieldsTo = [] }) =>
      yieldsTo.filter((stronger) => yielding.get(stronger)?.length !== 0).map((stronger) => `${id} -> ${stronger}`),
    );
    assert.deepEqual(wrong, [], "a cause that nobody answers for would be told by no rule");
  });
});
