const aws = require("@pulumi/aws");

module.exports = async () => {
  const base = await aws.iam.getPolicyDocument({
    statements: [
      { sid: "Read", actions: ["s3:ListBucket", "s3:GetObject"], resources: ["arn:aws:s3:::b/&{aws:username}/*"] },
      {
        sid: "Gate",
        effect: "Deny",
        notActions: ["iam:ListUsers"],
        resources: ["*"],
        conditions: [{ test: "BoolIfExists", variable: "aws:MultiFactorAuthPresent", values: ["false"] }],
      },
    ],
  });
  const merged = aws.iam.getPolicyDocumentOutput({
    sourcePolicyDocuments: [base.json],
    overridePolicyDocuments: [
      '{"Statement":[{"Sid":"Read","Effect":"Allow","Action":["z:Z","a:A"],"Resource":["*"]}]}',
    ],
  });
  new aws.iam.Policy("base", { policy: base.json });
  new aws.iam.Policy("merged", { policy: merged.json });
  const user = new aws.iam.User("alice");
  const trust = aws.iam.getPolicyDocumentOutput({
    statements: [{ actions: ["sts:AssumeRole"], principals: [{ type: "AWS", identifiers: [user.arn] }] }],
  });
  new aws.iam.Role("assumed", { assumeRolePolicy: trust.json });
  return { json: base.json };
};
