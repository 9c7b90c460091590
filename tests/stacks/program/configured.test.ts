import assert from "node:assert/strict";
import { all, only, registeredBy } from "../registered";
import { deploying, stack } from "./deploying";

describe("stacks: how each reads its configuration", () => {
  it("deploys the password policy with its configuration", async () => {
    const registered = await stack({
      "aws:region": "us-east-1",
      "aws-identity-guardrails:component": "password-policy",
      "aws-identity-guardrails:maxPasswordAge": "60",
    });
    const inputs = only(registered, "aws:iam/accountPasswordPolicy:AccountPasswordPolicy").inputs;
    assert.equal(inputs.maxPasswordAge, 60);
    assert.equal(inputs.minimumPasswordLength, 14);
  });

  it("deploys the administrators' group with its configuration", async () => {
    const registered = await stack({
      "aws-identity-guardrails:component": "admin-group",
      "aws-identity-guardrails:members": '["first-admin","second-admin"]',
      "aws-identity-guardrails:groupName": "platform-admins",
      "aws-identity-guardrails:roleName": "platform-admin",
    });
    assert.equal(only(registered, "aws:iam/group:Group").inputs.name, "platform-admins");
    assert.equal(only(registered, "aws:iam/role:Role").inputs.name, "platform-admin");
    assert.deepEqual(
      registered
        .filter(({ type }) => type === "aws:iam/userGroupMembership:UserGroupMembership")
        .map(({ inputs }) => inputs.user),
      ["first-admin", "second-admin"],
    );
  });

  it("deploys the root SCP with its configuration", async () => {
    const registered = await stack({
      "aws-identity-guardrails:component": "root-scp",
      "aws-identity-guardrails:targets": '["ou-ab12-cdef3456"]',
      "aws-identity-guardrails:allowedRootTasks": '["close-account"]',
      "aws-identity-guardrails:additionalRootActions": '["account:GetContactInformation"]',
      "aws-identity-guardrails:exemptAssumeRoot": "false",
      "aws-identity-guardrails:policyName": "no-root",
    });
    const policy = only(registered, "aws:organizations/policy:Policy").inputs;
    assert.equal(policy.name, "no-root");
    assert.equal(
      policy.content,
      '{"Version":"2012-10-17","Statement":[{"Sid":"DenyRootUser","Effect":"Deny","NotAction":["account:CloseAccount",' +
        '"account:GetAccountInformation","account:GetContactInformation"],"Resource":"*","Condition":{"ArnLike":' +
        '{"aws:PrincipalArn":["arn:aws:iam::*:root","arn:aws-cn:iam::*:root","arn:aws-eusc:iam::*:root",' +
        '"arn:aws-us-gov:iam::*:root"]}}}]}',
    );
    const attachment = only(registered, "aws:organizations/policyAttachment:PolicyAttachment").inputs;
    assert.equal(attachment.targetId, "ou-ab12-cdef3456");
  });

  it("deploys MFA for users with its configuration", async () => {
    const registered = await registeredBy(
      deploying({
        "aws-identity-guardrails:component": "user-mfa",
        "aws-identity-guardrails:allUsers": "true",
        "aws-identity-guardrails:gatedGroups": '["developers"]',
        "aws-identity-guardrails:userGroupName": "people",
        "aws-identity-guardrails:gatePolicyName": "mfa-gate",
        "aws-identity-guardrails:machineUserPaths": '["/ci/"]',
        "aws-identity-guardrails:machineUserSources": '["203.0.113.0/24"]',
        "aws-identity-guardrails:machineUserVpcs": '["vpc-0a1b2c3d"]',
        "aws-identity-guardrails:ownKeys": '["ssh-keys"]',
        "aws-identity-guardrails:passwordBeforeMfa": "false",
      }),
      { getGroup: {}, getUsers: { names: ["first-user"] } },
    );
    assert.equal(only(registered, "aws:iam/group:Group").inputs.name, "people");
    const policy = only(registered, "aws:iam/policy:Policy").inputs;
    assert.equal(policy.name, "mfa-gate");
    assert.match(String(policy.policy), /iam:UploadSSHPublicKey/);
    assert.match(String(policy.policy), /user\/ci\/\*.*203\.0\.113\.0\/24.*vpc-0a1b2c3d/);
    assert.doesNotMatch(String(policy.policy), /"NotAction":\["iam:ChangePassword"/);
    assert.equal(only(registered, "aws:iam/userGroupMembership:UserGroupMembership").inputs.user, "first-user");
  });

  it("deploys the developers' boundary with its configuration", async () => {
    const registered = await registeredBy(
      deploying({
        "aws-identity-guardrails:component": "developer-boundary",
        "aws-identity-guardrails:teamPath": "/apps/",
        "aws-identity-guardrails:boundaryPolicyName": "limits",
        "aws-identity-guardrails:delegationPolicyName": "make-roles",
        "aws-identity-guardrails:teamGroups": '["developers"]',
        "aws-identity-guardrails:teamRoles": '["deploy"]',
        "aws-identity-guardrails:passableRoles": '["arn:aws:iam::123456789012:role/ecs-execution"]',
        "aws-identity-guardrails:assumableRoles": '["arn:aws:iam::210987654321:role/shared"]',
      }),
      { getGroup: {}, getRole: {}, getRoles: { names: [] } },
    );
    const [boundary, delegation] = all(registered, "aws:iam/policy:Policy").map(({ inputs }) => inputs);
    assert.deepEqual([boundary?.name, delegation?.name], ["limits", "make-roles"]);
    assert.match(String(boundary?.policy), /role\/apps\/.*ecs-execution.*210987654321:role\/shared/);
    assert.equal(only(registered, "aws:iam/groupPolicyAttachment:GroupPolicyAttachment").inputs.group, "developers");
    assert.equal(only(registered, "aws:iam/rolePolicyAttachment:RolePolicyAttachment").inputs.role, "deploy");
  });

  it("deploys guardrails of member accounts with their configuration", async () => {
    const registered = await stack({
      "aws-identity-guardrails:component": "guardrail-scps",
      "aws-identity-guardrails:targets": '["r-ab12"]',
      "aws-identity-guardrails:stagedUnit": "ou-ab12-cdef3456",
      "aws-identity-guardrails:guardrails": '["iam-users","admin-roles","trail"]',
      "aws-identity-guardrails:exemptRoles": '["deploy"]',
      "aws-identity-guardrails:protectedRoles": '["keeper"]',
      "aws-identity-guardrails:exemptUserPaths": '["/ci/"]',
      "aws-identity-guardrails:protectedTrails": '["the-trail"]',
      "aws-identity-guardrails:allowedRegions": '["eu-west-1"]',
      "aws-identity-guardrails:onePolicy": "true",
      "aws-identity-guardrails:policyPrefix": "acme-",
    });
    const policy = only(registered, "aws:organizations/policy:Policy").inputs;
    assert.equal(policy.name, "acme-all");
    assert.match(String(policy.content), /user\/ci\/.*role\/deploy.*role\/keeper.*trail\/the-trail.*eu-west-1/);
    const attachment = only(registered, "aws:organizations/policyAttachment:PolicyAttachment").inputs;
    assert.equal(attachment.targetId, "ou-ab12-cdef3456");
  });

  it("deploys the user for emergencies with its configuration", async () => {
    const properties = JSON.stringify({
      IsLogging: true,
      IsMultiRegionTrail: true,
      CloudWatchLogsLogGroupArn: "arn:aws:logs:us-east-1:123456789012:log-group:the-logs:*",
    });
    const registered = await registeredBy(
      deploying({
        "aws-identity-guardrails:component": "break-glass",
        "aws-identity-guardrails:trail": "the-trail",
        "aws-identity-guardrails:logGroup": "the-logs",
        "aws-identity-guardrails:trailScope": "account",
        "aws-identity-guardrails:subscribers": '["security@example.com"]',
        "aws-identity-guardrails:breakGlassUser": "glass",
        "aws-identity-guardrails:breakGlassRole": "hammer",
      }),
      { getResource: { properties } },
    );
    assert.equal(only(registered, "aws:iam/user:User").inputs.name, "glass");
    assert.equal(only(registered, "aws:iam/role:Role").inputs.name, "hammer");
    assert.equal(
      only(registered, "aws:sns/topicSubscription:TopicSubscription").inputs.endpoint,
      "security@example.com",
    );
  });

  it("deploys administrators in IAM Identity Center with its configuration", async () => {
    const registered = await registeredBy(
      deploying({
        "aws-identity-guardrails:component": "identity-center-admins",
        "aws-identity-guardrails:administeredAccounts": '["111122223333"]',
        "aws-identity-guardrails:permissionSetName": "admin",
        "aws-identity-guardrails:adminGroup": "admins",
        "aws-identity-guardrails:adminUsers": '["anna"]',
        "aws-identity-guardrails:permissionSetBoundary": "/limits",
        "aws-identity-guardrails:accountAccessApplication":
          "arn:aws:account-access:eu-west-1:111122223333:application/app-1",
        "aws-identity-guardrails:entitledRoles": '["arn:aws:iam::111122223333:role/administrator"]',
      }),
      { getInstances: { arns: ["arn:aws:sso:::instance/i"], identityStoreIds: ["d-1"] }, getUser: { userId: "u-1" } },
    );
    assert.equal(only(registered, "aws:identitystore/group:Group").inputs.displayName, "admins");
    assert.equal(only(registered, "aws:identitystore/groupMembership:GroupMembership").inputs.memberId, "u-1");
    assert.equal(only(registered, "aws:ssoadmin/permissionSet:PermissionSet").inputs.name, "admin");
    assert.deepEqual(
      only(registered, "aws:ssoadmin/permissionsBoundaryAttachment:PermissionsBoundaryAttachment").inputs
        .permissionsBoundary,
      { customerManagedPolicyReference: { path: "/", name: "limits" } },
    );
    assert.equal(all(registered, "aws:accountaccess/entitlement:Entitlement").length, 1);
  });

  it("uses the group in IAM Identity Center that the configuration says is there", async () => {
    const registered = await registeredBy(
      deploying({
        "aws-identity-guardrails:component": "identity-center-admins",
        "aws-identity-guardrails:administeredAccounts": '["111122223333"]',
        "aws-identity-guardrails:adminGroupOrigin": "existing",
      }),
      { getInstances: { arns: ["arn:aws:sso:::instance/i"], identityStoreIds: ["d-1"] }, getGroup: { groupId: "g-1" } },
    );
    assert.equal(only(registered, "aws:ssoadmin/accountAssignment:AccountAssignment").inputs.principalId, "g-1");
  });
});
