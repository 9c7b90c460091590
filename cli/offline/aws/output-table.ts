import type { Template } from "./template";

/** What an output will be: a text to be filled in, or a structure of them. */
export type Prediction = Template | readonly Prediction[] | { readonly [name: string]: Prediction };

/** The outputs of a type that follow from its inputs, in an order in which each needs only those before it; `id` among them. */
export type PredictedOutputs = { readonly [output: string]: Prediction };

/** The organization that there would be. */
export const ORGANIZATION = "o-assumed00";
export const ROOT = "r-root";

/** An ARN of a service with regions. */
export const regional = (service: string, resource: string) =>
  `arn:{partition}:${service}:{region}:{account}:${resource}`;

export const iam = (resource: string) => `arn:{partition}:iam::{account}:${resource}`;

const organizations = (resource: string) => `arn:{partition}:organizations::{account}:${resource}`;

/** Types whose ARN, which is also their id, ends in the name. */
const arnAsId = (arn: Template): PredictedOutputs => ({ arn, id: "{arn}" });

/** Types whose id is their name. */
const nameAsId = (arn: Template, name = "{name}"): PredictedOutputs => ({ arn, id: name });

const bucket: PredictedOutputs = {
  arn: "arn:{partition}:s3:::{bucket}",
  id: "{bucket}",
  bucketDomainName: "{bucket}.s3.{dnsSuffix}",
  bucketRegionalDomainName: "{bucket}.s3.{region}.{dnsSuffix}",
  bucketRegion: "{region}",
};

const ofBucket: PredictedOutputs = { id: "{bucket}" };
const bucketObject: PredictedOutputs = { arn: "arn:{partition}:s3:::{bucket}/{key}", id: "{key}" };

const eventRule: PredictedOutputs = nameAsId(regional("events", "rule/{name}"));

/**
 * What @pulumi/aws shows once a resource is made. ARNs: "Actions, resources, and condition keys for AWS services" (Service Authorization
 * Reference); ids and the rest: Pulumi Registry, "AWS". A type that is not here is one whose outputs nobody needs to judge a policy, or that
 * follow from nothing that a program says.
 */
export const awsOutputs: Readonly<Record<string, PredictedOutputs>> = {
  "aws:iam/user:User": { ...nameAsId(iam("user{path|/}{name}")), uniqueId: "AIDA{random:upper:17}" },
  "aws:iam/group:Group": { ...nameAsId(iam("group{path|/}{name}")), uniqueId: "AGPA{random:upper:17}" },
  "aws:iam/role:Role": { ...nameAsId(iam("role{path|/}{name}")), uniqueId: "AROA{random:upper:17}" },
  "aws:iam/policy:Policy": { ...arnAsId(iam("policy{path|/}{name}")), policyId: "ANPA{random:upper:17}" },
  "aws:iam/instanceProfile:InstanceProfile": {
    ...nameAsId(iam("instance-profile{path|/}{name}")),
    uniqueId: "AIPA{random:upper:17}",
  },
  "aws:iam/openIdConnectProvider:OpenIdConnectProvider": arnAsId(iam("oidc-provider/{url:host}")),
  "aws:iam/samlProvider:SamlProvider": arnAsId(iam("saml-provider/{name}")),
  "aws:iam/virtualMfaDevice:VirtualMfaDevice": arnAsId(iam("mfa{path|/}{virtualMfaDeviceName}")),
  "aws:iam/serverCertificate:ServerCertificate": { arn: iam("server-certificate{path|/}{name}") },
  "aws:iam/accountAlias:AccountAlias": { id: "{accountAlias}" },
  "aws:iam/userPolicy:UserPolicy": { id: "{user}:{name}" },
  "aws:iam/groupPolicy:GroupPolicy": { id: "{group}:{name}" },
  "aws:iam/rolePolicy:RolePolicy": { id: "{role}:{name}" },
  "aws:iam/userLoginProfile:UserLoginProfile": { id: "{user}" },

  "aws:organizations/organization:Organization": {
    id: ORGANIZATION,
    arn: organizations("organization/{id}"),
    masterAccountId: "{account}",
    masterAccountArn: organizations("account/{id}/{account}"),
    roots: [{ id: ROOT, name: "Root", arn: organizations(`root/{id}/${ROOT}`), policyTypes: [] }],
  },
  "aws:organizations/organizationalUnit:OrganizationalUnit": {
    id: "ou-root-{random:lower:8}",
    arn: organizations(`ou/${ORGANIZATION}/{id}`),
  },
  // The number is nobody's, as that of a new account is.
  "aws:organizations/account:Account": {
    id: "{random:digits:12}",
    arn: organizations(`account/${ORGANIZATION}/{id}`),
  },
  "aws:organizations/policy:Policy": {
    id: "p-{random:lower:8}",
    arn: organizations(`policy/${ORGANIZATION}/{type:lower}/{id}`),
  },
  "aws:ssoadmin/permissionSet:PermissionSet": {
    arn: "arn:{partition}:sso:::permissionSet/{instanceArn:last}/ps-{random:hex:16}",
    id: "{arn},{instanceArn}",
  },
  "aws:identitystore/user:User": { userId: "{random:uuid}", id: "{identityStoreId}/{userId}" },
  "aws:identitystore/group:Group": {
    groupId: "{random:uuid}",
    id: "{identityStoreId}/{groupId}",
    arn: "arn:{partition}:identitystore:::group/{groupId}",
  },

  "aws:s3/bucket:Bucket": bucket,
  "aws:s3/bucketV2:BucketV2": bucket,
  "aws:s3/bucketObject:BucketObject": bucketObject,
  "aws:s3/bucketObjectv2:BucketObjectv2": bucketObject,
  "aws:s3/bucketPolicy:BucketPolicy": ofBucket,
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": ofBucket,
  "aws:s3/bucketVersioning:BucketVersioning": ofBucket,
  "aws:s3/accessPoint:AccessPoint": { arn: regional("s3", "accesspoint/{name}") },
  "aws:lambda/function:Function": {
    ...nameAsId(regional("lambda", "function:{name}")),
    invokeArn: "arn:{partition}:apigateway:{region}:lambda:path/2015-03-31/functions/{arn}/invocations",
    qualifiedArn: "{arn}:$LATEST",
  },
  "aws:lambda/alias:Alias": { arn: regional("lambda", "function:{functionName}:{name}"), id: "{arn}" },
  "aws:lambda/layerVersion:LayerVersion": {
    layerArn: regional("lambda", "layer:{layerName}"),
    arn: "{layerArn}:1",
    id: "{arn}",
  },
  "aws:dynamodb/table:Table": nameAsId(regional("dynamodb", "table/{name}")),
  "aws:sqs/queue:Queue": {
    arn: regional("sqs", "{name}"),
    url: "https://sqs.{region}.{dnsSuffix}/{account}/{name}",
    id: "{url}",
  },
  "aws:sns/topic:Topic": arnAsId(regional("sns", "{name}")),
  "aws:kms/key:Key": { arn: regional("kms", "key/{random:uuid}") },
  "aws:kms/alias:Alias": nameAsId(regional("kms", "{name}")),
  "aws:secretsmanager/secret:Secret": arnAsId(regional("secretsmanager", "secret:{name}-{random:mixed:6}")),
  "aws:ssm/parameter:Parameter": nameAsId(regional("ssm", "parameter{name:slash}")),
  "aws:cloudwatch/logGroup:LogGroup": nameAsId(regional("logs", "log-group:{name}")),
  "aws:cloudwatch/eventRule:EventRule": eventRule,
  "aws:cloudwatch/eventBus:EventBus": nameAsId(regional("events", "event-bus/{name}")),
  "aws:cloudwatch/metricAlarm:MetricAlarm": nameAsId(regional("cloudwatch", "alarm:{name}")),
  "aws:cloudtrail/trail:Trail": { arn: regional("cloudtrail", "trail/{name}") },
  "aws:ecr/repository:Repository": {
    ...nameAsId(regional("ecr", "repository/{name}")),
    registryId: "{account}",
    repositoryUrl: "{account}.dkr.ecr.{region}.{dnsSuffix}/{name}",
  },
  "aws:eks/cluster:Cluster": {
    ...nameAsId(regional("eks", "cluster/{name}")),
    endpoint: "https://{random:upper:32}.gr7.{region}.eks.{dnsSuffix}",
    identities: [{ oidcs: [{ issuer: "https://oidc.eks.{region}.{dnsSuffix}/id/{random:upper:32}" }] }],
  },
  "aws:ecs/cluster:Cluster": arnAsId(regional("ecs", "cluster/{name}")),
  "aws:ecs/taskDefinition:TaskDefinition": {
    arnWithoutRevision: regional("ecs", "task-definition/{family}"),
    arn: "{arnWithoutRevision}:1",
    id: "{family}",
  },
  "aws:sfn/stateMachine:StateMachine": arnAsId(regional("states", "stateMachine:{name}")),
  "aws:sfn/activity:Activity": arnAsId(regional("states", "activity:{name}")),
  "aws:kinesis/stream:Stream": arnAsId(regional("kinesis", "stream/{name}")),
  "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream": arnAsId(regional("firehose", "deliverystream/{name}")),
  "aws:codebuild/project:Project": arnAsId(regional("codebuild", "project/{name}")),
  "aws:codecommit/repository:Repository": nameAsId(regional("codecommit", "{repositoryName}"), "{repositoryName}"),
  "aws:codepipeline/pipeline:Pipeline": nameAsId(regional("codepipeline", "{name}")),
  "aws:scheduler/schedule:Schedule": { arn: regional("scheduler", "schedule/{groupName|default}/{name}") },
  "aws:apigateway/restApi:RestApi": {
    id: "{random:lower:10}",
    arn: "arn:{partition}:apigateway:{region}::/restapis/{id}",
    executionArn: regional("execute-api", "{id}"),
  },
  "aws:apigatewayv2/api:Api": {
    id: "{random:lower:10}",
    arn: "arn:{partition}:apigateway:{region}::/apis/{id}",
    executionArn: regional("execute-api", "{id}"),
    apiEndpoint: "https://{id}.execute-api.{region}.{dnsSuffix}",
  },
  "aws:cognito/userPool:UserPool": {
    id: "{region}_{random:mixed:9}",
    arn: regional("cognito-idp", "userpool/{id}"),
    endpoint: "cognito-idp.{region}.{dnsSuffix}/{id}",
  },
  "aws:cognito/identityPool:IdentityPool": {
    id: "{region}:{random:uuid}",
    arn: regional("cognito-identity", "identitypool/{id}"),
  },
  "aws:acm/certificate:Certificate": arnAsId(regional("acm", "certificate/{random:uuid}")),
  "aws:cloudfront/originAccessIdentity:OriginAccessIdentity": {
    id: "E{random:upper:13}",
    iamArn: "arn:{partition}:iam::cloudfront:user/CloudFront Origin Access Identity {id}",
  },
  "aws:cloudfront/distribution:Distribution": {
    id: "E{random:upper:13}",
    arn: "arn:{partition}:cloudfront::{account}:distribution/{id}",
  },
  "aws:route53/zone:Zone": {
    zoneId: "Z{random:upper:20}",
    id: "{zoneId}",
    arn: "arn:{partition}:route53:::hostedzone/{zoneId}",
  },
  "aws:lb/loadBalancer:LoadBalancer": arnAsId(
    regional("elasticloadbalancing", "loadbalancer/app/{name}/{random:hex:16}"),
  ),
  "aws:ec2/vpc:Vpc": { id: "vpc-0{random:hex:16}", arn: regional("ec2", "vpc/{id}") },
  "aws:ec2/subnet:Subnet": { id: "subnet-0{random:hex:16}", arn: regional("ec2", "subnet/{id}") },
  "aws:ec2/securityGroup:SecurityGroup": { id: "sg-0{random:hex:16}", arn: regional("ec2", "security-group/{id}") },
  "aws:ec2/vpcEndpoint:VpcEndpoint": { id: "vpce-0{random:hex:16}", arn: regional("ec2", "vpc-endpoint/{id}") },
  "aws:ec2/instance:Instance": { id: "i-0{random:hex:16}", arn: regional("ec2", "instance/{id}") },
};
