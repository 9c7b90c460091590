import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { check } from "aws-identity-guardrails";

const path = fileURLToPath(new URL("..", import.meta.url));

/** What a test that fails is to show: the finding, where it is, and how it is mended. */
function inWords({ findings, error }) {
  if (error !== undefined) return [error.message, error.fix];
  return findings.map(({ rule, what, fix, source }) => `${source?.file}:${source?.line} ${rule}: ${what} ${fix}`);
}

describe("the pipeline's role", function () {
  this.timeout(60_000);

  it("passes the guardrails, advice included", async () => {
    assert.deepEqual(inWords(await check({ path, account: "111122223333" })), []);
  });

  it("passes them for a repository of another name", async () => {
    assert.deepEqual(inWords(await check({ path, config: { repository: "acme/website" } })), []);
  });
});
