import assert from "node:assert/strict";
import { policyDocument } from "./provider/policy-document";
import type { WireMap } from "./rpc";

/** The document as one line. */
function minified(args: WireMap): unknown {
  return policyDocument(args).minifiedJson;
}

describe("getPolicyDocument of the stand-in provider", () => {
  it("writes an empty document", () => {
    assert.equal(minified({}), '{"Version":"2012-10-17"}');
  });

  it("writes the members in their order and leaves empty ones out", () => {
    const statement = { resources: ["*"], actions: ["s3:GetObject"], sid: "Read", effect: "Deny", notActions: [] };
    assert.equal(
      minified({ policyId: "id", statements: [statement] }),
      '{"Version":"2012-10-17","Id":"id","Statement":[{"Sid":"Read","Effect":"Deny","Action":"s3:GetObject","Resource":"*"}]}',
    );
  });

  it("sorts several values descending and drops repeated ones", () => {
    assert.equal(
      minified({ statements: [{ actions: ["s3:A", "s3:C", "s3:B", "s3:A"] }] }),
      '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["s3:C","s3:B","s3:A"]}]}',
    );
  });

  it("keeps the order of condition values and joins conditions on one key", () => {
    const conditions = [
      { test: "StringLike", variable: "s3:prefix", values: ["b", "a"] },
      { test: "StringLike", variable: "s3:prefix", values: ["c"] },
      { test: "Bool", variable: "aws:MultiFactorAuthPresent", values: ["true"] },
    ];
    assert.equal(
      minified({ statements: [{ conditions }] }),
      '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Condition":' +
        '{"Bool":{"aws:MultiFactorAuthPresent":"true"},"StringLike":{"s3:prefix":["b","a","c"]}}}]}',
    );
  });

  it("writes everybody as a bare star", () => {
    assert.equal(
      minified({ statements: [{ principals: [{ type: "*", identifiers: ["*"] }] }] }),
      '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*"}]}',
    );
  });

  it("keeps the type of a star of AWS principals", () => {
    assert.equal(
      minified({ statements: [{ principals: [{ type: "AWS", identifiers: ["*"] }] }] }),
      '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"*"}}]}',
    );
  });

  it("turns the data source's variables into IAM's", () => {
    assert.equal(
      minified({ statements: [{ resources: ["arn:aws:iam::*:user/&{aws:username}"] }] }),
      '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Resource":"arn:aws:iam::*:user/${aws:username}"}]}',
    );
  });

  it("escapes what HTML would read", () => {
    assert.equal(
      minified({ statements: [{ actions: ["a:<b>&"] }] }),
      '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"a:\\u003cb\\u003e\\u0026"}]}',
    );
  });

  it("lets an own statement replace a source's with the same Sid, and an override replace both", () => {
    const source =
      '{"Statement":[{"Sid":"A","Effect":"Allow","Action":"s:1"},{"Sid":"B","Effect":"Allow","Action":"s:2"}]}';
    const override = '{"Statement":{"Sid":"B","Effect":"Deny","Action":"s:4","Principal":{"AWS":["1","2"]}}}';
    assert.equal(
      minified({
        sourcePolicyDocuments: [source],
        statements: [{ sid: "A", actions: ["s:3"] }],
        overridePolicyDocuments: [override],
      }),
      '{"Version":"2012-10-17","Statement":[{"Sid":"A","Effect":"Allow","Action":"s:3"},' +
        '{"Sid":"B","Effect":"Deny","Action":"s:4","Principal":{"AWS":["2","1"]}}]}',
    );
  });

  it("refuses a source document that is not JSON", () => {
    assert.throws(() => minified({ sourcePolicyDocuments: ["{"] }), SyntaxError);
  });
});
