"""A role with which a repository's workflows push images and nothing else."""

import pulumi
import pulumi_aws as aws

ISSUER = "token.actions.githubusercontent.com"
repository = pulumi.Config().require("repository")

github = aws.iam.OpenIdConnectProvider(
    "github",
    url=f"https://{ISSUER}",
    client_id_lists=["sts.amazonaws.com"],
)

deploy = aws.iam.Role(
    "deploy",
    assume_role_policy=pulumi.Output.json_dumps(
        {
            "Version": "2012-10-17",
            "Statement": [
                {
                    "Effect": "Allow",
                    "Principal": {"Federated": github.arn},
                    "Action": "sts:AssumeRoleWithWebIdentity",
                    "Condition": {
                        "StringEquals": {f"{ISSUER}:aud": "sts.amazonaws.com"},
                        "StringLike": {f"{ISSUER}:sub": f"repo:{repository}:ref:refs/heads/main"},
                    },
                }
            ],
        }
    ),
)

images = aws.ecr.Repository("images")
aws.iam.RolePolicy(
    "push",
    role=deploy.id,
    policy=pulumi.Output.json_dumps(
        {
            "Version": "2012-10-17",
            "Statement": [
                {"Effect": "Allow", "Action": "ecr:GetAuthorizationToken", "Resource": "*"},
                {
                    "Effect": "Allow",
                    "Action": [
                        "ecr:BatchCheckLayerAvailability",
                        "ecr:CompleteLayerUpload",
                        "ecr:InitiateLayerUpload",
                        "ecr:PutImage",
                        "ecr:UploadLayerPart",
                    ],
                    "Resource": images.arn,
                },
            ],
        }
    ),
)

pulumi.export("role", deploy.arn)
