import * as cloudwatch from "@pulumi/aws/cloudwatch";
import { getPartition } from "@pulumi/aws/getPartition";
import { getRegion } from "@pulumi/aws/getRegion";
import * as iam from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";
import { regionsOf } from "../../../policypack/iam";
import { beforeChange, Unmet } from "../shared/prerequisites";
import type { Place } from "../shared/provider-place";
import type { ChangeClass } from "./change-classes";
import { eventPattern, sourcesPattern } from "./event-condition";

/** Arguments of {@link EventMail}, which its callers have checked. */
export interface EventMailArgs {
  /** The component in whose name prerequisites are refused. */
  readonly component: string;
  /** How the names of the rules and of the role begin; unique in the account. */
  readonly prefix: string;
  readonly classes: readonly ChangeClass[];
  /** A topic in the region of `place` that lets EventBridge publish. */
  readonly topicArn: pulumi.Input<string>;
  readonly place: pulumi.Output<Place>;
  /** Regions other than that of `place`, whose events are sent there: the one in which IAM reports among them. */
  readonly regions: readonly string[];
}

/** What a mail says, by the event's fields ("Amazon EventBridge input transformation" in the Amazon EventBridge User Guide). */
const SUMMARY = {
  inputPaths: {
    event: "$.detail.eventName",
    who: "$.detail.userIdentity.arn",
    account: "$.account",
    region: "$.detail.awsRegion",
    time: "$.detail.eventTime",
    from: "$.detail.sourceIPAddress",
    refused: "$.detail.errorCode",
    id: "$.detail.eventID",
  },
  inputTemplate:
    '"<event> by <who> in account <account>, <region>, at <time> from <from>. Refused: <refused>. CloudTrail event <id>."',
};

/**
 * A mail for every event of these classes in this account. EventBridge has an event in the region where its service reports: those
 * of IAM and AWS Organizations in one region of the partition, us-east-1 for most. From each of `regions` the default bus sends
 * what the services in question do on to that of the topic's region, since a rule reaches topics of its own region only ("Sending
 * and receiving Amazon EventBridge events between AWS Regions" in the Amazon EventBridge User Guide; "Global service events" in the
 * AWS CloudTrail User Guide).
 *
 * Before the first change it throws {@link Unmet} where `regions` leave out the region in which IAM reports, or hold the own one.
 */
export class EventMail extends pulumi.ComponentResource {
  constructor(name: string, args: EventMailArgs, opts?: pulumi.ComponentResourceOptions) {
    super("aws-identity-guardrails:index:EventMail", name, {}, opts);
    const { component, prefix, classes, topicArn, regions } = args;
    const parent = { parent: this };
    const looksAtRegions = beforeChange(`${name}-regions`, () => requireEventRegions(component, regions, this));

    for (const { name: className, description, condition } of classes) {
      const rule = new cloudwatch.EventRule(
        `${name}-${className}-rule`,
        { name: `${prefix}-${className}`, description, eventPattern: eventPattern(condition) },
        { ...parent, ...(className === classes[0]?.name ? looksAtRegions : {}) },
      );
      new cloudwatch.EventTarget(
        `${name}-${className}-mail`,
        { rule: rule.name, targetId: "mail", arn: topicArn, inputTransformer: SUMMARY },
        parent,
      );
    }
    if (regions.length > 0) this.forward(name, args);
    this.registerOutputs({});
  }

  /** From the default bus of each region to that of the own one. */
  private forward(name: string, { prefix, classes, place, regions }: EventMailArgs): void {
    const parent = { parent: this };
    const bus = place.apply((own) => `arn:${own.partition}:events:${own.region}:${own.accountId}:event-bus/default`);
    const ruleName = `${prefix}-forward`;
    const role = new iam.Role(
      `${name}-forward-role`,
      {
        name: ruleName,
        description: "Sends events of other regions to the default event bus of one.",
        assumeRolePolicy: place.apply((own) => trustInRules(own, ruleName)),
      },
      parent,
    );
    const policy = new iam.RolePolicy(
      `${name}-forward-policy`,
      { role: role.name, name: "put-events", policy: bus.apply(putEvents) },
      parent,
    );
    for (const region of regions) {
      const rule = new cloudwatch.EventRule(
        `${name}-forward-${region}`,
        {
          region,
          name: ruleName,
          description: "Sends what may change power over the account to the region where it is mailed from.",
          eventPattern: sourcesPattern(classes.map(({ condition }) => condition)),
        },
        parent,
      );
      new cloudwatch.EventTarget(
        `${name}-forward-${region}-bus`,
        { region, rule: rule.name, targetId: "bus", arn: bus, roleArn: role.arn },
        { ...parent, dependsOn: policy },
      );
    }
  }
}

function trustInRules({ partition, accountId }: Place, ruleName: string): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Service: "events.amazonaws.com" },
        Action: "sts:AssumeRole",
        Condition: {
          StringEquals: { "aws:SourceAccount": accountId },
          ArnLike: { "aws:SourceArn": `arn:${partition}:events:*:${accountId}:rule/${ruleName}` },
        },
      },
    ],
  });
}

function putEvents(bus: string): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "events:PutEvents", Resource: bus }],
  });
}

async function requireEventRegions(component: string, regions: readonly string[], parent: pulumi.Resource) {
  const [{ partition }, { region }] = await Promise.all([getPartition({}, { parent }), getRegion({}, { parent })]);
  if (regions.includes(region)) {
    throw new Unmet(
      component,
      `eventRegions has ${region}, the region of this stack, whose events are mailed anyway. Take it out.`,
    );
  }
  const missing = (regionsOf("iam:CreateUser", partition) ?? []).filter((it) => it !== region && !regions.includes(it));
  if (missing.length === 0) return;
  throw new Unmet(
    component,
    `IAM and AWS Organizations report to EventBridge in ${missing.join(" and ")}, not in ${region}, so mailEveryEvent would ` +
      `miss them. Add ${missing.join(" and ")} to eventRegions.`,
  );
}
