import { getPartition } from "@pulumi/aws/getPartition";
import * as organizations from "@pulumi/aws/organizations";
import * as pulumi from "@pulumi/pulumi";
import { ArgumentChecker } from "../shared/arguments";
import { beforeChange, beforeCreation } from "../shared/prerequisites";
import { OrganizationLookup, requireServiceControlPolicies } from "./organization-lookup";
import { requireRootHeld, rootHeldIn } from "./root-scp-proof";
import { actionsOf, isRootTask, type RootTask, rootTaskNames } from "./root-tasks";
import { checkedTargets, requireExisting, SCP_MAX_CHARACTERS } from "./scp-targets";

/** Arguments of {@link RootScp}. */
export interface RootScpArgs {
  /**
   * Where the policy is attached: ids of organization roots (`r-…`), organizational units (`ou-…`) or member accounts
   * (12 digits). At least one. An SCP never binds the management account, wherever it is attached.
   */
  targets: readonly string[];

  /**
   * While it is set, the policy is attached to this organizational unit alone and `targets` wait: to see in one unit what
   * root was still used for, before the policy holds everywhere.
   */
  stagedUnit?: string;

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

  /**
   * A document of your own instead of the one that is made here: the text of a service control policy. It is refused
   * unless it is proved to hold the root users of the organization's member accounts.
   */
  document?: string;

  /** The policy's name, unique in the organization: 1 to 128 characters. `deny-root-user` by default. */
  policyName?: string;
}

const COMPONENT = "RootScp";

/**
 * A service control policy that denies the root user of member accounts everything but the listed tasks, attached to its
 * targets. The program runs in the management account or that of a delegated administrator for policies.
 *
 * Throws {@link InvalidArgument} for a target that is none, an unknown task, an action with a wildcard, a list without an
 * entry, a policy over {@link SCP_MAX_CHARACTERS} and one that is not proved to hold root in any partition. Before the
 * first change it looks into the organization and stops where that lacks all features, the policy type or a target.
 */
export class RootScp extends pulumi.ComponentResource {
  readonly policyId: pulumi.Output<string>;
  readonly policyArn: pulumi.Output<string>;

  constructor(name: string, args: RootScpArgs, opts?: pulumi.ComponentResourceOptions) {
    const { targets, policyName, content } = checkedRootScp(args);
    super("aws-identity-guardrails:index:RootScp", name, {}, opts);
    const lookup = new OrganizationLookup(COMPONENT, this);

    const policy = new organizations.Policy(
      name,
      {
        name: policyName,
        description: "Denies the root user of member accounts everything but the tasks that are listed in it.",
        type: "SERVICE_CONTROL_POLICY",
        content,
      },
      {
        parent: this,
        ...beforeChange(`${name}-scp`, async () => {
          requireServiceControlPolicies(COMPONENT, await lookup.read());
          const { partition } = await getPartition({}, { parent: this });
          requireRootHeld(COMPONENT, content, partition);
          for (const target of targets) await requireExisting(COMPONENT, lookup, target);
        }),
      },
    );
    for (const target of targets) {
      new organizations.PolicyAttachment(
        `${name}-${target}`,
        { policyId: policy.id, targetId: target },
        { parent: this, ...beforeCreation(`${name}-scp-${target}`, () => requireExisting(COMPONENT, lookup, target)) },
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

/** Throws {@link InvalidArgument} for what {@link RootScp} refuses. */
export function checkedRootScp(args: RootScpArgs): { targets: readonly string[]; policyName: string; content: string } {
  const check = new ArgumentChecker(COMPONENT);
  const targets = checkedTargets(check, args);
  const policyName = check.text(
    "policyName",
    args.policyName ?? "deny-root-user",
    /^\S(.{0,126}\S)?$/,
    "a name of 1 to 128 characters",
  );
  return { targets, policyName, content: checkedContent(check, args) };
}

function checkedContent(check: ArgumentChecker, args: RootScpArgs): string {
  const content = args.document === undefined ? madeContent(check, args) : ownContent(check, args, args.document);
  if (content.length > SCP_MAX_CHARACTERS) {
    const argument = args.document === undefined ? "additionalRootActions" : "document";
    check.refuse(
      argument,
      argument === "document"
        ? `has ${content.length} characters; an SCP holds ${SCP_MAX_CHARACTERS}. Shorten it.`
        : `and allowedRootTasks make a policy of ${content.length} characters; an SCP holds ${SCP_MAX_CHARACTERS}. List fewer.`,
    );
  }
  return content;
}

/** The partition is known only once AWS is asked, so at first it is enough that the document holds root in one of them. */
function ownContent(check: ArgumentChecker, args: RootScpArgs, document: string): string {
  if ((args.allowedRootTasks ?? []).length > 0 || (args.additionalRootActions ?? []).length > 0) {
    check.refuse(
      "document",
      "stands alone: what root may still do is in it. Take out allowedRootTasks and additionalRootActions.",
    );
  }
  const doubts = rootHeldIn(document);
  if (doubts !== undefined) check.refuse("document", `is not proved to hold the root user: ${doubts}`);
  return document;
}

function madeContent(check: ArgumentChecker, args: RootScpArgs): string {
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
  const exempt = check.boolean("exemptAssumeRoot", args.exemptAssumeRoot ?? true);
  return rootScpContent(actionsOf(known, further), exempt);
}
