/** One thing to judge, as what each tool reads best: a Pulumi program, Terraform for Checkov, a CloudFormation template for cdk-nag. */
export interface Case {
  readonly name: string;
  readonly title: string;
  /** Whether somebody who can read IAM would stop it. */
  readonly risky: boolean;
  /** The body of a program in JavaScript that has `aws`. */
  readonly program: string;
  /** The same in HCL. */
  readonly terraform: string;
  /** The resources of a template that makes the same. */
  readonly resources: Readonly<Record<string, unknown>>;
}

const ADMINISTRATOR = "arn:aws:iam::aws:policy/AdministratorAccess";

function policy(...statements: readonly object[]): object {
  return { Version: "2012-10-17", Statement: statements };
}

/** A group with one managed policy of its own. */
function groupWith(document: object): Pick<Case, "program" | "terraform" | "resources"> {
  return {
    program: `
const group = new aws.iam.Group("team", { name: "team" });
const policy = new aws.iam.Policy("team", { name: "team", policy: ${JSON.stringify(document)} });
new aws.iam.GroupPolicyAttachment("team", { group: group.name, policyArn: policy.arn });
`,
    terraform: `
resource "aws_iam_group" "team" {
  name = "team"
}
resource "aws_iam_policy" "team" {
  name   = "team"
  policy = jsonencode(${JSON.stringify(document)})
}
resource "aws_iam_group_policy_attachment" "team" {
  group      = aws_iam_group.team.name
  policy_arn = aws_iam_policy.team.arn
}
`,
    resources: {
      Team: { Type: "AWS::IAM::Group", Properties: { GroupName: "team" } },
      Policy: {
        Type: "AWS::IAM::ManagedPolicy",
        Properties: { ManagedPolicyName: "team", Groups: [{ Ref: "Team" }], PolicyDocument: document },
      },
    },
  };
}

const OPEN_TRUST = policy({
  Effect: "Allow",
  Action: "sts:AssumeRoleWithWebIdentity",
  Principal: { Federated: "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com" },
  Condition: {
    StringEquals: { "token.actions.githubusercontent.com:aud": "sts.amazonaws.com" },
    StringLike: { "token.actions.githubusercontent.com:sub": "repo:*:ref:refs/heads/main" },
  },
});

export const cases: readonly Case[] = [
  {
    name: "admin-group",
    title: "a group with AdministratorAccess",
    risky: true,
    program: `
const group = new aws.iam.Group("admins", { name: "admins" });
new aws.iam.GroupPolicyAttachment("admins", { group: group.name, policyArn: "${ADMINISTRATOR}" });
`,
    terraform: `
resource "aws_iam_group" "admins" {
  name = "admins"
}
resource "aws_iam_group_policy_attachment" "admins" {
  group      = aws_iam_group.admins.name
  policy_arn = "${ADMINISTRATOR}"
}
`,
    resources: {
      Admins: { Type: "AWS::IAM::Group", Properties: { GroupName: "admins", ManagedPolicyArns: [ADMINISTRATOR] } },
    },
  },
  {
    name: "open-github-role",
    title: "a role of administrators that the main branch of any repository on GitHub may assume",
    risky: true,
    program: `
new aws.iam.Role("deploy", {
  name: "deploy",
  assumeRolePolicy: ${JSON.stringify(OPEN_TRUST)},
  managedPolicyArns: ["${ADMINISTRATOR}"],
});
`,
    terraform: `
resource "aws_iam_role" "deploy" {
  name                = "deploy"
  assume_role_policy  = jsonencode(${JSON.stringify(OPEN_TRUST)})
  managed_policy_arns = ["${ADMINISTRATOR}"]
}
`,
    resources: {
      Deploy: {
        Type: "AWS::IAM::Role",
        Properties: { RoleName: "deploy", AssumeRolePolicyDocument: OPEN_TRUST, ManagedPolicyArns: [ADMINISTRATOR] },
      },
    },
  },
  {
    name: "mfa-gate-with-a-hole",
    title: "an MFA gate with `Bool` where `BoolIfExists` is meant: access keys pass it",
    risky: true,
    ...groupWith(
      policy(
        { Effect: "Allow", Action: ["s3:GetObject", "s3:PutObject"], Resource: "arn:aws:s3:::payroll/*" },
        {
          Effect: "Deny",
          NotAction: ["iam:CreateVirtualMFADevice", "iam:EnableMFADevice"],
          Resource: "*",
          Condition: { Bool: { "aws:MultiFactorAuthPresent": "false" } },
        },
      ),
    ),
  },
  {
    name: "own-policy",
    title: "a group that may write new versions of one policy, which is its own",
    risky: true,
    ...groupWith(
      policy({
        Effect: "Allow",
        Action: "iam:CreatePolicyVersion",
        Resource: "arn:aws:iam::111122223333:policy/team",
      }),
    ),
  },
  {
    name: "wildcard-taken-back",
    title: "a wildcard that a Deny takes back, but for reading one bucket",
    risky: false,
    ...groupWith(
      policy(
        { Effect: "Allow", Action: "*", Resource: "*" },
        { Effect: "Deny", NotAction: "s3:GetObject", Resource: "*" },
        { Effect: "Deny", Action: "s3:GetObject", NotResource: "arn:aws:s3:::reports/*" },
      ),
    ),
  },
];
