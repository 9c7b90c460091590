import { deepEqual, equal, ok } from "node:assert/strict";
import { escalationPaths, parseDocument } from "../../../../policypack/iam";
import { managedPolicyText } from "../../../../policypack/iam/aws/managed-policies";
import { allow, deny, group, notRead, policy, role, user } from "../../policies";
import { paths } from "../../verdicts";

function isOpen(id: string, ...statements: readonly unknown[]): boolean {
  return escalationPaths(user(...statements)).some(({ path, verdict }) => path.id === id && verdict.answer === "yes");
}

const create = ["lambda:CreateFunction", "lambda:InvokeFunction"];
const forService = (service: string) => ({ StringEquals: { "iam:PassedToService": service } });

describe("escalation by passing a role", () => {
  it("needs a role to pass and a service to pass it to", () =>
    deepEqual(paths(group(allow(create), allow("iam:PassRole"))), ["lambda-001"]));
  it("is a change set of a new stack, and a state that is tested", () => {
    const changeSet = ["cloudformation:CreateChangeSet", "cloudformation:ExecuteChangeSet"];
    const pass = allow("iam:PassRole");
    deepEqual(paths(group(allow(changeSet), pass)), ["cloudformation-createchangeset-executechangeset"]);
    deepEqual(paths(group(allow(changeSet[0]), pass)), []);
    deepEqual(paths(group(allow("states:TestState"), pass)), ["states-teststate"]);
    deepEqual(paths(group(allow("states:ValidateStateMachineDefinition"), pass)), []);
  });
  it("is nothing without iam:PassRole", () => deepEqual(paths(group(allow(create))), []));
  it("is nothing with iam:PassRole alone", () => deepEqual(paths(group(allow("iam:PassRole"))), []));
  it("is found across policies", () =>
    deepEqual(paths({ ...group(), identity: [policy(allow(create)), policy(allow("iam:PassRole"))] }), ["lambda-001"]));
  it("needs a service that fits", () =>
    deepEqual(paths(group(allow(create), allow("iam:PassRole", "*", forService("lambda.amazonaws.com")))), [
      "lambda-001",
    ]));
  it("is nothing for another service", () =>
    deepEqual(paths(group(allow(create), allow("iam:PassRole", "*", forService("ec2.amazonaws.com")))), []));
  it("is restricted to roles of a prefix", () =>
    deepEqual(paths(group(allow(create), allow("iam:PassRole", "arn:aws:iam::*:role/app-*"))), [
      "lambda-001 resource",
    ]));
  it("is restricted to roles of a path", () =>
    deepEqual(paths(group(allow(create), allow("iam:PassRole", "arn:aws:iam::*:role/service-role/*"))), [
      "lambda-001 resource",
    ]));
  it("is not restricted when the prefix reaches a role of admin power", () =>
    deepEqual(
      paths(group(allow(create), allow("iam:PassRole", "arn:aws:iam::*:role/app-*")), {
        adminRoles: ["arn:aws:iam::111122223333:role/app-deploy"],
      }),
      ["lambda-001"],
    ));
  it("is not restricted by a Deny on some roles", () =>
    deepEqual(paths(group(allow(create), allow("iam:PassRole"), deny("iam:PassRole", "arn:aws:iam::*:role/admin*"))), [
      "lambda-001",
    ]));
  it("is restricted by a Deny on all but some roles", () =>
    deepEqual(
      paths(
        group(allow(create), allow("iam:PassRole"), {
          Effect: "Deny",
          Action: "iam:PassRole",
          NotResource: "arn:aws:iam::*:role/app-*",
        }),
      ),
      ["lambda-001 resource"],
    ));
  it("is nothing for a role of another account", () =>
    deepEqual(paths(group(allow(create), allow("iam:PassRole", "arn:aws:iam::999999999999:role/*"))), []));
  it("needs the same role in every step that speaks of one", () =>
    equal(
      isOpen(
        "iam-023",
        allow("iam:DeleteRolePermissionsBoundary", "arn:aws:iam::*:role/a-*"),
        allow("sts:AssumeRole", "arn:aws:iam::*:role/b-*"),
      ),
      false,
    ));
  it("finds a role that fits every step", () =>
    equal(
      isOpen(
        "iam-023",
        allow("iam:DeleteRolePermissionsBoundary", "arn:aws:iam::*:role/a-*"),
        allow("sts:AssumeRole", "arn:aws:iam::*:role/*-b"),
      ),
      true,
    ));
  it("is nothing where two steps need different networks", () =>
    deepEqual(
      paths(
        user(
          allow(create, "*", { IpAddress: { "aws:SourceIp": "203.0.113.0/24" } }),
          allow("iam:PassRole", "*", { IpAddress: { "aws:SourceIp": "192.0.2.0/24" } }),
        ),
      ),
      [],
    ));
  it("is tied to the network that both steps need", () =>
    deepEqual(
      paths(
        user(
          allow(create, "*", { IpAddress: { "aws:SourceIp": "203.0.113.0/24" } }),
          allow("iam:PassRole", "*", { IpAddress: { "aws:SourceIp": "203.0.0.0/16" } }),
        ),
      ),
      ["lambda-001 network"],
    ));
  it("is tied to MFA where one step is", () =>
    deepEqual(
      paths(user(allow(create), allow("iam:PassRole", "*", { Bool: { "aws:MultiFactorAuthPresent": "true" } }))),
      ["lambda-001 mfa"],
    ));
});

describe("escalation by IAM itself", () => {
  it("keys of any other user", () =>
    deepEqual(paths(group(allow("iam:CreateAccessKey", "arn:aws:iam::*:user/*"))), ["iam-002"]));
  it("one's own keys are self-service", () =>
    deepEqual(paths(group(allow("iam:CreateAccessKey", "arn:aws:iam::*:user/${aws:username}"))), []));
  it("keys of one path of users are restricted", () =>
    deepEqual(paths(group(allow("iam:CreateAccessKey", "arn:aws:iam::*:user/ci/*"))), ["iam-002 resource"]));
  it("a policy on oneself", () =>
    deepEqual(paths(user(allow("iam:PutUserPolicy", "arn:aws:iam::*:user/alice"))), ["iam-007"]));
  it("a policy of AWS on any role", () => deepEqual(paths(user(allow("iam:AttachRolePolicy"))), ["iam-009"]));
  it("a harmless policy on any role is nothing", () =>
    deepEqual(
      paths(
        user(
          allow("iam:AttachRolePolicy", "*", {
            ArnEquals: { "iam:PolicyARN": "arn:aws:iam::aws:policy/ReadOnlyAccess" },
          }),
        ),
      ),
      [],
    ));
  it("the trust of any role", () => deepEqual(paths(user(allow("iam:UpdateAssumeRolePolicy"))), ["iam-012"]));
  it("the trust of service roles only is nothing", () =>
    deepEqual(paths(user(allow("iam:UpdateAssumeRolePolicy", "arn:aws:iam::*:role/aws-service-role/*"))), []));
  it("a role's policy on the role itself", () =>
    deepEqual(paths(role(allow("iam:PutRolePolicy", "arn:aws:iam::*:role/app"))), ["iam-005"]));
  it("a larger path is left out beside the smaller one in it", () =>
    deepEqual(paths(user(allow(["iam:CreateAccessKey", "iam:DeleteAccessKey"]))), ["iam-002"]));
  it("the smallest path is told in place of all that hold it", () =>
    deepEqual(paths(user(allow(["ecs:*", "iam:PassRole"]))), [
      "ecs-003",
      "ecs-004",
      "ecs-005",
      "ecs-deregistercontainerinstance-registercontainerinstance-starttask",
    ]));
  it("a smaller path that needs something to exist does not hide a larger one", () => {
    const found = escalationPaths(
      user(allow(["lambda:UpdateFunctionCode", "lambda:CreateFunction", "lambda:InvokeFunction", "iam:PassRole"])),
    );
    deepEqual(
      found.filter(({ path }) => path.tier === "block").map(({ path }) => path.id),
      ["lambda-003", "lambda-001"],
    );
  });
  it("nothing is left of a path that a Deny cuts", () => deepEqual(paths(user(allow("iam:*"), deny("iam:*"))), []));
  it("nothing is left of a path that the boundary does not allow", () =>
    deepEqual(paths({ ...user(allow("iam:CreateAccessKey")), boundary: policy(allow("s3:*")) }), []));
});

describe("escalation and what is not known yet", () => {
  it("is open while a policy may grant the missing half", () =>
    ok(
      paths({ ...user(allow(create)), identity: [policy(allow(create)), notRead("urn:later")] }).includes(
        "lambda-001 unknown",
      ),
    ));
  it("is decided where the rest could only deny", () => {
    const principal = { ...user(), identity: [policy(allow("iam:CreateAccessKey")), notRead("urn:later")] };
    const found = escalationPaths(principal).find(({ path }) => path.id === "iam-002");
    deepEqual(found?.verdict.answer === "yes" && found.verdict.because.unless, ["urn:later"]);
  });
});

describe("the witnesses of a path", () => {
  const found = () =>
    escalationPaths(user(allow(create, "arn:aws:lambda:*:*:function:app"), allow("iam:PassRole"))).flatMap(
      ({ verdict }) => (verdict.answer === "yes" ? [verdict.because] : []),
    )[0];

  it("are one for each step, in the order of its actions", () =>
    deepEqual(
      found()?.witnesses.map(({ action }) => action),
      ["iam:PassRole", "lambda:CreateFunction", "lambda:InvokeFunction"],
    ));
  it("come with every statement that grants a step", () =>
    deepEqual(
      found()
        ?.statements.map(({ path }) => path)
        .sort(),
      ["$.Statement[0]", "$.Statement[1]"],
    ));
});

it("escalation with roles of one form of name is bounded, whatever the form", () => {
  const lambda = (role: string) =>
    paths(
      user(
        allow("iam:PassRole", `arn:aws:iam::*:role/${role}`),
        allow(["lambda:CreateFunction", "lambda:InvokeFunction"]),
      ),
    );
  deepEqual(lambda("*-role"), ["lambda-001 resource"]);
  deepEqual(lambda("app-*"), ["lambda-001 resource"]);
  deepEqual(lambda("*"), ["lambda-001"]);
});

describe("escalation by AWS managed policies", () => {
  const of = (name: string) => {
    const { document } = parseDocument(managedPolicyText(`arn:aws:iam::aws:policy/${name}`), "identity");
    if (document === undefined) throw new Error(`${name} cannot be read`);
    return paths({ kind: "group", name: "devs", identity: [{ origin: name, document }] });
  };
  const isFree = (name: string) => of(name).some((path) => !path.includes(" "));

  it("AdministratorAccess-Amplify", () => ok(isFree("AdministratorAccess-Amplify")));
  it("AWSLambda_FullAccess", () => ok(isFree("AWSLambda_FullAccess")));
  it("AmazonECS_FullAccess", () => ok(isFree("AmazonECS_FullAccess")));
  it("DataScientist", () => ok(isFree("job-function/DataScientist")));
  it("AmazonSageMakerFullAccess", () => ok(isFree("AmazonSageMakerFullAccess")));
  it("AmazonElasticMapReduceFullAccess", () => ok(isFree("AmazonElasticMapReduceFullAccess")));
  it("AdministratorAccess-AWSElasticBeanstalk", () => ok(isFree("AdministratorAccess-AWSElasticBeanstalk")));
  it("AmazonEventBridgeFullAccess", () => ok(isFree("AmazonEventBridgeFullAccess")));
  it("PowerUserAccess opens none", () => equal(isFree("PowerUserAccess"), false));
  it("SystemAdministrator is restricted", () => equal(isFree("job-function/SystemAdministrator"), false));
  it("DatabaseAdministrator is restricted", () => equal(isFree("job-function/DatabaseAdministrator"), false));
  it("AWSGlueConsoleFullAccess is restricted", () => equal(isFree("AWSGlueConsoleFullAccess"), false));
  it("AWSBatchFullAccess is restricted", () => equal(isFree("AWSBatchFullAccess"), false));
  it("AmazonSSMFullAccess", () => equal(isFree("AmazonSSMFullAccess"), false));
  it("AWSCloudFormationFullAccess", () => equal(isFree("AWSCloudFormationFullAccess"), false));
  it("AWSCodeBuildAdminAccess", () => equal(isFree("AWSCodeBuildAdminAccess"), false));
  it("AWSStepFunctionsFullAccess", () => equal(isFree("AWSStepFunctionsFullAccess"), false));
  it("AmazonEC2FullAccess", () => equal(isFree("AmazonEC2FullAccess"), false));
  it("SecretsManagerReadWrite", () => equal(isFree("SecretsManagerReadWrite"), false));
  it("NetworkAdministrator", () => deepEqual(of("job-function/NetworkAdministrator"), []));
  it("Billing", () => deepEqual(of("job-function/Billing"), []));
  it("SupportUser", () => deepEqual(of("job-function/SupportUser"), []));
  it("SecurityAudit", () => deepEqual(of("SecurityAudit"), []));
  it("ViewOnlyAccess", () => deepEqual(of("job-function/ViewOnlyAccess"), []));
  it("ReadOnlyAccess", () => deepEqual(of("ReadOnlyAccess"), []));
  it("IAMReadOnlyAccess", () => deepEqual(of("IAMReadOnlyAccess"), []));
  it("AmazonS3FullAccess", () => deepEqual(of("AmazonS3FullAccess"), []));
  it("AmazonDynamoDBFullAccess", () => deepEqual(of("AmazonDynamoDBFullAccess"), []));
  it("AmazonRDSFullAccess", () => deepEqual(of("AmazonRDSFullAccess"), []));
  it("AmazonVPCFullAccess", () => deepEqual(of("AmazonVPCFullAccess"), []));
  it("CloudWatchFullAccess", () => deepEqual(of("CloudWatchFullAccess"), []));
  it("IAMUserChangePassword", () => deepEqual(of("IAMUserChangePassword"), []));
});
