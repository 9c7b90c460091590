import { iam, type PredictedOutputs, regional } from "./output-table";

/** A type of CloudFormation's registry, as @pulumi/aws-native has it. */
export interface NativeType {
  /** The property that is named after the resource where the program does not name it (Pulumi documentation, "Autonaming"). */
  readonly named?: string;
  readonly outputs: PredictedOutputs;
}

/**
 * The same for @pulumi/aws-native. Ids and attributes: CloudFormation Template Reference, "Return values" of each type.
 */
export const awsNativeTypes: Readonly<Record<string, NativeType>> = {
  "aws-native:iam:User": { named: "userName", outputs: { arn: iam("user{path|/}{userName}"), id: "{userName}" } },
  "aws-native:iam:Group": { named: "groupName", outputs: { arn: iam("group{path|/}{groupName}"), id: "{groupName}" } },
  "aws-native:iam:Role": {
    named: "roleName",
    outputs: { arn: iam("role{path|/}{roleName}"), id: "{roleName}", roleId: "AROA{random:upper:17}" },
  },
  "aws-native:iam:ManagedPolicy": {
    named: "managedPolicyName",
    outputs: { policyArn: iam("policy{path|/}{managedPolicyName}"), id: "{policyArn}" },
  },
  "aws-native:iam:InstanceProfile": {
    named: "instanceProfileName",
    outputs: { arn: iam("instance-profile{path|/}{instanceProfileName}"), id: "{instanceProfileName}" },
  },
  "aws-native:iam:OidcProvider": { outputs: { arn: iam("oidc-provider/{url:host}"), id: "{arn}" } },
  "aws-native:iam:SamlProvider": { named: "name", outputs: { arn: iam("saml-provider/{name}"), id: "{arn}" } },
  "aws-native:s3:Bucket": {
    named: "bucketName",
    outputs: { arn: "arn:{partition}:s3:::{bucketName}", id: "{bucketName}" },
  },
  "aws-native:lambda:Function": {
    named: "functionName",
    outputs: { arn: regional("lambda", "function:{functionName}"), id: "{functionName}" },
  },
  "aws-native:dynamodb:Table": {
    named: "tableName",
    outputs: { arn: regional("dynamodb", "table/{tableName}"), id: "{tableName}" },
  },
  "aws-native:sqs:Queue": {
    named: "queueName",
    outputs: {
      arn: regional("sqs", "{queueName}"),
      queueUrl: "https://sqs.{region}.{dnsSuffix}/{account}/{queueName}",
      id: "{queueUrl}",
    },
  },
  "aws-native:sns:Topic": {
    named: "topicName",
    outputs: { topicArn: regional("sns", "{topicName}"), id: "{topicArn}" },
  },
  "aws-native:kms:Key": { outputs: { arn: regional("kms", "key/{random:uuid}") } },
  "aws-native:secretsmanager:Secret": {
    named: "name",
    outputs: { awsId: regional("secretsmanager", "secret:{name}-{random:mixed:6}"), id: "{awsId}" },
  },
  "aws-native:logs:LogGroup": {
    named: "logGroupName",
    outputs: { arn: regional("logs", "log-group:{logGroupName}:*"), id: "{logGroupName}" },
  },
  "aws-native:ecr:Repository": {
    named: "repositoryName",
    outputs: { arn: regional("ecr", "repository/{repositoryName}"), id: "{repositoryName}" },
  },
  "aws-native:eks:Cluster": { named: "name", outputs: { arn: regional("eks", "cluster/{name}"), id: "{name}" } },
  "aws-native:ecs:Cluster": {
    named: "clusterName",
    outputs: { arn: regional("ecs", "cluster/{clusterName}"), id: "{clusterName}" },
  },
  "aws-native:organizations:Account": { outputs: { accountId: "{random:digits:12}", id: "{accountId}" } },
  "aws-native:organizations:Policy": { outputs: { awsId: "p-{random:lower:8}", id: "{awsId}" } },
  "aws-native:organizations:OrganizationalUnit": { outputs: { awsId: "ou-root-{random:lower:8}", id: "{awsId}" } },
  "aws-native:sso:PermissionSet": {
    outputs: { permissionSetArn: "arn:{partition}:sso:::permissionSet/{instanceArn:last}/ps-{random:hex:16}" },
  },
};
