const aws = require("@pulumi/aws");
const pulumi = require("@pulumi/pulumi");

const bucket = new aws.s3.Bucket("files", { bucket: "files" });
new aws.s3.BucketObject("text", { bucket: bucket.bucket, source: new pulumi.asset.StringAsset("hello") });
new aws.s3.BucketObject("file", { bucket: bucket.bucket, source: new pulumi.asset.FileAsset("./package.json") });
new aws.lambda.Function("code", {
  role: "arn:aws:iam::123456789012:role/lambda",
  runtime: "nodejs22.x",
  handler: "index.handler",
  code: new pulumi.asset.AssetArchive({ "index.js": new pulumi.asset.StringAsset("exports.handler = () => 1;") }),
});
