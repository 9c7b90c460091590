import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

const repository = new pulumi.Config().require("repository");
const issuer = "token.actions.githubusercontent.com";

const github = new aws.iam.OpenIdConnectProvider("github", {
  url: `https://${issuer}`,
  clientIdLists: ["sts.amazonaws.com"],
});

// One branch of one repository. Without the condition on the subject any job of anybody on GitHub could take the role.
const deploy = new aws.iam.Role("deploy", {
  maxSessionDuration: 3600,
  assumeRolePolicy: {
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Action: "sts:AssumeRoleWithWebIdentity",
        Principal: { Federated: github.arn },
        Condition: {
          StringEquals: {
            [`${issuer}:aud`]: "sts.amazonaws.com",
            [`${issuer}:sub`]: `repo:${repository}:ref:refs/heads/main`,
          },
        },
      },
    ],
  },
});

// It uploads a site and makes it seen: two actions on one bucket, one on one distribution. It makes no identities and hands on no role.
const site = new aws.s3.Bucket("site");
const distribution = new aws.cloudfront.Distribution("site", {
  enabled: true,
  origins: [{ originId: "site", domainName: site.bucketRegionalDomainName }],
  defaultCacheBehavior: {
    targetOriginId: "site",
    viewerProtocolPolicy: "redirect-to-https",
    allowedMethods: ["GET", "HEAD"],
    cachedMethods: ["GET", "HEAD"],
    forwardedValues: { queryString: false, cookies: { forward: "none" } },
  },
  restrictions: { geoRestriction: { restrictionType: "none" } },
  viewerCertificate: { cloudfrontDefaultCertificate: true },
});
new aws.iam.RolePolicy("deploy", {
  role: deploy.name,
  policy: {
    Version: "2012-10-17",
    Statement: [
      { Effect: "Allow", Action: ["s3:PutObject", "s3:DeleteObject"], Resource: pulumi.interpolate`${site.arn}/*` },
      { Effect: "Allow", Action: "cloudfront:CreateInvalidation", Resource: distribution.arn },
    ],
  },
});

export const role = deploy.arn;
