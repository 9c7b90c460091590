import { deepEqual, equal, ok } from "node:assert/strict";
import { isManagedPolicyArn, managedPolicyArns, managedPolicyText } from "../../../policypack/iam/aws/managed-policies";

const ADMINISTRATOR_ACCESS = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}`;

describe("AWS managed policies", () => {
  it("are known in the partition aws", () =>
    equal(managedPolicyText("arn:aws:iam::aws:policy/AdministratorAccess"), ADMINISTRATOR_ACCESS));
  it("are known in GovCloud", () =>
    equal(managedPolicyText("arn:aws-us-gov:iam::aws:policy/AdministratorAccess"), ADMINISTRATOR_ACCESS));
  it("are known in China", () =>
    equal(managedPolicyText("arn:aws-cn:iam::aws:policy/AdministratorAccess"), ADMINISTRATOR_ACCESS));
  it("are known in the European Sovereign Cloud", () =>
    equal(managedPolicyText("arn:aws-eusc:iam::aws:policy/AdministratorAccess"), ADMINISTRATOR_ACCESS));

  it("are known with a path", () =>
    ok(managedPolicyText("arn:aws:iam::aws:policy/job-function/Billing")?.includes("billing:")));
  it("are not known without their path", () => equal(managedPolicyText("arn:aws:iam::aws:policy/Billing"), undefined));
  it("are not known in another letter case", () =>
    equal(managedPolicyText("arn:aws:iam::aws:policy/administratoraccess"), undefined));

  it("are their latest version", () =>
    ok(managedPolicyText("arn:aws:iam::aws:policy/PowerUserAccess")?.includes("account:GetAccountInformation")));

  it("include those of service roles", () =>
    ok(managedPolicyArns().includes("arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole")));
  it("leave out those of service-linked roles", () =>
    deepEqual(
      managedPolicyArns().filter((arn) => arn.includes("/aws-service-role/")),
      [],
    ));
  it("are more than a thousand", () => ok(managedPolicyArns().length > 1000));
  it("are all JSON", () =>
    deepEqual(
      managedPolicyArns().filter((arn) => JSON.parse(managedPolicyText(arn) ?? "null")?.Statement === undefined),
      [],
    ));

  it("have ARNs that say so", () => ok(isManagedPolicyArn("arn:aws-cn:iam::aws:policy/service-role/NotPublishedYet")));
  it("are not a customer's policies", () =>
    ok(!isManagedPolicyArn("arn:aws:iam::111122223333:policy/AdministratorAccess")));
  it("are not a customer's policies of the same name", () =>
    equal(managedPolicyText("arn:aws:iam::111122223333:policy/AdministratorAccess"), undefined));
});
