import * as pulumi from "@pulumi/pulumi";
import { AdminChangeAlarm, type AdminChangeAlarmArgs, checkedAdminChangeAlarm } from "../alarms/admin-change-alarm";
import { RootActivityAlarm } from "../alarms/root-activity-alarm";
import { CentralRootAccess, type CentralRootAccessArgs, checkedCentralRootAccess } from "./central-root-access";
import { checkedRootScp, RootScp, type RootScpArgs } from "./root-scp";

/** Arguments of {@link OrganizationBaseline}: those of its parts. */
export interface OrganizationBaselineArgs {
  rootScp: RootScpArgs;
  centralRootAccess?: CentralRootAccessArgs;
  /** Both alarms, which share a topic. Without it nobody is told of root activity and new administrators. */
  alarms?: AdminChangeAlarmArgs;
}

/**
 * What an organization needs: central root access, a service control policy that holds its root users and, as far as they
 * are given, the alarms. The program runs in the management account.
 *
 * Throws {@link InvalidArgument} where one of the parts does.
 */
export class OrganizationBaseline extends pulumi.ComponentResource {
  /** The service control policy. */
  readonly policyId: pulumi.Output<string>;

  constructor(name: string, args: OrganizationBaselineArgs, opts?: pulumi.ComponentResourceOptions) {
    const { rootScp, centralRootAccess = {}, alarms } = args;
    // All of them before the first part is made.
    checkedRootScp(rootScp);
    checkedCentralRootAccess(centralRootAccess);
    if (alarms !== undefined) checkedAdminChangeAlarm(alarms);
    super("aws-identity-guardrails:index:OrganizationBaseline", name, {}, opts);
    const parent = { parent: this };

    new CentralRootAccess(`${name}-central-root-access`, centralRootAccess, parent);
    const scp = new RootScp(`${name}-root-scp`, rootScp, parent);
    if (alarms !== undefined) {
      const { topicArn } = new AdminChangeAlarm(`${name}-admin-change`, alarms, parent);
      const { trail, logGroup, trailScope = "organization" } = alarms;
      new RootActivityAlarm(`${name}-root-activity`, { trail, logGroup, trailScope, topicArn }, parent);
    }

    this.policyId = scp.policyId;
    this.registerOutputs({ policyId: this.policyId });
  }
}
