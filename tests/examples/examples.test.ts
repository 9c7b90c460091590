import assert from "node:assert/strict";
import { rules } from "../../policypack/rules";
import { urnIn } from "./example-stack";
import { isUndecided, rulesIn, toldAbout } from "./told";

describe("examples, through the shipped service", () => {
  for (const rule of rules) {
    describe(rule.id, () => {
      for (const example of rule.examples.fail) {
        it(`finds ${example.title}`, async () => {
          const told = (await toldAbout(rule, example)).filter((entry) => entry.policy === rule.id);
          const decided = told.filter((entry) => !isUndecided(entry));
          const at = (example.at ?? [example.resources[0]?.name ?? ""]).map((name) => urnIn(example, name));
          assert.deepEqual([...new Set(decided.map(({ urn }) => urn))].sort(), [...at].sort());
          const level = example.level ?? rule.level;
          assert.deepEqual([...new Set(decided.map((entry) => entry.level))], [level]);
        });
      }
      for (const example of rule.examples.pass) {
        it(`passes ${example.title}`, async () => {
          const told = await toldAbout(rule, example);
          assert.deepEqual(
            told.filter((entry) => entry.level === "mandatory" || rulesIn(entry).includes(rule.id)),
            [],
          );
        });
      }
      for (const example of rule.examples.undecided) {
        it(`leaves undecided ${example.title}`, async () => {
          const told = await toldAbout(rule, example);
          assert.deepEqual(
            told.filter((entry) => entry.level === "mandatory"),
            [],
          );
          assert.ok(
            told.some((entry) => isUndecided(entry) && rulesIn(entry).includes(rule.id)),
            JSON.stringify(told),
          );
        });
      }
    });
  }
});
