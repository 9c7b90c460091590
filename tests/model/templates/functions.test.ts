import assert from "node:assert/strict";
import { notYet } from "../../../policypack/iam/language/document";
import type { Resource } from "../../../policypack/model/resources/resource";
import { graphOf, notRead, policiesOf, the } from "../graph-of";
import { provider, readReports, resource } from "../resource";
import { actionsOf, faultsOf, resourcesOf, stack, template } from "../template";

describe("conditions of a template", () => {
  const body = `
Parameters:
  Stage: {Type: String}
Conditions:
  IsLive: !Equals [!Ref Stage, live]
  IsTrial: !Not [!Condition IsLive]
Resources:
  Ops:
    Type: AWS::IAM::Group
    Properties: {GroupName: ops}
  Grant:
    Type: AWS::IAM::GroupPolicy
    Condition: IsTrial
    Properties: {GroupName: !Ref Ops, PolicyName: grant, PolicyDocument: ${readReports}}
`;

  it("leave a resource out where they do not hold", () => {
    assert.deepEqual(policiesOf(the(graphOf(template(body, { Stage: "live" })), 'group "ops"')), []);
  });

  it("keep it where they hold", () => {
    assert.deepEqual(actionsOf(graphOf(template(body, { Stage: "test" })), 'group "ops"'), ["s3:GetObject"]);
  });

  it("leave open what a resource says while they are not known", () => {
    const graph = graphOf(template(body, { Stage: notYet }));
    assert.deepEqual(notRead(the(graph, 'group "ops"')), ["PolicyDocument is not known yet"]);
  });

  it("leave open whether a key is active while they are not known", () => {
    const graph = graphOf(
      template(
        `
Parameters: {Stage: {Type: String}}
Conditions: {IsLive: !Equals [!Ref Stage, live]}
Resources:
  Key: {Type: AWS::IAM::AccessKey, Condition: IsLive, Properties: {UserName: alice}}
`,
        { Stage: notYet },
      ),
    );
    assert.equal(graph.strayCredentials[0]?.active.known, false);
  });

  it("that refer to themselves hold for nobody knows whom", () => {
    const graph = graphOf(
      template(`
Conditions: {Loop: !Not [!Condition Loop]}
Resources:
  Grant:
    Type: AWS::IAM::GroupPolicy
    Condition: Loop
    Properties: {GroupName: ops, PolicyName: grant, PolicyDocument: ${readReports}}
`),
    );
    assert.deepEqual(notRead(the(graph, 'group "ops"')), ["PolicyDocument is not known yet"]);
  });
});

describe("functions of a template", () => {
  function statement(resourceElement: string, account: Readonly<Record<string, unknown>> = {}): Resource {
    const templateBody = `
Mappings: {Buckets: {live: {name: reports}}}
Resources:
  Bucket: {Type: AWS::S3::Bucket}
  Job: {Type: AWS::IAM::Role, Properties: {RoleName: job, Path: /jobs/}}
  Read:
    Type: AWS::IAM::GroupPolicy
    Properties:
      GroupName: ops
      PolicyName: read
      PolicyDocument:
        Version: "2012-10-17"
        Statement: [{Effect: Allow, Action: "s3:*", Resource: ${resourceElement}}]
`;
    return resource(stack, "accounts", { templateBody }, { provider: provider("p", account) });
  }

  it("are worked out where everything is known", () => {
    assert.deepEqual(
      resourcesOf(graphOf(statement('!Join ["", ["arn:aws:s3:::", !Select [1, [a, b]]]]')), 'group "ops"'),
      [{ inverted: false, values: ["arn:aws:s3:::b"], open: false }],
    );
    assert.deepEqual(
      resourcesOf(
        graphOf(statement('!Sub ["arn:aws:s3:::${Name}", {Name: !FindInMap [Buckets, live, name]}]')),
        'group "ops"',
      ),
      [{ inverted: false, values: ["arn:aws:s3:::reports"], open: false }],
    );
    assert.deepEqual(resourcesOf(graphOf(statement('!Split [",", "a,b"]')), 'group "ops"'), [
      { inverted: false, values: ["a", "b"], open: false },
    ]);
  });

  it("leave a place open where something is not known", () => {
    assert.deepEqual(resourcesOf(graphOf(statement('[!Sub "${Bucket.Arn}/*", "arn:aws:s3:::a"]')), 'group "ops"'), [
      { inverted: false, values: ["arn:aws:s3:::a"], open: true },
    ]);
    assert.deepEqual(resourcesOf(graphOf(statement("!ImportValue bucket")), 'group "ops"'), [
      { inverted: false, values: [], open: true },
    ]);
  });

  it("keep policy variables that are written out for IAM", () => {
    assert.deepEqual(
      resourcesOf(graphOf(statement('!Sub "arn:aws:iam::${AWS::AccountId}:user/${!aws:username}"')), 'group "ops"'),
      [{ inverted: false, values: ["arn:aws:iam::*:user/${aws:username}"], open: false }],
    );
  });

  it("know the account and the region that the provider tells", () => {
    const known = { allowedAccountIds: '["111122223333"]', region: "us-gov-west-1" };
    assert.deepEqual(
      resourcesOf(
        graphOf(
          statement(
            '["arn:${AWS::Partition}:s3:::a", !Sub "arn:${AWS::Partition}:sqs:${AWS::Region}:${AWS::AccountId}:a", !GetAtt Job.Arn]',
            known,
          ),
        ),
        'group "ops"',
      ),
      [
        {
          inverted: false,
          values: [
            "arn:${AWS::Partition}:s3:::a",
            "arn:aws-us-gov:sqs:us-gov-west-1:111122223333:a",
            "arn:aws-us-gov:iam::111122223333:role/jobs/job",
          ],
          open: false,
        },
      ],
    );
  });

  it("choose a branch where the condition is known, and none where it is not", () => {
    const body = (stage: unknown) =>
      template(
        `
Parameters: {Stage: {Type: String}}
Conditions: {IsLive: !Equals [!Ref Stage, live]}
Resources:
  Ops:
    Type: AWS::IAM::Group
    Properties:
      GroupName: ops
      ManagedPolicyArns: [!If [IsLive, "arn:aws:iam::aws:policy/ReadOnlyAccess", !Ref AWS::NoValue]]
`,
        { Stage: stage },
      );
    assert.deepEqual(policiesOf(the(graphOf(body("live")), 'group "ops"')), ["arn:aws:iam::aws:policy/ReadOnlyAccess"]);
    assert.deepEqual(policiesOf(the(graphOf(body("test")), 'group "ops"')), []);
    assert.equal(notRead(the(graphOf(body(notYet)), 'group "ops"')).length, 1);
  });

  it("come to an end where names double each other, or mean each other", () => {
    const doubling = Array.from(
      { length: 60 },
      (_, i) => `  R${i}: {Type: AWS::IAM::Role, Properties: {RoleName: !Sub "\${R${i + 1}}\${R${i + 1}}"}}`,
    );
    const last = "  R60: {Type: AWS::IAM::Role, Properties: {RoleName: xx}}";
    assert.equal(graphOf(template(["Resources:", ...doubling, last].join("\n"))).roles.length, 61);
    const circle = `
Resources:
  A: {Type: AWS::IAM::Role, Properties: {RoleName: !Ref B}}
  B: {Type: AWS::IAM::Role, Properties: {RoleName: !Ref A}}
`;
    assert.deepEqual(
      graphOf(template(circle)).roles.map(({ name }) => name.known),
      [false, false],
    );
  });
});

describe("a hostile template", () => {
  const role = (name: string, more = {}) =>
    JSON.stringify({
      Parameters: { P: { Type: "String", Default: "x".repeat(4_000) } },
      ...more,
      Resources: { R: { Type: "AWS::IAM::Role", Properties: { RoleName: { "Fn::Sub": name } } } },
    });

  /** Milliseconds that a template takes. */
  function timeOf(body: string): number {
    const started = performance.now();
    graphOf(template(body));
    return performance.now() - started;
  }

  it("is read in a time that grows with its length: openings without end, texts in texts, conditions on conditions", () => {
    // About a second when the first of them was searched to the end at each opening, and minutes at ten times the length.
    assert.ok(timeOf(role("${".repeat(300_000))) < 5_000);
    assert.ok(timeOf(role("${P}".repeat(200_000))) < 5_000);
    const conditions = Object.fromEntries(
      Array.from({ length: 60 }, (_, index) => [
        `C${index + 1}`,
        { "Fn::And": [{ Condition: `C${index}` }, { Condition: `C${index}` }] },
      ]),
    );
    const Conditions = { C0: { "Fn::Equals": ["a", "a"] }, ...conditions };
    assert.ok(timeOf(role("x", { Conditions })) < 5_000);
  });

  it("that CloudFormation would not take for its length is told, not read", () => {
    assert.deepEqual(faultsOf(template(`${" ".repeat(1 << 20)}Resources: {}`)), [
      "unreadable: templateBody: $: longer than the 1 MB that CloudFormation takes",
    ]);
  });
});
