import { NO_OPTIONS, type Resource } from "../../cli/pulumi/stack";
import type { JsonObject } from "../../cli/pulumi/values";

const PARENT = "urn:pulumi:dev::shop::pulumi:pulumi:Stack::shop-dev";

/** A resource of the stack `dev` of the project `shop`. */
export function resource(type: string, name: string, inputs: JsonObject): Resource {
  return {
    urn: `urn:pulumi:dev::shop::${type}::${name}`,
    type,
    name,
    parent: PARENT,
    custom: true,
    inputs,
    outputs: inputs,
    options: NO_OPTIONS,
    dependencies: [],
    propertyDependencies: new Map(),
    provider: undefined,
  };
}

/** The JSON text of a policy. */
export function policy(...statements: readonly unknown[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}

/** One service as teams deploy it: a function with its queue, table and logs, its role, and a person who looks after it. */
function service(i: number): readonly Resource[] {
  const name = `service-${i}`;
  const logs = policy({
    Effect: "Allow",
    Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
    Resource: `arn:aws:logs:eu-central-1:111122223333:log-group:/aws/lambda/${name}:*`,
  });
  const data = policy(
    { Effect: "Allow", Action: ["s3:GetObject", "s3:PutObject"], Resource: `arn:aws:s3:::${name}/*` },
    { Effect: "Allow", Action: "dynamodb:*", Resource: `arn:aws:dynamodb:eu-central-1:111122223333:table/${name}` },
  );
  const trust = policy({
    Effect: "Allow",
    Principal: { Service: "lambda.amazonaws.com" },
    Action: "sts:AssumeRole",
  });
  const tags = { service: name, team: `team-${i % 20}`, environment: "production" };
  return [
    resource("aws:s3/bucket:Bucket", name, { bucket: name, tags }),
    resource("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", name, { bucket: name, blockPublicAcls: true }),
    resource("aws:sqs/queue:Queue", name, { name, visibilityTimeoutSeconds: 60, tags }),
    resource("aws:dynamodb/table:Table", name, { name, hashKey: "id", attributes: [{ name: "id", type: "S" }], tags }),
    resource("aws:cloudwatch/logGroup:LogGroup", name, { name: `/aws/lambda/${name}`, retentionInDays: 30, tags }),
    resource("aws:lambda/function:Function", name, { name, handler: "index.handler", memorySize: 256, tags }),
    resource("aws:iam/role:Role", name, { name, assumeRolePolicy: trust, path: "/", tags }),
    resource("aws:iam/rolePolicy:RolePolicy", `${name}-data`, { role: name, policy: data }),
    resource("aws:iam/policy:Policy", `${name}-logs`, { name: `${name}-logs`, policy: logs, path: "/" }),
    resource("aws:iam/user:User", name, { name, path: "/", tags }),
  ];
}

/** How many in ten resources are about identity. */
export type Share = 1 | 4;

/** A stack of that many resources, four in ten of them about identity, or one. */
export function stackOf(resources: number, share: Share = 4): readonly Resource[] {
  const each = share === 4 ? 10 : 40;
  return Array.from({ length: Math.ceil(resources / each) }, (_, i) =>
    share === 4 ? service(i) : [...service(i), ...queues(i, each - 10)],
  )
    .flat()
    .slice(0, resources);
}

/** Resources that have nothing to do with identity. */
function queues(i: number, count: number): readonly Resource[] {
  return Array.from({ length: count }, (_, k) => {
    const name = `service-${i}-${k}`;
    return resource("aws:sqs/queue:Queue", name, { name, visibilityTimeoutSeconds: 60, tags: { service: name } });
  });
}

/** That many resources, every one about identity: roles, each with a policy of its own. */
export function rolesOf(resources: number): readonly Resource[] {
  return Array.from({ length: Math.ceil(resources / 2) }, (_, i) =>
    service(i).filter(({ type }) => type === "aws:iam/role:Role" || type === "aws:iam/rolePolicy:RolePolicy"),
  )
    .flat()
    .slice(0, resources);
}
