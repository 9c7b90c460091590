import * as pulumi from "@pulumi/pulumi";
import type { PolicyGroup } from "@pulumi/pulumiservice";
import { ArgumentChecker } from "../shared/arguments";

/** Arguments of {@link OrgEnforcement}. */
export interface OrgEnforcementArgs {
  /** The Pulumi Cloud organization that the policy pack is published to. */
  pulumiOrganization: string;

  /** The stacks that are held to the pack: `project/stack`, at least one. */
  stacks: readonly string[];

  /** The version of the pack, as it was published, such as `0.1.0`. */
  packVersion: string;

  /** `audit` (the default) reports what the pack finds; `preventative` stops what is mandatory. */
  enforcementMode?: "audit" | "preventative";

  /** The policy group's name, unique in the organization. `aws-identity-guardrails` by default. */
  policyGroup?: string;

  /** The name that the pack was published under. `aws-identity-guardrails` by default. */
  packName?: string;

  /** The pack's configuration: levels, options and `settings`, as in docs/configuration.md. Empty by default. */
  packConfig?: Readonly<Record<string, unknown>>;
}

const COMPONENT = "OrgEnforcement";
const OURS = "aws-identity-guardrails";

/** Every organization has it, and all stacks are in it. */
const DEFAULT_GROUP = "default-policy-group";

const LEVELS = ["advisory", "mandatory", "remediate", "disabled"] as const;

/**
 * A policy group of Pulumi Cloud that holds stacks to one version of the pack: every preview and update of theirs downloads
 * and runs it, whatever `--policy-pack` says. See "Policy groups" in the Pulumi Cloud documentation.
 *
 * Throws {@link InvalidArgument} for a name or version that Pulumi Cloud does not allow, no stack, a stack that is not
 * given as `project/stack`, and a level that does not exist.
 */
export class OrgEnforcement extends pulumi.ComponentResource {
  readonly policyGroup: pulumi.Output<string>;

  constructor(name: string, args: OrgEnforcementArgs, opts?: pulumi.ComponentResourceOptions) {
    const { organizationName, stacks, groupName, mode, pack } = checked(args);
    super("aws-identity-guardrails:index:OrgEnforcement", name, {}, opts);

    const group: PolicyGroup = new (policyGroupClass())(
      name,
      {
        name: groupName,
        organizationName,
        entityType: "stacks",
        mode,
        stacks: stacks.map((stack) => ({ name: stack.name, routingProject: stack.project })),
        policyPacks: [pack],
      },
      { parent: this },
    );

    this.policyGroup = group.name;
    this.registerOutputs({ policyGroup: this.policyGroup });
  }
}

/** Loaded when it is needed: the other components are used without the package. */
function policyGroupClass(): typeof PolicyGroup {
  const sdk: typeof import("@pulumi/pulumiservice") = require("@pulumi/pulumiservice");
  return sdk.PolicyGroup;
}

function checked(args: OrgEnforcementArgs) {
  const check = new ArgumentChecker(COMPONENT);
  const name = /^[A-Za-z0-9][\w.-]{0,99}$/;
  const stacks = check.list(
    "stacks",
    args.stacks,
    /^[\w.-]{1,100}\/[\w.-]{1,100}$/,
    "a stack as project/stack, without the organization",
  );
  if (stacks.length === 0)
    check.refuse("stacks", "is empty, so nothing would be held to the pack. List a project/stack.");
  const groupName = check.text(
    "policyGroup",
    args.policyGroup ?? OURS,
    name,
    "a name of 1 to 100 letters, digits and _.-",
  );
  if (groupName === DEFAULT_GROUP) {
    check.refuse(
      "policyGroup",
      `is "${DEFAULT_GROUP}", which every organization has already. Name a group of its own, or enable the pack there ` +
        `with: pulumi policy enable ${args.pulumiOrganization}/${args.packName ?? OURS} ${args.packVersion}`,
    );
  }
  const config = configured(check, args.packConfig ?? {});
  return {
    organizationName: check.text("pulumiOrganization", args.pulumiOrganization, name, "the name of an organization"),
    stacks: stacks.map((stack) => {
      const [project = "", stackName = ""] = stack.split("/");
      return { project, name: stackName };
    }),
    groupName,
    mode: check.choice("enforcementMode", args.enforcementMode ?? "audit", ["audit", "preventative"] as const),
    pack: {
      name: check.text("packName", args.packName ?? OURS, name, "a name of 1 to 100 letters, digits and _.-"),
      versionTag: check.text(
        "packVersion",
        args.packVersion,
        /^[\w.-]{1,100}$/,
        "a version that was published, such as 0.1.0",
      ),
      ...(Object.keys(config).length === 0 ? {} : { config }),
    },
  };
}

/**
 * The pack's configuration as Pulumi Cloud keeps it. A file may give a policy's level alone, as text; the CLI turns that into an
 * object before it sends it, and a CLI that gets text, or no level, from Pulumi Cloud ends every preview of the group.
 */
function configured(check: ArgumentChecker, config: Readonly<Record<string, unknown>>): Record<string, object> {
  const policies = Object.entries(config).map(([policy, value]): [string, object] => {
    const path = `packConfig.${policy}`;
    if (typeof value === "string") return [policy, { enforcementLevel: check.choice(path, value, LEVELS) }];
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      return check.refuse(path, `is neither a level (${LEVELS.join(", ")}) nor an object with options.`);
    }
    if ("enforcementLevel" in value) check.choice(`${path}.enforcementLevel`, value.enforcementLevel, LEVELS);
    return [policy, value];
  });
  return Object.fromEntries(policies);
}
