import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { declaresOf } from "../../../policypack/model/types";
import { powerless } from "../../../policypack/model/types/powerless";

/** The modules of @pulumi/aws whose resources are about identity. */
const modules = ["account", "accountaccess", "iam", "identitystore", "organizations", "rolesanywhere", "ssoadmin"];

/** Type tokens as they stand in the installed SDK, which is read and not loaded. */
function typesOf(module: string): readonly string[] {
  const folder = join(dirname(require.resolve("@pulumi/aws/package.json")), module);
  return readdirSync(folder)
    .filter((file) => file.endsWith(".js"))
    .flatMap((file) => /__pulumiType = '([^']+)'/.exec(readFileSync(join(folder, file), "utf8"))?.[1] ?? []);
}

/** Neither read nor known to give no power. */
function isUnseen(type: string): boolean {
  return declaresOf(type).some(({ declares }) => declares === "unseen kind");
}

/** Those of @pulumi/aws-native 1.79.0, which is not installed. */
const awsNative = [
  "aws-native:accountaccess:Application",
  "aws-native:accountaccess:Entitlement",
  "aws-native:iam:Group",
  "aws-native:iam:GroupPolicy",
  "aws-native:iam:InstanceProfile",
  "aws-native:iam:ManagedPolicy",
  "aws-native:iam:OidcProvider",
  "aws-native:iam:Role",
  "aws-native:iam:RolePolicy",
  "aws-native:iam:SamlProvider",
  "aws-native:iam:ServerCertificate",
  "aws-native:iam:ServiceLinkedRole",
  "aws-native:iam:User",
  "aws-native:iam:UserPolicy",
  "aws-native:iam:VirtualMfaDevice",
  "aws-native:identitystore:Group",
  "aws-native:identitystore:GroupMembership",
  "aws-native:organizations:Account",
  "aws-native:organizations:Organization",
  "aws-native:organizations:OrganizationalUnit",
  "aws-native:organizations:Policy",
  "aws-native:organizations:ResourcePolicy",
  "aws-native:rolesanywhere:Crl",
  "aws-native:rolesanywhere:Profile",
  "aws-native:rolesanywhere:TrustAnchor",
  "aws-native:sso:Application",
  "aws-native:sso:ApplicationAssignment",
  "aws-native:sso:Assignment",
  "aws-native:sso:Instance",
  "aws-native:sso:InstanceAccessControlAttributeConfiguration",
  "aws-native:sso:PermissionSet",
];

/** AWS CloudFormation Template Reference, the same services. */
const cloudFormation = [
  "AWS::AccountAccess::Application",
  "AWS::AccountAccess::Entitlement",
  "AWS::IAM::AccessKey",
  "AWS::IAM::Group",
  "AWS::IAM::GroupPolicy",
  "AWS::IAM::InstanceProfile",
  "AWS::IAM::ManagedPolicy",
  "AWS::IAM::OIDCProvider",
  "AWS::IAM::Policy",
  "AWS::IAM::Role",
  "AWS::IAM::RolePolicy",
  "AWS::IAM::SAMLProvider",
  "AWS::IAM::ServerCertificate",
  "AWS::IAM::ServiceLinkedRole",
  "AWS::IAM::User",
  "AWS::IAM::UserPolicy",
  "AWS::IAM::UserToGroupAddition",
  "AWS::IAM::VirtualMFADevice",
  "AWS::IdentityStore::Group",
  "AWS::IdentityStore::GroupMembership",
  "AWS::Organizations::Account",
  "AWS::Organizations::Organization",
  "AWS::Organizations::OrganizationalUnit",
  "AWS::Organizations::Policy",
  "AWS::Organizations::ResourcePolicy",
  "AWS::RolesAnywhere::CRL",
  "AWS::RolesAnywhere::Profile",
  "AWS::RolesAnywhere::TrustAnchor",
  "AWS::SSO::Application",
  "AWS::SSO::ApplicationAssignment",
  "AWS::SSO::Assignment",
  "AWS::SSO::Instance",
  "AWS::SSO::InstanceAccessControlAttributeConfiguration",
  "AWS::SSO::PermissionSet",
];

describe("types about identity", () => {
  it("of the installed @pulumi/aws are read, or known to give no power", () => {
    const types = modules.flatMap(typesOf);
    assert.ok(types.length > 60, `${types.length} types found`);
    assert.deepEqual(types.filter(isUnseen), []);
  });

  it("of @pulumi/aws-native are read, or known to give no power", () => {
    assert.deepEqual(awsNative.filter(isUnseen), []);
  });

  it("of CloudFormation are read, or known to give no power", () => {
    assert.deepEqual(cloudFormation.filter(isUnseen), []);
  });

  it("are told where nobody has looked into them", () => {
    assert.ok(isUnseen("aws:iam/superUser:SuperUser"));
    assert.ok(isUnseen("aws-native:iam:SuperUser"));
    assert.ok(isUnseen("AWS::IAM::SuperUser"));
    assert.deepEqual(declaresOf("aws:s3/bucket:Bucket"), []);
    assert.deepEqual(declaresOf("AWS::S3::Bucket"), []);
  });

  it("without power are not read, and are types that there are", () => {
    const types = new Set([...modules.flatMap(typesOf), ...awsNative, ...cloudFormation]);
    assert.deepEqual(
      [...powerless.keys()].filter((type) => !types.has(type) || declaresOf(type).length > 0),
      [],
    );
  });
});
