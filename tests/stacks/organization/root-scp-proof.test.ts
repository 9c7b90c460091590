import assert from "node:assert/strict";
import { RootScp } from "../../../stacks/components";
import { doubtsAbout, rootHeldIn } from "../../../stacks/components/organization/root-scp-proof";
import { refusalOf, registeredBy } from "../registered";

const anyRoot = { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:root" } };

/** A service control policy of one statement, which denies everything to root unless `statement` says otherwise. */
function scp(statement: object): string {
  const usual = { Effect: "Deny", Action: "*", Resource: "*", Condition: anyRoot };
  return JSON.stringify({ Version: "2012-10-17", Statement: [{ ...usual, ...statement }] });
}

async function refusalMessage(document: string, partition = "aws"): Promise<string> {
  const program = () => new RootScp("scp", { targets: ["r-ab12"], document });
  const [message] = await refusalOf(program, { getPartition: { partition } });
  return message;
}

describe("stacks: a service control policy of one's own", () => {
  it("is deployed when it holds root", async () => {
    const document = scp({});
    const registered = await registeredBy(() => new RootScp("scp", { targets: ["r-ab12"], document }));
    assert.deepEqual(
      registered.filter(({ type }) => type === "aws:organizations/policy:Policy").map(({ inputs }) => inputs.content),
      [document],
    );
  });

  it("may list fewer actions, and spare AssumeRoot sessions", () => {
    assert.equal(doubtsAbout(scp({ Action: "iam:*" }), "aws"), undefined);
    const spared = { ...anyRoot, Null: { "aws:AssumedRoot": "true" } };
    assert.equal(doubtsAbout(scp({ Condition: spared }), "aws"), undefined);
  });

  it("is refused where StringEquals compares a wildcard", async () => {
    const document = scp({ Condition: { StringEquals: { "aws:PrincipalArn": "arn:aws:iam::*:root" } } });
    assert.match(
      await refusalMessage(document),
      /^RootScp: document is not proved to hold the root user: \$\.Statement\[0\]: .*StringEquals.*wildcards/,
    );
  });

  it("is refused where the ARN is a user's called root", async () => {
    const document = scp({ Condition: { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:user/x:root" } } });
    assert.match(await refusalMessage(document), /\$\.Statement\[0\]: .*user\/x:root.*root user/);
  });

  it("is refused where it holds in one region only", async () => {
    const document = scp({ Condition: { ...anyRoot, StringEquals: { "aws:RequestedRegion": "us-east-1" } } });
    assert.match(await refusalMessage(document), /\$\.Statement\[0\]: .*us-east-1/);
  });

  it("is refused where its Resource leaves out what has no resource", async () => {
    assert.match(
      await refusalMessage(scp({ Resource: "arn:aws:s3:::*" })),
      /\$\.Statement\[0\]: its Resource leaves out actions that take no resource/,
    );
  });

  it("is refused where no request fulfils its conditions", async () => {
    const document = scp({ Condition: { ...anyRoot, Null: { "aws:PrincipalArn": "true" } } });
    assert.match(await refusalMessage(document), /not proved to hold the root user: \$\.Statement\[0\]: /);
  });

  it("is refused where another condition narrows it", async () => {
    const outside = scp({ Condition: { ...anyRoot, NotIpAddress: { "aws:SourceIp": "203.0.113.0/24" } } });
    assert.match(await refusalMessage(outside), /\$\.Statement\[0\] binds it only where aws:sourceip fits/i);
    const inside = scp({ Condition: { ...anyRoot, IpAddress: { "aws:SourceIp": "203.0.113.0/24" } } });
    assert.match(await refusalMessage(inside), /\$\.Statement\[0\]: it holds only where aws:SourceIp is one that/i);
  });

  it("is refused where it allows instead of denying", async () => {
    assert.match(await refusalMessage(scp({ Effect: "Allow" })), /no statement of it denies anything to the root user/);
  });

  it("is refused where it says nothing about root", async () => {
    const document = scp({ Action: "organizations:LeaveOrganization", Condition: {} });
    assert.match(await refusalMessage(document), /no statement of it denies anything to the root user/);
  });

  it("is refused where it is no JSON", async () => {
    assert.match(await refusalMessage("{"), /^RootScp: document is not proved to hold the root user: \$: not JSON/);
  });

  it("is refused over 5,120 characters", async () => {
    const document = scp({ Sid: "A".repeat(5100) });
    assert.match(
      await refusalMessage(document),
      /^RootScp: document has 5\d+ characters; an SCP holds 5120\. Shorten it\.$/,
    );
  });

  it("is refused beside tasks that it would not spare", async () => {
    const [message] = await refusalOf(
      () => new RootScp("scp", { targets: ["r-ab12"], document: scp({}), allowedRootTasks: ["close-account"] }),
    );
    assert.match(message, /^RootScp: document stands alone/);
  });

  it("is refused where it names the root users of another partition than the organization's", async () => {
    const document = scp({ Condition: { ArnLike: { "aws:PrincipalArn": "arn:aws-us-gov:iam::*:root" } } });
    assert.equal(rootHeldIn(document), undefined);
    assert.match(
      await refusalMessage(document, "aws"),
      /^RootScp: the policy is not proved to hold the root user of partition aws: \$\.Statement\[0\]: .*another partition/,
    );
    const program = () => new RootScp("scp", { targets: ["r-ab12"], document });
    assert.equal((await registeredBy(program, { getPartition: { partition: "aws-us-gov" } })).length, 3);
  });
});
