import { HOSTILE, HOSTILE_NAME, KEY_ID, SECRETS } from "./plants";

/** Nobody tells `check` that what a mistyped option says is secret; it does not repeat it, and a program does not get it. */
const { "a value of the command line": _, ...KNOWN } = SECRETS;

const PLANTS = `
  const pulumi = require("@pulumi/pulumi");
  const aws = require("@pulumi/aws");
  const config = new pulumi.Config();
  const secrets = ${JSON.stringify(KNOWN)};
  const hostile = ${JSON.stringify(HOSTILE)};
  const hostileName = ${JSON.stringify(HOSTILE_NAME)};
  // What the program was given and what it got at by itself.
  const stolen = Object.values(secrets);
`;

/** A program that is blocked, with a secret or a hostile name in every input that a resource has. */
export const RISKY_PROGRAM = `
  ${PLANTS}
  for (const text of stolen) { console.log(text); console.error(text); void pulumi.log.info(text); void pulumi.log.debug(text); void pulumi.log.warn(text); }
  process.env.AWS_SECRET_ACCESS_KEY;
  const document = (statement) => JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", ...statement }] });

  for (const [what, name] of Object.entries(hostile)) {
    const group = new aws.iam.Group("group " + what + name, { name: name.slice(0, 100), path: "/" });
    new aws.iam.GroupPolicyAttachment("attachment " + what + name, { group: group.name, policyArn: "arn:aws:iam::aws:policy/AdministratorAccess" });
    new aws.iam.UserPolicy("inline " + what + name, { user: name, name, policy: document({ Sid: name, Action: ["iam:*", name], Resource: [name], Condition: { StringEquals: { ["aws:PrincipalTag/" + name]: name } } }) });
    new aws.iam.UserPolicy("broken " + what + name, { user: name, policy: '{"' + name + '"' });
    new aws.iam.UserPolicy("wrong " + what + name, { user: name, policy: document({ [name]: name, Action: 1 }) });
  }
  new aws.iam.User("tagged", { name: "tagged", tags: { [hostileName]: hostileName, token: pulumi.secret(secrets["a secret of the program"]) } });
  new aws.iam.User("bounded", { name: "bounded", permissionsBoundary: config.requireSecret("token") });
  new aws.iam.Role("partner", {
    name: "partner",
    managedPolicyArns: ["arn:aws:iam::aws:policy/AdministratorAccess"],
    assumeRolePolicy: pulumi.secret(document({ Principal: { AWS: "*" }, Action: "sts:AssumeRole", Condition: { StringEquals: { "sts:ExternalId": secrets["a secret trust policy"] } } })),
  });
  new aws.iam.GroupPolicy("gated", { group: "gated", policy: pulumi.jsonStringify({ Version: "2012-10-17", Statement: [
    { Effect: "Allow", Action: "*", Resource: "*" },
    { Effect: "Deny", Action: "s3:*", Resource: "*", Condition: { StringEquals: { "aws:PrincipalTag/token": config.requireSecret("token") } } },
  ] }) });
  new aws.iam.GroupPolicy("unreadable", { group: "readers", policy: pulumi.secret('{ "Statement": ' + secrets["a secret of the program"]) });
  new aws.iam.GroupPolicy("odd", { group: "readers", policy: pulumi.secret({ Statement: [{ Effect: secrets["a secret of the program"] }] }) });
  const template = (id, user) => JSON.stringify({ Resources: {
    [id]: { Type: "AWS::IAM::User", Properties: { UserName: user, Policies: [{ PolicyName: id, PolicyDocument: { Statement: [{ Effect: "Allow", Action: "*", Resource: "*", Sid: id }] } }] } },
    Odd: { Type: id, Properties: user },
  } });
  new aws.cloudformation.Stack("secret-template", { templateBody: pulumi.secret(template("User", secrets["a secret template"])) });
  new aws.cloudformation.Stack("hostile-template", { templateBody: template(hostileName, "user") });
  new aws.cloudformation.Stack("broken-template", { templateBody: "Resources:\\n  A: [" + hostileName });
  new aws.Provider("keys", { accessKey: "${KEY_ID}", secretKey: pulumi.secret(secrets["an access key of the stack's configuration"]) });
  new aws.Provider("nested", { region: "eu-west-1", assumeRoles: [{ roleArn: hostileName, externalId: pulumi.secret(secrets["a secret of the program"]) }] });
  new aws.lambda.Function("function", { role: hostileName, environment: { variables: { KEY: "${KEY_ID}", TOKEN: pulumi.secret(secrets["a secret of the program"]) } } });
  class Odd extends pulumi.ComponentResource { constructor(name) { super("odd:" + hostileName.replaceAll(":", "") + ":Odd", name, {}); } }
  new Odd("component " + hostileName);
  void aws.iam.getUser({ userName: hostileName });
  void aws.iam.getUser({ userName: secrets["a secret of the program"] });
  void pulumi.runtime.invoke("odd:index:" + hostileName.replaceAll(":", ""), { token: pulumi.secret(secrets["a secret of the program"]) }).catch(() => {});
  new pulumi.StackReference("organization/other/" + hostileName.replaceAll("/", ""));
`;

/** A program that fails with all that it knows in its last words, in every encoding. */
export const FAILING_PROGRAM = `
  ${PLANTS}
  const words = stolen.flatMap((text) => [
    text, JSON.stringify({ text }), JSON.stringify(JSON.stringify({ text })), "https://x/?a=" + encodeURIComponent(text),
    Buffer.from(text).toString("base64"), Buffer.from(text).toString("hex"), require("node:util").inspect({ text }),
  ]);
  const last = words.join("\\n") + "\\nLOGGED\\n" + hostileName.replaceAll("FORGED", "LOGGED") + "\\nLOGGED";
`;

/** The ways in which it may end. */
export const ENDS = {
  "throws an error": "throw new Error(last);",
  "logs an error": "void pulumi.log.error(last);",
  "writes to its streams and exits":
    "process.stdout.write(last); process.stderr.write(last); process.exitCode = 7; process.exit(7);",
  "waits for ever": "console.error(last); module.exports = new Promise(() => {});",
  "fails in a function": "void aws.iam.getPolicyDocument({ statements: [{ sid: last }, { sid: last }] });",
} as const;
