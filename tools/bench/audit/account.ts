import { managedPolicyText } from "../../../policypack/iam";

/** An invented account as `aws iam get-account-authorization-details` prints it, with ways to administrator planted in it. */
export interface PlantedAccount {
  readonly details: object;
  /** Names of those who can make themselves administrators, each with what lets them: a way that was planted. */
  readonly planted: ReadonlyMap<string, string>;
  /** Names of those who look as if they could, and cannot. */
  readonly nearMisses: ReadonlyMap<string, string>;
  /** Names of those who are meant to be administrators. */
  readonly administrators: ReadonlySet<string>;
}

const ACCOUNT = "111122223333";
const OF_A_KIND = 10;
const SIZES = { users: 2_000, groups: 500, roles: 3_000, policies: 2_000 };

interface Holder {
  readonly kind: "user" | "group" | "role";
  readonly name: string;
  readonly inline?: readonly object[];
  readonly managed?: readonly string[];
  readonly boundary?: string;
  readonly groups?: readonly string[];
  readonly trust?: object;
}

function allow(action: string | readonly string[], resource: string | readonly string[] = "*", condition?: object) {
  return {
    Effect: "Allow",
    Action: action,
    Resource: resource,
    ...(condition === undefined ? {} : { Condition: condition }),
  };
}

function deny(action: string | readonly string[]) {
  return { Effect: "Deny", Action: action, Resource: "*" };
}

function document(...statements: readonly object[]) {
  return { Version: "2012-10-17", Statement: statements };
}

function arn(kind: string, name: string): string {
  return `arn:aws:iam::${ACCOUNT}:${kind}/${name}`;
}

const lambda = { Service: "lambda.amazonaws.com" };
const administratorAccess = "arn:aws:iam::aws:policy/AdministratorAccess";
const viewOnlyAccess = "arn:aws:iam::aws:policy/job-function/ViewOnlyAccess";
const self = arn("user", `\${aws:username}`);
const passedTo = (service: string) => ({ StringEquals: { "iam:PassedToService": service } });

/** Ways that hold, by what they are; each is planted ten times. */
const ways: Readonly<Record<string, (name: string, number: number) => readonly Holder[]>> = {
  "writes its own policy": (name) => [{ kind: "user", name, inline: [document(allow("iam:PutUserPolicy", self))] }],
  "attaches any policy to itself": (name) => [
    { kind: "user", name, inline: [document(allow("s3:GetObject"), allow("iam:Attach*", "*"))] },
  ],
  "writes new versions of any policy": (name) => [
    { kind: "role", name, inline: [document(allow("iam:CreatePolicyVersion", arn("policy", "*")))] },
  ],
  "passes any role to a function, in two policies": (name) => [
    {
      kind: "user",
      name,
      inline: [document(allow("iam:PassRole")), document(allow(["lambda:CreateFunction", "lambda:InvokeFunction"]))],
    },
  ],
  "passes any role to a machine, half by a group": (name) => [
    {
      kind: "group",
      name: `${name}-passing`,
      inline: [document(allow("iam:PassRole", "*", passedTo("ec2.amazonaws.com")))],
    },
    { kind: "user", name, groups: [`${name}-passing`], inline: [document(allow("ec2:RunInstances"))] },
  ],
  "writes the trust of any role, and assumes it": (name) => [
    { kind: "role", name, inline: [document(allow(["iam:UpdateAssumeRolePolicy", "sts:AssumeRole"]))] },
  ],
  "joins the administrators": (name) => [
    { kind: "user", name, inline: [document(allow("iam:AddUserToGroup", arn("group", "administrators")))] },
  ],
  "makes keys for anybody": (name) => [{ kind: "user", name, inline: [document(allow("iam:CreateAccessKey"))] }],
  "assumes an administrator over another role": (name) => [
    {
      kind: "role",
      name: `${name}-hop`,
      trust: { AWS: arn("user", name) },
      inline: [document(allow("sts:AssumeRole", arn("role", `${name}-end`)))],
    },
    { kind: "role", name: `${name}-end`, trust: { AWS: arn("role", `${name}-hop`) }, managed: [administratorAccess] },
    { kind: "user", name, inline: [document(allow("sts:AssumeRole", arn("role", `${name}-hop`)))] },
  ],
  "is allowed everything but one service": (name) => [
    { kind: "user", name, inline: [document({ Effect: "Allow", NotAction: ["s3:*"], Resource: "*" })] },
  ],
};

/** The nearest that do not. */
const misses: Readonly<Record<string, (name: string, number: number) => readonly Holder[]>> = {
  "a group denies it": (name) => [
    { kind: "group", name: `${name}-held`, inline: [document(deny("iam:Put*"))] },
    { kind: "user", name, groups: [`${name}-held`], inline: [document(allow("iam:PutUserPolicy", self))] },
  ],
  "its boundary leaves IAM out": (name) => [
    { kind: "user", name, boundary: arn("policy", "boundary"), inline: [document(allow("iam:AttachUserPolicy"))] },
  ],
  "makes keys for itself": (name) => [
    { kind: "user", name, inline: [document(allow(["iam:CreateAccessKey", "iam:UpdateLoginProfile"], self))] },
  ],
  "passes any role to a service that runs nothing of its": (name) => [
    {
      kind: "user",
      name,
      inline: [document(allow("iam:PassRole", "*", passedTo("backup.amazonaws.com")), allow("lambda:*"))],
    },
  ],
  "passes a role without power": (name) => [
    { kind: "user", name, inline: [document(allow("iam:PassRole", arn("role", "service-1")), allow("lambda:*"))] },
  ],
  "writes the trust of a role without power": (name) => [
    {
      kind: "role",
      name,
      inline: [document(allow(["iam:UpdateAssumeRolePolicy", "sts:AssumeRole"], arn("role", "service-2")))],
    },
  ],
  "joins a group without power": (name) => [
    { kind: "user", name, inline: [document(allow("iam:AddUserToGroup", arn("group", "team-1")))] },
  ],
  "has one half alone": (name, number) => [
    { kind: "user", name, inline: [document(allow(number % 2 === 0 ? "iam:PassRole" : "lambda:*"))] },
  ],
  "may assume a role that does not trust it": (name) => [
    { kind: "role", name: `${name}-end`, trust: { AWS: arn("user", "operator-1") }, inline: [document(allow("s3:*"))] },
    { kind: "user", name, inline: [document(allow("sts:AssumeRole", arn("role", `${name}-end`)))] },
  ],
  "is allowed everything, and denied all but one service": (name) => [
    {
      kind: "user",
      name,
      inline: [document(allow("*"), { Effect: "Deny", NotAction: "s3:*", Resource: "*" })],
    },
  ],
};

const services = ["s3", "dynamodb", "sqs", "sns", "logs", "cloudwatch", "kms", "ecr", "xray", "athena"];

/** Makes the account anew, the same each time. */
export function plantedAccount(): PlantedAccount {
  const holders: Holder[] = [];
  const planted = new Map<string, string>();
  const nearMisses = new Map<string, string>();
  for (const [into, kinds, prefix] of [
    [planted, ways, "way"],
    [nearMisses, misses, "miss"],
  ] as const) {
    Object.entries(kinds).forEach(([what, make], kind) => {
      for (let number = 1; number <= OF_A_KIND; number++) {
        const name = `${prefix}-${kind}-${number}`;
        into.set(name, what);
        holders.push(...make(name, number));
      }
    });
  }
  holders.push({ kind: "group", name: "administrators", managed: [administratorAccess] });
  const administrators = new Set(["administrators"]);
  for (let number = 1; number <= 3; number++) {
    administrators.add(`operator-${number}`);
    holders.push({ kind: "user", name: `operator-${number}`, groups: ["administrators"] });
  }
  for (const [name, service] of [
    ["deploy-function", "lambda"],
    ["build-machine", "ec2"],
  ] as const) {
    administrators.add(name);
    const trust = { Service: `${service}.amazonaws.com` };
    holders.push({ kind: "role", name, trust, managed: [administratorAccess] });
  }
  for (const { name } of holders) if (name.endsWith("-end") && name.startsWith("way-")) administrators.add(name);
  holders.push(...ordinary(holders));
  return { details: detailsOf(holders), planted, nearMisses, administrators };
}

/** The rest of the account, which has nothing to do with power. */
function ordinary(made: readonly Holder[]): readonly Holder[] {
  const left = (kind: Holder["kind"], size: number) => size - made.filter((each) => each.kind === kind).length;
  const policy = (number: number) => arn("policy", `work-${1 + (number % (SIZES.policies - 1))}`);
  const several = (count: number, make: (number: number) => Holder) =>
    Array.from({ length: count }, (_, i) => make(i + 1));
  return [
    ...several(left("group", SIZES.groups), (number) => ({
      kind: "group",
      name: `team-${number}`,
      managed: [policy(number), policy(number * 7), policy(number * 13), viewOnlyAccess],
    })),
    ...several(left("user", SIZES.users), (number) => ({
      kind: "user",
      name: `user-${number}`,
      groups: [`team-${1 + (number % 300)}`, `team-${1 + ((number * 3) % 300)}`],
      managed: [policy(number * 11), policy(number * 17)],
      inline: [document(allow(["iam:ChangePassword", "iam:GetUser"], self))],
    })),
    ...several(left("role", SIZES.roles), (number) => ({
      kind: "role",
      name: `service-${number}`,
      trust: number % 5 === 0 ? { AWS: arn("role", `service-${number - 1}`) } : lambda,
      managed: [policy(number * 3), policy(number * 5), policy(number * 19), policy(number * 23)],
      inline: [document(allow(`${services[number % services.length]}:Get*`, `arn:aws:s3:::bucket-${number}/*`))],
    })),
  ];
}

function detailsOf(holders: readonly Holder[]): object {
  const of = (kind: Holder["kind"]) => holders.filter((each) => each.kind === kind);
  return {
    UserDetailList: of("user").map((user) => ({ ...entity(user, "User"), GroupList: user.groups ?? [] })),
    GroupDetailList: of("group").map((group) => entity(group, "Group")),
    RoleDetailList: of("role").map((role) => ({
      ...entity(role, "Role"),
      AssumeRolePolicyDocument: document({
        Effect: "Allow",
        Principal: role.trust ?? lambda,
        Action: "sts:AssumeRole",
      }),
      InstanceProfileList: [],
    })),
    Policies: [managed("boundary", document(allow(["s3:*", "logs:*"]))), ...works(), ...ofAws()],
  };
}

function works(): readonly object[] {
  return Array.from({ length: SIZES.policies - 1 }, (_, i) => {
    const service = services[i % services.length];
    const resource = `arn:aws:${service}:*:${ACCOUNT}:team-${i}/*`;
    return managed(
      `work-${i + 1}`,
      document(allow([`${service}:Get*`, `${service}:List*`, `${service}:Put*`], resource)),
    );
  });
}

/** The attached ones of AWS's own, as the command prints them. */
function ofAws(): readonly object[] {
  return [administratorAccess, viewOnlyAccess].map((Arn) => {
    const text = managedPolicyText(Arn);
    const name = Arn.split("/").at(-1) ?? "";
    return { ...managed(name, text === undefined ? {} : JSON.parse(text)), Arn };
  });
}

function managed(name: string, text: object): object {
  const version = { VersionId: "v1", IsDefaultVersion: true, CreateDate: CREATED, Document: text };
  return {
    ...{
      PolicyName: name,
      PolicyId: `ANPA${name.toUpperCase()}`,
      Arn: arn("policy", name),
      Path: "/",
      CreateDate: CREATED,
    },
    ...{
      DefaultVersionId: "v1",
      AttachmentCount: 1,
      IsAttachable: true,
      UpdateDate: CREATED,
      PolicyVersionList: [version],
    },
  };
}

const CREATED = "2026-01-05T09:00:00+00:00";

function entity({ kind, name, inline = [], managed = [], boundary }: Holder, Kind: string): object {
  return {
    [`${Kind}Name`]: name,
    [`${Kind}Id`]: `AIDA${name.toUpperCase()}`,
    ...{ Arn: arn(kind, name), Path: "/", CreateDate: CREATED, Tags: [] },
    [`${Kind}PolicyList`]: inline.map((PolicyDocument, i) => ({ PolicyName: `inline-${i + 1}`, PolicyDocument })),
    AttachedManagedPolicies: [...new Set(managed)].map((PolicyArn) => ({
      PolicyName: PolicyArn.split("/").at(-1),
      PolicyArn,
    })),
    ...(boundary === undefined
      ? {}
      : { PermissionsBoundary: { PermissionsBoundaryType: "Policy", PermissionsBoundaryArn: boundary } }),
  };
}
