import assert from "node:assert/strict";
import { Secrets } from "../../../policypack/host/outgoing/secrets";

function keeping(...values: readonly unknown[]): Secrets {
  const secrets = new Secrets();
  for (const value of values) secrets.take(value);
  return secrets;
}

const password = `p4ss/w"rd+ü&\\1`;

describe("a secret in a text", () => {
  it("is masked as it is, within a word and beside others", () => {
    assert.equal(keeping("hunter2-Zebra").masked("xhunter2-Zebray hunter2-Zebra"), "x[secret]y [secret]");
  });

  it("is masked in JSON, in JSON in JSON, in URLs and forms, in hexadecimal digits", () => {
    const secrets = keeping(password);
    const inJson = JSON.stringify({ a: password });
    for (const text of [
      inJson,
      JSON.stringify(inJson),
      `https://x/?a=${encodeURIComponent(password)}`,
      `https://x/?a=${encodeURIComponent(password).toLowerCase()}`,
      `https://x/${encodeURI(password)}`,
      Buffer.from(password).toString("hex"),
    ]) {
      assert.match(secrets.masked(text), /\[secret\]/, text);
      assert.equal(secrets.masked(text).includes("p4ss"), false);
    }
  });

  it("is masked in base64 wherever in a group of three it begins, also for URLs", () => {
    const secrets = keeping("S3cret-Value-77");
    for (const before of ["", "a", "ab"]) {
      for (const alphabet of ["base64", "base64url"] as const) {
        const encoded = Buffer.from(`${before}S3cret-Value-77 and more`).toString(alphabet);
        const shown = secrets.masked(encoded);
        assert.match(shown, /\[secret\]/);
        const left = Buffer.from(shown.split("[secret]")[1] ?? "", "base64").toString();
        assert.equal(left.includes("Value"), false);
      }
    }
  });

  it("is masked line by line where it has lines", () => {
    const pem = "-----BEGIN KEY-----\nMIIEvQIBADANBgkqhkiG9w0\nAQEFAASCBKcwggSjAgEAAo\n-----END KEY-----";
    assert.equal(keeping(pem).masked("  AQEFAASCBKcwggSjAgEAAo"), "  [secret]");
  });

  it("that looks like a word or a number is masked where it stands alone only", () => {
    const secrets = keeping("zebras", 12345678);
    assert.equal(
      secrets.masked('the "zebras", zebrastripe, n=12345678, 123456789'),
      'the "[secret]", zebrastripe, n=[secret], 123456789',
    );
  });

  it("that everybody knows, or that is as short as a word by chance, masks nothing", () => {
    const text =
      "a true dev us-east-1 production sts:AssumeRole lambda.amazonaws.com 12345 arn:aws:iam::aws:policy/ReadOnlyAccess";
    const secrets = keeping(
      "a",
      "true",
      true,
      "dev",
      "us-east-1",
      "production",
      "sts:AssumeRole",
      "lambda.amazonaws.com",
      12345,
      "arn:aws:iam::aws:policy/ReadOnlyAccess",
    );
    assert.equal(secrets.masked(text), text);
  });

  it("that looks like a word is not masked where a resource of the stack is called so", () => {
    const secrets = keeping("zebras", "giraffe");
    secrets.takeName("urn:pulumi:dev::shop::aws:iam/group:Group::zebras");
    assert.equal(secrets.masked('group "zebras" of giraffe'), 'group "zebras" of [secret]');
  });

  it("takes as long as the text is, whatever the secrets hold", () => {
    const started = performance.now();
    const secrets = keeping(
      ...Array.from({ length: 30_000 }, (_, index) => `Secret-${index}-${"ab".repeat(20)}`),
      "(a+)+$".repeat(2000),
    );
    secrets.masked("a".repeat(100_000));
    assert.ok(performance.now() - started < 10_000);
  });
});

describe("a secret document", () => {
  const document = {
    Version: "2012-10-17",
    Statement: {
      Effect: "Allow",
      Principal: { AWS: "arn:aws:iam::999988887777:role/partner-deployer" },
      Action: "sts:AssumeRole",
      Condition: { StringEquals: { "sts:ExternalId": "giraffe" } },
    },
  };

  it("is masked by its parts, but for what every policy says", () => {
    for (const secret of [document, JSON.stringify(document), { policy: JSON.stringify(document) }]) {
      assert.equal(
        keeping(secret).masked("Allow sts:AssumeRole by 999988887777, role partner-deployer, aws:x = giraffe"),
        "Allow sts:AssumeRole by [secret], role [secret], aws:x = [secret]",
      );
    }
  });

  it("gives away no value that a witness was made from", () => {
    assert.equal(
      keeping("x").maskedWitness("Allowed: iam:X on * (a key; aws:SourceIp = 203.0.113.1; aws:username = bob)."),
      "Allowed: iam:X on * (a key; aws:SourceIp = [secret]; aws:username = [secret]).",
    );
  });

  it("nested without end is read as far as a hundred levels", () => {
    const deep = `${"[".repeat(5_000)}"Hidden-Value-1"${"]".repeat(5_000)}`;
    assert.equal(keeping(deep).masked("Other-Value-1"), "Other-Value-1");
  });
});
