import * as pulumi from "@pulumi/pulumi";
import { ArgumentChecker } from "../shared/arguments";
import {
  type Alarm,
  alarmsOnTrail,
  type CheckedTrailAlarm,
  checkedTrailAlarm,
  type TrailAlarmArgs,
} from "./trail-alarm";

/** Arguments of {@link RootActivityAlarm}. */
export type RootActivityAlarmArgs = TrailAlarmArgs;

const COMPONENT = "RootActivityAlarm";
const ROOT_ACTIVITY = "root-activity";

/**
 * What a service does on the root user's behalf names the service in `invokedBy`, or has an event type of its own. Sessions
 * of sts:AssumeRoot act as the root user too: their events have the type Root and are told by `assumedRoot`. The console's page
 * of root access opens such sessions, for the task of auditing, in every account that it lists; they can change nothing. See
 * "CloudTrail userIdentity element" in the AWS CloudTrail User Guide, "Track privileged tasks in AWS CloudTrail" and "View root user
 * credentials" in the IAM User Guide.
 */
const ALARMS: readonly Alarm[] = [
  {
    alarmName: ROOT_ACTIVITY,
    description: "A root user signed in, tried to, or made a call with credentials of its own.",
    condition: {
      all: [
        { field: "userIdentity.type", is: ["Root"] },
        { field: "userIdentity.invokedBy", absent: true },
        { field: "userIdentity.sessionContext.assumedRoot", isNot: "true" },
        { field: "eventType", isNot: "AwsServiceEvent" },
      ],
    },
  },
  {
    alarmName: "root-session",
    description: "Somebody opened a root session in a member account with sts:AssumeRoot, or tried to.",
    condition: {
      all: [
        { field: "eventSource", is: ["sts.amazonaws.com"] },
        { field: "eventName", is: ["AssumeRoot"] },
        { field: "requestParameters.taskPolicyArn.arn", isNot: "*:policy/root-task/IAMAuditRootUserCredentials" },
      ],
    },
  },
];

/**
 * Two alarms, so that neither hides the other: one for what a root user itself does (signing in or trying to, each call,
 * read-only ones too), and one for each root session that somebody opens with sts:AssumeRoot for more than to look at root's
 * credentials; in every region and, with an organization trail, in every account, those of tomorrow included.
 *
 * They stand on the trail because that is the one place where all of it arrives: EventBridge has root sign-ins in us-east-1
 * only, calls in the region where they are made, and both in the account where they happen ("AWS Management Console sign-in
 * events" in the AWS CloudTrail User Guide), so that a rule would be needed in each region of each account.
 *
 * Throws {@link InvalidArgument} like {@link checkedTrailAlarm}; before the first change it looks the trail up and stops
 * where that would miss events.
 */
export class RootActivityAlarm extends pulumi.ComponentResource {
  readonly topicArn: pulumi.Output<string>;

  constructor(name: string, args: RootActivityAlarmArgs, opts?: pulumi.ComponentResourceOptions) {
    const checked = checkedRootActivityAlarm(args);
    super("aws-identity-guardrails:index:RootActivityAlarm", name, {}, opts);
    const alarms = { component: COMPONENT, topicName: ROOT_ACTIVITY, alarms: ALARMS };
    this.topicArn = alarmsOnTrail(name, alarms, checked, this).topicArn;
    this.registerOutputs({ topicArn: this.topicArn });
  }
}

/** Throws {@link InvalidArgument} for what {@link RootActivityAlarm} refuses. */
export function checkedRootActivityAlarm(args: RootActivityAlarmArgs): CheckedTrailAlarm {
  return checkedTrailAlarm(new ArgumentChecker(COMPONENT), args);
}
