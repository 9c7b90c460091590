import assert from "node:assert/strict";
import { policyDocument } from "../../../../cli/offline/invokes/policy-document";

const lines = (...text: string[]) => text.join("\n");

describe("the policy document that getPolicyDocument computes", () => {
  it("has the version of today, an indent of two, and Allow where no effect is given", () => {
    const { json } = policyDocument({ statements: [{ actions: ["s3:GetObject"], resources: ["*"] }] });
    assert.equal(
      json,
      lines(
        "{",
        '  "Version": "2012-10-17",',
        '  "Statement": [',
        "    {",
        '      "Effect": "Allow",',
        '      "Action": "s3:GetObject",',
        '      "Resource": "*"',
        "    }",
        "  ]",
        "}",
      ),
    );
  });

  it("leaves out statements where there are none", () => {
    assert.equal(policyDocument({}).minifiedJson, '{"Version":"2012-10-17"}');
  });

  it("puts every element in its place", () => {
    const { minifiedJson } = policyDocument({
      policyId: "gate",
      version: "2008-10-17",
      statements: [
        {
          conditions: [{ test: "Bool", variable: "aws:SecureTransport", values: ["true"] }],
          notPrincipals: [{ type: "AWS", identifiers: ["123456789012"] }],
          notResources: ["b"],
          notActions: ["a:B"],
          effect: "Deny",
          sid: "One",
        },
      ],
    });
    assert.equal(
      minifiedJson,
      '{"Version":"2008-10-17","Id":"gate","Statement":[{"Sid":"One","Effect":"Deny","NotAction":"a:B","NotResource":"b",' +
        '"NotPrincipal":{"AWS":"123456789012"},"Condition":{"Bool":{"aws:SecureTransport":"true"}}}]}',
    );
  });

  it("sorts several actions downwards by bytes and says each once", () => {
    const { minifiedJson } = policyDocument({ statements: [{ actions: ["a:B", "s3:*", "S3:*", "a:B"] }] });
    assert.equal(
      minifiedJson,
      '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["s3:*","a:B","S3:*"]}]}',
    );
  });

  it("keeps the order of condition values", () => {
    const conditions = [{ test: "StringLike", variable: "s3:prefix", values: ["home/", "", "home/&{aws:username}/"] }];
    assert.equal(
      policyDocument({ statements: [{ conditions }] }).minifiedJson,
      '{"Version":"2012-10-17","Statement":[{"Effect":"Allow",' +
        '"Condition":{"StringLike":{"s3:prefix":["home/","","home/${aws:username}/"]}}}]}',
    );
  });

  it("joins conditions on the same key", () => {
    const conditions = [
      { test: "StringEquals", variable: "aws:z", values: ["1"] },
      { test: "Bool", variable: "aws:b", values: ["true"] },
      { test: "StringEquals", variable: "aws:a", values: ["3"] },
      { test: "StringEquals", variable: "aws:z", values: ["2"] },
    ];
    assert.equal(
      policyDocument({ statements: [{ conditions }] }).minifiedJson,
      '{"Version":"2012-10-17","Statement":[{"Effect":"Allow",' +
        '"Condition":{"Bool":{"aws:b":"true"},"StringEquals":{"aws:a":"3","aws:z":["1","2"]}}}]}',
    );
  });

  it("writes a variable for &{ in resources, principals and condition values, but not in actions", () => {
    const statement = { actions: ["s3:&{x}"], resources: ["arn:aws:s3:::b/&{aws:username}"] };
    assert.equal(
      policyDocument({ statements: [statement] }).minifiedJson,
      '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:\\u0026{x}",' +
        '"Resource":"arn:aws:s3:::b/${aws:username}"}]}',
    );
  });

  it("refuses &{ in a document of 2008", () => {
    assert.throws(
      () => policyDocument({ version: "2008-10-17", statements: [{ resources: ["&{aws:username}"] }] }),
      /not supported in document version 2008-10-17/,
    );
  });

  it("escapes what is special in HTML", () => {
    assert.match(policyDocument({ statements: [{ resources: ["<a>&b"] }] }).json, /"\\u003ca\\u003e\\u0026b"/);
  });

  it("shortens a principal * of type * to the text *", () => {
    const statements = [{ principals: [{ type: "*", identifiers: ["*"] }] }];
    assert.match(policyDocument({ statements }).minifiedJson, /"Principal":"\*"/);
  });

  it("keeps a principal * of type AWS", () => {
    const statements = [{ principals: [{ type: "AWS", identifiers: ["*"] }] }];
    assert.match(policyDocument({ statements }).minifiedJson, /"Principal":\{"AWS":"\*"\}/);
  });

  it("sorts principals by type, and joins those of one type", () => {
    const principals = [
      { type: "Service", identifiers: ["ec2.amazonaws.com"] },
      { type: "AWS", identifiers: ["a", "b"] },
      { type: "AWS", identifiers: ["c"] },
    ];
    assert.match(
      policyDocument({ statements: [{ principals }] }).minifiedJson,
      /"Principal":\{"AWS":\["b","a","c"\],"Service":"ec2.amazonaws.com"\}/,
    );
  });

  it("merges documents before and after its own statements by Sid", () => {
    const source = '{"Version":"2008-10-17","Statement":{"Sid":"A","Effect":"Allow","Action":["a:1","z:9"]}}';
    const override = '{"Id":"over","Statement":[{"Sid":"A","Effect":"Deny","Action":"a:1"},{"Effect":"Allow"}]}';
    const { minifiedJson } = policyDocument({
      sourcePolicyDocuments: [source],
      statements: [{ sid: "B", actions: ["b:1"] }],
      overridePolicyDocuments: [override],
    });
    assert.equal(
      minifiedJson,
      '{"Version":"2012-10-17","Id":"over","Statement":[{"Sid":"A","Effect":"Deny","Action":"a:1"},' +
        '{"Sid":"B","Effect":"Allow","Action":"b:1"},{"Effect":"Allow"}]}',
    );
  });

  it("keeps the order of actions in a source document, and shortens conditions", () => {
    const source = '{"Statement":[{"Effect":"Allow","Action":["a:1","z:9"],"Condition":{"Bool":{"k":["true"]}}}]}';
    assert.equal(
      policyDocument({ sourcePolicyDocuments: [source] }).minifiedJson,
      '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["a:1","z:9"],"Condition":{"Bool":{"k":"true"}}}]}',
    );
  });

  it("refuses a Sid that two statements of its own share", () => {
    assert.throws(
      () => policyDocument({ statements: [{ sid: "Same" }, { sid: "Same" }] }),
      /duplicate Sid "Same" in statements\[1\]/,
    );
  });

  it("refuses a Sid that two source documents share", () => {
    const source = '{"Statement":[{"Sid":"Same","Effect":"Allow"}]}';
    assert.throws(() => policyDocument({ sourcePolicyDocuments: [source, source] }), /sourcePolicyDocuments\[1\]/);
  });

  it("names a document that is not JSON", () => {
    assert.throws(
      () => policyDocument({ overridePolicyDocuments: ["{}", "{"] }),
      /overridePolicyDocuments\[1\] is not JSON/,
    );
  });
});
