import assert from "node:assert/strict";
import { RootScp, type RootScpArgs, type RootTask, rootTasks } from "../../../stacks/components";
import { only, type Registered, refusalOf, registeredBy } from "../registered";

const POLICY = "aws:organizations/policy:Policy";
const ATTACHMENT = "aws:organizations/policyAttachment:PolicyAttachment";

function rootScp(args: RootScpArgs): Promise<readonly Registered[]> {
  return registeredBy(() => new RootScp("scp", args));
}

async function contentOf(args: Omit<RootScpArgs, "targets">): Promise<unknown> {
  return JSON.parse(String(only(await rootScp({ targets: ["r-ab12"], ...args }), POLICY).inputs.content));
}

async function refusalMessage(args: RootScpArgs): Promise<string> {
  const [message, registered] = await refusalOf(() => new RootScp("scp", args));
  assert.deepEqual(registered, []);
  return message;
}

const everyPartition = {
  "aws:PrincipalArn": [
    "arn:aws:iam::*:root",
    "arn:aws-cn:iam::*:root",
    "arn:aws-eusc:iam::*:root",
    "arn:aws-us-gov:iam::*:root",
  ],
};

describe("stacks: RootScp", () => {
  it("denies root everything, AssumeRoot sessions aside", async () => {
    assert.deepEqual(await contentOf({}), {
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "DenyRootUser",
          Effect: "Deny",
          Action: "*",
          Resource: "*",
          Condition: { ArnLike: everyPartition, Null: { "aws:AssumedRoot": "true" } },
        },
      ],
    });
  });

  it("denies AssumeRoot sessions too when they are not exempt", async () => {
    assert.deepEqual(await contentOf({ exemptAssumeRoot: false }), {
      Version: "2012-10-17",
      Statement: [
        { Sid: "DenyRootUser", Effect: "Deny", Action: "*", Resource: "*", Condition: { ArnLike: everyPartition } },
      ],
    });
  });

  it("spares the actions of the listed tasks and the additional ones, each once", async () => {
    assert.deepEqual(
      await contentOf({
        allowedRootTasks: ["change-account-name", "close-account"],
        additionalRootActions: ["account:GetContactInformation"],
        exemptAssumeRoot: false,
      }),
      {
        Version: "2012-10-17",
        Statement: [
          {
            Sid: "DenyRootUser",
            Effect: "Deny",
            NotAction: [
              "account:CloseAccount",
              "account:GetAccountInformation",
              "account:GetContactInformation",
              "account:PutAccountName",
            ],
            Resource: "*",
            Condition: { ArnLike: everyPartition },
          },
        ],
      },
    );
  });

  it("is a service control policy, attached to each target", async () => {
    const registered = await rootScp({ targets: ["r-ab12", "ou-ab12-cdef3456", "210987654321"] });
    assert.equal(only(registered, POLICY).inputs.type, "SERVICE_CONTROL_POLICY");
    assert.equal(only(registered, POLICY).inputs.name, "deny-root-user");
    assert.deepEqual(
      registered.filter(({ type }) => type === ATTACHMENT).map(({ name, inputs }) => [name, inputs.targetId]),
      [
        ["scp-r-ab12", "r-ab12"],
        ["scp-ou-ab12-cdef3456", "ou-ab12-cdef3456"],
        ["scp-210987654321", "210987654321"],
      ],
    );
  });

  it("stays within the size limit with every task allowed", async () => {
    const all = Object.keys(rootTasks) as RootTask[];
    const registered = await rootScp({ targets: ["r-ab12"], allowedRootTasks: all });
    assert.ok(String(only(registered, POLICY).inputs.content).length <= 5120);
  });

  it("refuses to be attached to nothing", async () => {
    assert.equal(
      await refusalMessage({ targets: [] }),
      "RootScp: targets is empty, so the policy would bind nobody. List an organization root, unit or account.",
    );
  });

  it("refuses an account id of eleven digits", async () => {
    assert.match(
      await refusalMessage({ targets: ["12345678901"] }),
      /^RootScp: targets\[0\] is "12345678901", which is not/,
    );
  });

  it("refuses a unit given by its ARN", async () => {
    assert.match(
      await refusalMessage({
        targets: ["r-ab12", "arn:aws:organizations::123456789012:ou/o-exampleorg/ou-ab12-cdef3456"],
      }),
      /^RootScp: targets\[1\] is "arn:aws:organizations::/,
    );
  });

  it("refuses a target twice", async () => {
    assert.equal(
      await refusalMessage({ targets: ["r-ab12", "r-ab12"] }),
      'RootScp: targets[1] repeats "r-ab12" of targets[0]. Remove one of the two.',
    );
  });

  it("refuses a misspelt task and lists the tasks", async () => {
    assert.match(
      await refusalMessage({ targets: ["r-ab12"], allowedRootTasks: ["close-acount" as RootTask] }),
      /^RootScp: allowedRootTasks has "close-acount", which is no task\. Tasks: change-account-name, .*close-account/,
    );
  });

  it("refuses an additional action with a wildcard", async () => {
    assert.match(
      await refusalMessage({ targets: ["r-ab12"], additionalRootActions: ["iam:*"] }),
      /^RootScp: additionalRootActions\[0\] is "iam:\*", which is not one action without a wildcard/,
    );
  });

  it("takes a policy of 5,120 characters and refuses one of 5,121", async () => {
    const spared = ["s3:A", `s3:${"B".repeat(4817)}`];
    const registered = await rootScp({ targets: ["r-ab12"], additionalRootActions: spared });
    assert.equal(String(only(registered, POLICY).inputs.content).length, 5120);
    assert.equal(
      await refusalMessage({ targets: ["r-ab12"], additionalRootActions: ["s3:A", `s3:${"B".repeat(4818)}`] }),
      "RootScp: additionalRootActions and allowedRootTasks make a policy of 5121 characters; an SCP holds 5120. List fewer.",
    );
  });
});
