// A role for GitHub Actions. It registers resources by their types, so that it builds in seconds; a program with the package
// github.com/pulumi/pulumi-aws is checked in the same way, and takes some minutes to build the first time.
package main

import (
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/config"
)

const issuer = "token.actions.githubusercontent.com"

type resource struct {
	pulumi.CustomResourceState
	Arn pulumi.StringOutput `pulumi:"arn"`
}

func main() {
	pulumi.Run(func(ctx *pulumi.Context) error {
		settings := config.New(ctx, "")

		github := &resource{}
		err := ctx.RegisterResource("aws:iam/openIdConnectProvider:OpenIdConnectProvider", "github", pulumi.Map{
			"url":           pulumi.String("https://" + issuer),
			"clientIdLists": pulumi.StringArray{pulumi.String("sts.amazonaws.com")},
		}, github)
		if err != nil {
			return err
		}

		deploy := &resource{}
		err = ctx.RegisterResource("aws:iam/role:Role", "deploy", pulumi.Map{
			"assumeRolePolicy": pulumi.JSONMarshal(map[string]any{
				"Version": "2012-10-17",
				"Statement": []any{map[string]any{
					"Effect":    "Allow",
					"Principal": map[string]any{"Federated": github.Arn},
					"Action":    "sts:AssumeRoleWithWebIdentity",
					"Condition": map[string]any{
						"StringEquals": map[string]any{issuer + ":aud": "sts.amazonaws.com"},
						"StringLike":   map[string]any{issuer + ":sub": "repo:" + settings.Require("repository") + ":ref:refs/heads/main"},
					},
				}},
			}),
		}, deploy)
		if err != nil {
			return err
		}
		ctx.Export("role", deploy.Arn)

		return ctx.RegisterResource("aws:iam/rolePolicyAttachment:RolePolicyAttachment", "deploy", pulumi.Map{
			"role":      deploy.ID(),
			"policyArn": pulumi.String("arn:aws:iam::aws:policy/ReadOnlyAccess"),
		}, &resource{})
	})
}
