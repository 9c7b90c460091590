import assert from "node:assert/strict";
import { run } from "../command";
import type { TemporaryFolder } from "../temporary-folder";
import { temporaryProgram } from "../temporary-program";

const SDKS = 'const aws = require("@pulumi/aws");\nconst pulumi = require("@pulumi/pulumi");\n';

const GITHUB = `${SDKS}
  const github = new aws.iam.OpenIdConnectProvider("github", {
    url: "https://token.actions.githubusercontent.com",
    clientIdLists: ["sts.amazonaws.com"],
  });
  const trust = (federated, condition) => ({
    Version: "2012-10-17",
    Statement: [{
      Effect: "Allow",
      Principal: { Federated: federated },
      Action: "sts:AssumeRoleWithWebIdentity",
      Condition: { StringEquals: { "token.actions.githubusercontent.com:aud": "sts.amazonaws.com" }, ...condition },
    }],
  });
  const make = (assumeRolePolicy) => new aws.iam.RolePolicyAttachment("deploy", {
    role: new aws.iam.Role("deploy", { name: "deploy", assumeRolePolicy }).name,
    policyArn: "arn:aws:iam::aws:policy/AdministratorAccess",
  });
`;

const ANYBODY = `{ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "ec2.amazonaws.com" } }] }`;

describe("check decides what rests on resources that are not made yet", function () {
  this.timeout(120_000);
  let folder: TemporaryFolder;
  afterEach(() => folder.remove());

  async function checked(code: string, ...flags: string[]) {
    folder = temporaryProgram(code);
    const { code: exit, stdout, stderr } = await run(["check", folder.path, "--format", "json", ...flags]);
    assert.equal(stderr, "");
    const { findings, assumptions } = JSON.parse(stdout);
    const rules = (level: string): string[] => [
      ...new Set<string>(
        findings.filter((one: { level: string }) => one.level === level).map((one: { rule: string }) => one.rule),
      ),
    ];
    return { exit, blocks: rules("mandatory"), advice: rules("advisory"), assumptions, stdout };
  }

  describe("an admin role that is open to GitHub", () => {
    it("with its trust written by apply", async () => {
      const { blocks } = await checked(`${GITHUB} make(github.arn.apply((arn) => JSON.stringify(trust(arn))));`);
      assert.deepEqual(blocks, ["no-open-admin-role"]);
    });

    it("with its trust written by jsonStringify", async () => {
      const { blocks } = await checked(`${GITHUB} make(pulumi.jsonStringify(trust(github.arn)));`);
      assert.deepEqual(blocks, ["no-open-admin-role"]);
    });

    it("with its trust as an object", async () => {
      const { blocks } = await checked(`${GITHUB} make(trust(github.arn));`);
      assert.deepEqual(blocks, ["no-open-admin-role"]);
    });

    it("with its trust written by interpolate", async () => {
      const { blocks } = await checked(
        `${GITHUB} make(pulumi.interpolate\`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Federated":"\${github.arn}"},"Action":"sts:AssumeRoleWithWebIdentity"}]}\`);`,
      );
      assert.deepEqual(blocks, ["no-open-admin-role"]);
    });

    it("with its trust as a policy document", async () => {
      const { blocks } = await checked(`${GITHUB}
        make(aws.iam.getPolicyDocumentOutput({ statements: [{
          actions: ["sts:AssumeRoleWithWebIdentity"],
          principals: [{ type: "Federated", identifiers: [github.arn] }],
          conditions: [{ test: "StringEquals", variable: "token.actions.githubusercontent.com:aud", values: ["sts.amazonaws.com"] }],
        }] }).json);`);
      assert.deepEqual(blocks, ["no-open-admin-role"]);
    });

    it("but not one that only a repository may assume", async () => {
      const { exit, advice } = await checked(
        `${GITHUB} make(github.arn.apply((arn) => JSON.stringify(trust(arn, { StringLike: { "token.actions.githubusercontent.com:sub": "repo:acme/infra:ref:refs/heads/main" } }))));`,
      );
      assert.deepEqual([exit, advice], [0, ["no-overbroad-role"]]);
    });
  });

  const ROBOT = (entry: string) => `${SDKS}
    const robot = new aws.iam.User("robot", { name: "robot" });
    new aws.iam.UserPolicy("robot", { user: robot.name, policy: JSON.stringify({ Version: "2012-10-17", Statement: [
      { Effect: "Allow", Action: "sts:AssumeRole", Resource: "arn:aws:iam::*:role/builder" },
    ] }) });
    const account = new aws.organizations.Account("lab", { name: "lab", email: "lab@corp.example" });
    const member = new aws.Provider("member", { region: "us-east-1", assumeRoles: [{ roleArn: pulumi.interpolate\`arn:aws:iam::${entry}:role/entry\` }] });
    const builder = new aws.iam.Role("builder", { name: "builder", assumeRolePolicy: {
      Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: { AWS: robot.arn }, Action: "sts:AssumeRole" }],
    } }, { provider: member });
    const power = new aws.iam.Policy("power", { policy: { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: ["s3:*", "iam:*"], Resource: "*" }] } }, { provider: member });
    new aws.iam.RolePolicyAttachment("power", { role: builder, policyArn: power.arn }, { provider: member });
  `;

  it("a user that may assume a role in another account, which is made here or not", async () => {
    const { blocks, stdout } = await checked(ROBOT("210987654321"));
    assert.deepEqual(blocks, ["no-overbroad-user"]);
    // The user may be of the same account: nobody says.
    assert.doesNotMatch(stdout, /outside this one/);
    folder.remove();
    assert.deepEqual((await checked(ROBOT("${account.id}"))).blocks, ["no-overbroad-user"]);
  });

  it("a user that may assume the role of an administrator by its ARN", async () => {
    const { blocks } = await checked(`${SDKS}
      const bot = new aws.iam.User("bot", { name: "bot" });
      new aws.iam.AccessKey("bot", { user: bot.name });
      const boss = new aws.iam.Role("boss", {
        name: "boss",
        managedPolicyArns: ["arn:aws:iam::aws:policy/AdministratorAccess"],
        assumeRolePolicy: JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { AWS: "arn:aws:iam::123456789012:root" } }] }),
      });
      new aws.iam.UserPolicy("bot", { user: bot.name, policy: boss.arn.apply((arn) => JSON.stringify({
        Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Resource: arn }],
      })) });
    `);
    assert.deepEqual(blocks, ["no-overbroad-user", "require-user-mfa"]);
  });

  it("AWS's own policy, which a group gets by its name", async () => {
    const { blocks } = await checked(`${SDKS}
      const crew = new aws.iam.Group("crew", { name: "crew" });
      new aws.iam.GroupPolicyAttachment("crew", { group: crew.name, policyArn: aws.iam.getPolicyOutput({ name: "AdministratorAccess" }).arn });
    `);
    assert.deepEqual(blocks, ["no-overbroad-group"]);
  });

  it("an administrators' policy that a group gets by its ARN", async () => {
    const { blocks } = await checked(`${SDKS}
      const crew = new aws.iam.Group("crew");
      const all = new aws.iam.Policy("all", { policy: JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] }) });
      new aws.iam.GroupPolicyAttachment("crew", { group: crew.name, policyArn: all.arn.apply((arn) => arn.trim()) });
    `);
    assert.deepEqual(blocks, ["no-overbroad-group"]);
  });

  const PASSED = `${SDKS}
    const boss = new aws.iam.Role("boss", {
      assumeRolePolicy: ${ANYBODY},
      managedPolicyArns: ["arn:aws:iam::aws:policy/AdministratorAccess"],
    });
    const worker = new aws.iam.Role("worker", { assumeRolePolicy: ${ANYBODY} });
    const crew = new aws.iam.Group("crew");
    const passing = (role) => new aws.iam.GroupPolicy("crew", {
      group: crew.name,
      policy: pulumi.jsonStringify({ Version: "2012-10-17", Statement: [
        { Effect: "Allow", Action: ["iam:PassRole"], Resource: role.arn },
        { Effect: "Allow", Action: ["ec2:RunInstances"], Resource: "*" },
      ] }),
    });
  `;

  it("a group that may pass the role of an administrator", async () => {
    const { advice, blocks, stdout } = await checked(`${PASSED} passing(boss);`);
    assert.match(stdout, /ec2:RunInstances/);
    assert.deepEqual([...blocks, ...advice].includes("undecided"), false);
  });

  it("and one that may pass another role", async () => {
    const { exit, advice } = await checked(`${PASSED} passing(worker);`);
    assert.deepEqual([exit, advice.includes("undecided")], [0, false]);
  });

  it("statements about buckets, secrets, keys, queues, tables and functions", async () => {
    const { exit, advice } = await checked(`${SDKS}
      const role = new aws.iam.Role("etl", { assumeRolePolicy: ${ANYBODY} });
      const code = new aws.lambda.Function("work", { role: role.arn, runtime: "nodejs22.x", handler: "index.handler", s3Bucket: "b", s3Key: "k" });
      const made = [
        new aws.s3.Bucket("raw"), new aws.secretsmanager.Secret("db"), new aws.kms.Key("key"), new aws.sqs.Queue("jobs"), code,
        new aws.dynamodb.Table("rows", { hashKey: "id", attributes: [{ name: "id", type: "S" }] }), new aws.cloudwatch.LogGroup("logs"),
      ];
      new aws.iam.RolePolicy("etl", { role: role.id, policy: pulumi.jsonStringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Action: ["s3:GetObject", "iam:PassRole"], Resource: pulumi.all(made.map(({ arn }) => arn)) }],
      }) });
    `);
    assert.deepEqual([exit, advice], [0, []]);
  });

  it("a permissions boundary that the stack makes", async () => {
    const code = (actions: string) => `${SDKS}
      const edge = new aws.iam.Policy("edge", { policy: JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: ${actions}, Resource: "*" }] }) });
      const ann = new aws.iam.User("ann", { permissionsBoundary: edge.arn.apply((arn) => arn) });
      new aws.iam.UserPolicyAttachment("ann", { user: ann.name, policyArn: "arn:aws:iam::aws:policy/AdministratorAccess" });
    `;
    assert.deepEqual((await checked(code('"*"'))).blocks.includes("no-overbroad-user"), true);
    folder.remove();
    assert.deepEqual((await checked(code('"s3:*"'))).blocks, []);
  });

  it("a permission set of administrators by its ARN", async () => {
    const { blocks, advice } = await checked(`${SDKS}
      const instanceArn = "arn:aws:sso:::instance/ssoins-1234567890abcdef";
      const admins = new aws.ssoadmin.PermissionSet("admins", { instanceArn, name: "admins", sessionDuration: "PT12H" });
      new aws.ssoadmin.ManagedPolicyAttachment("admins", {
        instanceArn,
        permissionSetArn: admins.arn,
        managedPolicyArn: aws.iam.getPolicyOutput({ arn: "arn:aws:iam::aws:policy/AdministratorAccess" }).arn,
      });
    `);
    assert.deepEqual([...blocks, ...advice].includes("no-overbroad-permission-set"), true);
    assert.deepEqual(advice.includes("undecided"), false);
  });

  const ROOT = `${SDKS}
    module.exports = async () => {
      const { accountId } = await aws.getCallerIdentity();
      new aws.iam.Role("admin", {
        managedPolicyArns: ["arn:aws:iam::aws:policy/AdministratorAccess"],
        maxSessionDuration: 3600,
        assumeRolePolicy: { Version: "2012-10-17", Statement: [{
          Effect: "Allow", Action: "sts:AssumeRole", Principal: { AWS: \`arn:aws:iam::\${accountId}:root\` },
          Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } },
        }] },
      });
    };
  `;

  it("whether a trusted account is the role's own, where the account is given", async () => {
    const { advice } = await checked(ROOT, "--account", "210987654321");
    assert.deepEqual(advice, ["no-overbroad-role"]);
  });

  it("whether a trusted account is the role's own, where the caller's identity is answered", async () => {
    folder = temporaryProgram(ROOT, {
      "answers.json": '{"aws:index/getCallerIdentity:getCallerIdentity": {"accountId": "210987654321"}}',
    });
    const { stdout } = await run([
      "check",
      folder.path,
      "--format",
      "json",
      "--answers",
      `${folder.path}/answers.json`,
    ]);
    assert.deepEqual(
      JSON.parse(stdout).findings.map(({ rule }: { rule: string }) => rule),
      ["no-overbroad-role"],
    );
  });

  it("a service control policy on the root of an organization that the stack makes", async () => {
    const { advice } = await checked(`${SDKS}
      const org = new aws.organizations.Organization("org", { featureSet: "ALL", enabledPolicyTypes: ["SERVICE_CONTROL_POLICY"] });
      const scp = new aws.organizations.Policy("root", { name: "root", content: JSON.stringify({ Version: "2012-10-17", Statement: [
        { Effect: "Deny", Action: "*", Resource: "*", Condition: { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:root" } } },
      ] }) });
      new aws.organizations.PolicyAttachment("root", { policyId: scp.id, targetId: org.roots[0].id });
    `);
    assert.deepEqual([advice.includes("undecided"), advice.includes("scp-attached")], [false, false]);
  });

  it("a role that anybody in a cluster of the stack may assume", async () => {
    const { blocks, advice } = await checked(`${SDKS}
      const role = new aws.iam.Role("eks", { assumeRolePolicy: ${ANYBODY} });
      const cluster = new aws.eks.Cluster("main", { roleArn: role.arn, vpcConfig: { subnetIds: ["subnet-1"] } });
      const issuer = cluster.identities[0].oidcs[0].issuer;
      const oidc = new aws.iam.OpenIdConnectProvider("eks", { url: issuer, clientIdLists: ["sts.amazonaws.com"] });
      new aws.iam.Role("pod", {
        managedPolicyArns: ["arn:aws:iam::aws:policy/AdministratorAccess"],
        assumeRolePolicy: { Version: "2012-10-17", Statement: [{
          Effect: "Allow", Action: "sts:AssumeRoleWithWebIdentity", Principal: { Federated: oidc.arn },
        }] },
      });
    `);
    assert.deepEqual(advice.includes("undecided"), false);
    assert.deepEqual(
      [...blocks, ...advice].some((rule) => /no-open-admin-role|sound-federated-trust/.test(rule)),
      true,
    );
  });

  it("nothing of it with --unknown-outputs, as in a preview by the engine", async () => {
    const { exit, advice } = await checked(
      `${GITHUB} make(pulumi.jsonStringify(trust(github.arn)));`,
      "--unknown-outputs",
    );
    assert.equal(exit, 0);
    assert.deepEqual(advice.includes("undecided"), true);
  });

  it("and says which account it took, where nobody gave one", async () => {
    const code = `${GITHUB} make(trust(github.arn));`;
    assert.deepEqual((await checked(code)).assumptions.slice(1), [
      "the account is 123456789012 (change it with --account)",
    ]);
    folder.remove();
    assert.deepEqual((await checked(code, "--account", "210987654321")).assumptions.slice(1), []);
  });
});
