import assert from "node:assert/strict";
import { accessKey } from "../../policypack/rules/authoring/example-resources";
import { toldBy } from "./told";

const id = ["AKIA", "QWERTYUIOPASDF23"].join("");
const otherId = ["AKIA", "ZXCVBNMLKJHGFD45"].join("");
const secret = "sEcReT".repeat(7).slice(0, 40);

const made = { ...accessKey("key", "ci", {}), outputs: { id, secret } };

function functionWith(variables: Readonly<Record<string, string>>, from: readonly string[]) {
  return {
    type: "aws:lambda/function:Function",
    name: "report",
    properties: { environment: { variables } },
    from: { environment: from },
  };
}

describe("an access key of the stack, known from its state since an earlier update", () => {
  it("is advice where it is handed over", async () => {
    const report = functionWith({ AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: secret }, ["key"]);
    assert.deepEqual(await toldBy("no-embedded-access-key", [made, report]), ["advisory: report"]);
  });

  it("is advice, and another key in the same property blocks", async () => {
    const report = functionWith({ AWS_ACCESS_KEY_ID: id, PARTNER_KEY: otherId }, ["key"]);
    assert.deepEqual(await toldBy("no-embedded-access-key", [made, report]), ["mandatory: report", "advisory: report"]);
  });

  it("blocks where the stack has a key, but another one than stands there", async () => {
    const report = functionWith({ AWS_ACCESS_KEY_ID: otherId }, []);
    assert.deepEqual(await toldBy("no-embedded-access-key", [made, report]), ["mandatory: report"]);
  });
});
