import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { rules } from "../../policypack/rules";
import type { Example } from "../../policypack/rules/authoring/example";
import type { AnyRule } from "../../policypack/rules/authoring/rule";
import { isUndecided, toldAbout } from "./told";

const folder = join(__dirname, "messages");

/** The CLI indents a message by ten columns. */
const width = 90;

async function messagesOf(rule: AnyRule): Promise<string> {
  const parts: string[] = [];
  for (const example of [...rule.examples.fail, ...rule.examples.undecided]) {
    parts.push(`# ${example.title}`, ...(await messagesAbout(rule, example)));
  }
  return `${parts.join("\n\n")}\n`;
}

async function messagesAbout(rule: AnyRule, example: Example): Promise<readonly string[]> {
  const told = await toldAbout(rule, example);
  const own = told.filter(({ policy }) => policy === rule.id);
  return (own.length > 0 ? own : told.filter(isUndecided)).map(({ level, message }) => `(${level})\n${message}`);
}

/** What a developer reads, kept as files to be read too: `UPDATE_MESSAGES=1` writes them anew. */
describe("the messages about each rule's examples", () => {
  for (const rule of rules) {
    const file = join(folder, `${rule.id}.txt`);

    it(`are those in ${rule.id}.txt`, async () => {
      const messages = await messagesOf(rule);
      if (process.env.UPDATE_MESSAGES !== undefined) {
        mkdirSync(folder, { recursive: true });
        writeFileSync(file, messages);
      }
      assert.equal(existsSync(file) ? readFileSync(file, "utf8") : "", messages);
    });

    it(`fit a terminal (${rule.id})`, () => {
      const long = readFileSync(file, "utf8")
        .split("\n")
        // A key and its value, to be copied, stay together.
        .filter((line) => line.length > width && line.trim().includes(" ") && !/^ *"[^"]*": "[^"]*",?$/.test(line));
      assert.deepEqual(long, []);
    });
  }

  it("are kept for no rule that is gone", () => {
    assert.deepEqual(readdirSync(folder).sort(), rules.map(({ id }) => `${id}.txt`).sort());
  });

  it("hold no access key", () => {
    const all = readdirSync(folder).map((name) => readFileSync(join(folder, name), "utf8"));
    assert.doesNotMatch(all.join("\n"), /\b(AKIA|ASIA)[A-Z0-9]{16}\b/);
  });
});
