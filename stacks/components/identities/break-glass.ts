import * as iam from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";
import {
  type Alarm,
  alarmsOnTrail,
  type CheckedTrailAlarm,
  checkedTrailAlarm,
  type TrailAlarmArgs,
} from "../alarms/trail-alarm";
import { ArgumentChecker } from "../shared/arguments";
import { AdminGroup } from "./admin-group";

/** Arguments of {@link BreakGlass}. */
export interface BreakGlassArgs extends TrailAlarmArgs {
  /** The user's name, unique in the account. `break-glass` by default; it gets the path `/break-glass/`. */
  breakGlassUser?: string;

  /** The name of the role, unique in the account, and of the user's group. `break-glass` by default. */
  breakGlassRole?: string;
}

const COMPONENT = "BreakGlass";
const PATH = "/break-glass/";

/**
 * One user for the day when nobody can sign in otherwise: without any power but to set up MFA and, signed in with it, to assume
 * one administrator's role for an hour; and alarms that go off at any use of either and at any change of them, made before the user.
 * Its password and its devices are not made here: they would be in the state. See "Plan for emergency access" in the AWS
 * Well-Architected Framework (SEC03-BP03).
 *
 * Throws {@link InvalidArgument} for a name that IAM does not allow and like {@link checkedTrailAlarm}; before the first change it
 * looks the trail up and stops where that would miss events.
 */
export class BreakGlass extends pulumi.ComponentResource {
  readonly userName: pulumi.Output<string>;
  /** What the user assumes. */
  readonly roleArn: pulumi.Output<string>;
  readonly topicArn: pulumi.Output<string>;

  constructor(name: string, args: BreakGlassArgs, opts?: pulumi.ComponentResourceOptions) {
    const { userName, roleName, ...checked } = checkedBreakGlass(args);
    super("aws-identity-guardrails:index:BreakGlass", name, {}, opts);
    const parent = { parent: this };

    const watch = new BreakGlassAlarm(`${name}-watch`, alarmsFor(userName, roleName), checked, parent);
    const user = new iam.User(
      `${name}-user`,
      // Its password and devices are made by hand, and IAM deletes no user that still has them.
      { name: userName, path: PATH, forceDestroy: true },
      { ...parent, dependsOn: [watch] },
    );
    const admins = new AdminGroup(
      `${name}-access`,
      { members: [userName], groupName: roleName, roleName },
      { ...parent, transformations: [after(user)] },
    );

    this.userName = user.name;
    this.roleArn = admins.roleArn;
    this.topicArn = watch.topicArn;
    this.registerOutputs({ userName: this.userName, roleArn: this.roleArn, topicArn: this.topicArn });
  }
}

/** The alarms as a resource that the user can come after. */
class BreakGlassAlarm extends pulumi.ComponentResource {
  readonly topicArn: pulumi.Output<string>;

  constructor(
    name: string,
    alarms: readonly Alarm[],
    checked: CheckedTrailAlarm,
    opts: pulumi.ComponentResourceOptions,
  ) {
    super("aws-identity-guardrails:index:BreakGlassAlarm", name, {}, opts);
    this.topicArn = alarmsOnTrail(
      name,
      { component: COMPONENT, topicName: "break-glass", alarms },
      checked,
      this,
    ).topicArn;
    this.registerOutputs({ topicArn: this.topicArn });
  }
}

function after(user: pulumi.Resource): pulumi.ResourceTransformation {
  return ({ props, opts }) => ({ props, opts: pulumi.mergeOptions(opts, { dependsOn: [user] }) });
}

/**
 * Two alarms, so that setting the user up hides no use of it. A session of the role names the role as its issuer; who tries to assume it
 * names it in the request. See "CloudTrail userIdentity element" in the AWS CloudTrail User Guide.
 */
function alarmsFor(userName: string, roleName: string): readonly Alarm[] {
  return [
    {
      alarmName: "break-glass-use",
      description: `The user ${userName} signed in or made a call, or tried to; or somebody used the role ${roleName}.`,
      condition: {
        all: [],
        any: [
          [{ field: "userIdentity.userName", is: [userName] }],
          [{ field: "userIdentity.sessionContext.sessionIssuer.userName", is: [roleName] }],
          [{ field: "requestParameters.roleArn", is: [`*:role/${roleName}`] }],
        ],
      },
    },
    {
      alarmName: "break-glass-change",
      description: `The user ${userName}, its password, devices or group, or the role ${roleName} was changed.`,
      condition: {
        all: [
          { field: "eventSource", is: ["iam.amazonaws.com"] },
          { field: "readOnly", flag: false },
        ],
        any: [
          [{ field: "requestParameters.userName", is: [userName] }],
          [{ field: "requestParameters.roleName", is: [roleName] }],
          [{ field: "requestParameters.groupName", is: [roleName] }],
          [{ field: "requestParameters.policyArn", is: [`*:policy/${roleName}-self-service`] }],
        ],
      },
    },
  ];
}

/** Throws {@link InvalidArgument} for what {@link BreakGlass} refuses. */
export function checkedBreakGlass(
  args: BreakGlassArgs,
): CheckedTrailAlarm & { readonly userName: string; readonly roleName: string } {
  const check = new ArgumentChecker(COMPONENT);
  const name = /^[\w+=,.@-]{1,64}$/;
  return {
    ...checkedTrailAlarm(check, args),
    userName: check.text(
      "breakGlassUser",
      args.breakGlassUser ?? "break-glass",
      name,
      "a user's name: 1 to 64 letters, digits and _+=,.@-, without a path",
    ),
    roleName: check.text(
      "breakGlassRole",
      args.breakGlassRole ?? "break-glass",
      name,
      "a role's name: 1 to 64 letters, digits and _+=,.@-, without a path",
    ),
  };
}
