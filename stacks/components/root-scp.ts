import * as organizations from "@pulumi/aws/organizations";
import * as pulumi from "@pulumi/pulumi";
import { ArgumentChecker } from "./arguments";
import { actionsOf, isRootTask, type RootTask, rootTaskNames } from "./root-tasks";

/** Arguments of {@link RootScp}. */
export interface RootScpArgs {
  /**
   * Where the policy is attached: ids of organization roots (`r-…`), organizational units (`ou-…`) or member accounts
   * (12 digits). At least one. An SCP never binds the management account, wherever it is attached.
   */
  targets: readonly string[];

  /** Root-only tasks that the root user may still do; none by default. The names are those of `rootTasks`. */
  allowedRootTasks?: readonly RootTask[];

  /** Single actions to allow beside the tasks, such as `account:GetContactInformation`; no wildcards. None by default. */
  additionalRootActions?: readonly string[];

  /**
   * Whether privileged sessions that the management account or a delegated administrator opens with `sts:AssumeRoot` stay
   * free of the denial; true by default, since they are how root-only tasks are done once root credentials are gone. AWS
   * limits them itself, to one task policy and 15 minutes. See "Perform a privileged task on an AWS Organizations member
   * account" in the IAM User Guide.
   */
  exemptAssumeRoot?: boolean;

  /** The policy's name, unique in the organization: 1 to 128 characters. `deny-root-user` by default. */
  policyName?: string;
}

/** The safe size of an SCP. See "Quotas and service limits for AWS Organizations" in the AWS Organizations User Guide. */
export const SCP_MAX_CHARACTERS = 5120;

/**
 * A service control policy that denies the root user of member accounts everything but the listed tasks, attached to its
 * targets. The organization must have all features and the policy type enabled; the program runs in the management account
 * or that of a delegated administrator for policies.
 *
 * Throws {@link InvalidArgument} for a target that is none, an unknown task, an action with a wildcard, a list without an
 * entry, and a policy over {@link SCP_MAX_CHARACTERS}.
 */
export class RootScp extends pulumi.ComponentResource {
  readonly policyId: pulumi.Output<string>;
  readonly policyArn: pulumi.Output<string>;

  constructor(name: string, args: RootScpArgs, opts?: pulumi.ComponentResourceOptions) {
    const { targets, policyName, content } = checked(args);
    super("aws-identity-guardrails:index:RootScp", name, {}, opts);

    const policy = new organizations.Policy(
      name,
      {
        name: policyName,
        description: "Denies the root user of member accounts everything but the tasks that are listed in it.",
        type: "SERVICE_CONTROL_POLICY",
        content,
      },
      { parent: this },
    );
    for (const target of targets) {
      new organizations.PolicyAttachment(
        `${name}-${target}`,
        { policyId: policy.id, targetId: target },
        { parent: this },
      );
    }

    this.policyId = policy.id;
    this.policyArn = policy.arn;
    this.registerOutputs({ policyId: this.policyId, policyArn: this.policyArn });
  }
}

/**
 * The policy's text, compact. One statement holds root in every partition: `aws:PrincipalArn` is compared with a pattern,
 * since StringEquals takes no wildcard, and `Resource` is `*`, since most root-only actions have no resource of their own.
 * `Null` with "true" is met when the key is absent, which is so for everything but an AssumeRoot session.
 */
export function rootScpContent(allowedActions: readonly string[], exemptAssumeRoot: boolean): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "DenyRootUser",
        Effect: "Deny",
        ...(allowedActions.length > 0 ? { NotAction: allowedActions } : { Action: "*" }),
        Resource: "*",
        Condition: {
          ArnLike: {
            "aws:PrincipalArn": [
              "arn:aws:iam::*:root",
              "arn:aws-cn:iam::*:root",
              "arn:aws-eusc:iam::*:root",
              "arn:aws-us-gov:iam::*:root",
            ],
          },
          ...(exemptAssumeRoot ? { Null: { "aws:AssumedRoot": "true" } } : {}),
        },
      },
    ],
  });
}

function checked(args: RootScpArgs): { targets: readonly string[]; policyName: string; content: string } {
  const check = new ArgumentChecker("RootScp");
  const targets = check.list(
    "targets",
    args.targets,
    /^(r-[0-9a-z]{4,32}|ou-[0-9a-z]{4,32}-[0-9a-z]{8,32}|[0-9]{12})$/,
    "the id of an organization root (r-abcd), an organizational unit (ou-abcd-12345678) or an account (12 digits, quoted)",
  );
  if (targets.length === 0) {
    check.refuse("targets", "is empty, so the policy would bind nobody. List an organization root, unit or account.");
  }
  const tasks = check.list("allowedRootTasks", args.allowedRootTasks ?? [], /^/, "a task's name");
  const known = tasks.filter(isRootTask);
  const stranger = tasks.find((task) => !isRootTask(task));
  if (stranger !== undefined) {
    check.refuse("allowedRootTasks", `has "${stranger}", which is no task. Tasks: ${rootTaskNames.join(", ")}.`);
  }
  const further = check.list(
    "additionalRootActions",
    args.additionalRootActions ?? [],
    /^[a-z0-9-]+:[A-Za-z0-9]+$/,
    "one action without a wildcard, such as account:GetContactInformation",
  );
  const policyName = check.text(
    "policyName",
    args.policyName ?? "deny-root-user",
    /^\S(.{0,126}\S)?$/,
    "a name of 1 to 128 characters",
  );
  const exempt = check.boolean("exemptAssumeRoot", args.exemptAssumeRoot ?? true);
  const content = rootScpContent(actionsOf(known, further), exempt);
  if (content.length > SCP_MAX_CHARACTERS) {
    check.refuse(
      "additionalRootActions",
      `and allowedRootTasks make a policy of ${content.length} characters; an SCP holds ${SCP_MAX_CHARACTERS}. List fewer.`,
    );
  }
  return { targets, policyName, content };
}
