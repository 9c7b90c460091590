import * as organizations from "@pulumi/aws/organizations";
import * as pulumi from "@pulumi/pulumi";
import { ArgumentChecker } from "../shared/arguments";
import { beforeChange, beforeCreation } from "../shared/prerequisites";
import { type Guardrail, type GuardrailTerms, guardrailNames, guardrails, regionGuard, scpOf } from "./guardrails";
import { OrganizationLookup, requireServiceControlPolicies } from "./organization-lookup";
import { checkedTargets, requireExisting, SCP_MAX_CHARACTERS } from "./scp-targets";

/** Arguments of {@link GuardrailScps}. */
export interface GuardrailScpsArgs {
  /**
   * Where the policies are attached: ids of organization roots (`r-…`), organizational units (`ou-…`) or member accounts
   * (12 digits). At least one. An SCP never binds the management account, wherever it is attached.
   */
  targets: readonly string[];

  /** While it is set, the policies are attached to this organizational unit alone and `targets` wait. */
  stagedUnit?: string;

  /** Names of `guardrails`; all of them by default. */
  guardrails?: readonly Guardrail[];

  /**
   * Roles of member accounts that may do what the guardrails deny, LeaveOrganization aside: path and name without the leading
   * slash, wildcards allowed after the first characters. They are protected like `protectedRoles`. `OrganizationAccountAccessRole` by default.
   */
  exemptRoles?: readonly string[];

  /** Further roles that nobody but the exempt ones may change, spelt like those. `administrator` by default. */
  protectedRoles?: readonly string[];

  /** Paths of users that may be made and may have keys, such as `/machines/`. None by default. */
  exemptUserPaths?: readonly string[];

  /** Names of the trails that nobody may stop or change; every trail by default. */
  protectedTrails?: readonly string[];

  /** Regions that are in use; in others nothing is done then but what has no region. Every region by default. */
  allowedRegions?: readonly string[];

  /** Whether all of them go into one policy: a target takes few. False by default. */
  onePolicy?: boolean;

  /** What the policies' names begin with, unique in the organization. `guardrail-` by default. */
  policyPrefix?: string;
}

const COMPONENT = "GuardrailScps";

/** One service control policy: what its name ends in, and its text. */
interface GuardrailScp {
  readonly ending: string;
  readonly content: string;
}

/**
 * Service control policies that keep member accounts from undoing what protects them, one for each guardrail: leaving the
 * organization, making users and keys, changing administrators' roles, stopping trails, weakening the password policy, switching central
 * root access off, and working in regions that are not in use. The program runs in the management account or that of a
 * delegated administrator for policies.
 *
 * Throws {@link InvalidArgument} for a target that is none, an unknown guardrail, a role pattern that fits every role, a path that is
 * everybody's, and a policy over {@link SCP_MAX_CHARACTERS}. Before the first change it looks into the organization and stops where that lacks
 * all features, the policy type or a target.
 */
export class GuardrailScps extends pulumi.ComponentResource {
  /** Ids of the policies, by what their names end in. */
  readonly policyIds: pulumi.Output<Record<string, string>>;

  constructor(name: string, args: GuardrailScpsArgs, opts?: pulumi.ComponentResourceOptions) {
    const { targets, prefix, scps } = checkedGuardrailScps(args);
    super("aws-identity-guardrails:index:GuardrailScps", name, {}, opts);
    const lookup = new OrganizationLookup(COMPONENT, this);

    const ids: Record<string, pulumi.Output<string>> = {};
    for (const { ending, content } of scps) {
      const policy = new organizations.Policy(
        `${name}-${ending}`,
        {
          name: `${prefix}${ending}`,
          description: "A guardrail of member accounts, for everybody in them.",
          type: "SERVICE_CONTROL_POLICY",
          content,
        },
        {
          parent: this,
          ...beforeChange(`${name}-${ending}`, async () => {
            requireServiceControlPolicies(COMPONENT, await lookup.read());
            for (const target of targets) await requireExisting(COMPONENT, lookup, target);
          }),
        },
      );
      ids[ending] = policy.id;
      for (const target of targets) {
        new organizations.PolicyAttachment(
          `${name}-${ending}-${target}`,
          { policyId: policy.id, targetId: target },
          {
            parent: this,
            ...beforeCreation(`${name}-${ending}-${target}`, () => requireExisting(COMPONENT, lookup, target)),
          },
        );
      }
    }

    this.policyIds = pulumi.output(ids);
    this.registerOutputs({ policyIds: this.policyIds });
  }
}

/** Throws {@link InvalidArgument} for what {@link GuardrailScps} refuses. */
export function checkedGuardrailScps(args: GuardrailScpsArgs): {
  targets: readonly string[];
  prefix: string;
  scps: readonly GuardrailScp[];
} {
  const check = new ArgumentChecker(COMPONENT);
  const targets = checkedTargets(check, args);
  const prefix = check.text(
    "policyPrefix",
    args.policyPrefix ?? "guardrail-",
    /^\S.{0,99}$/,
    "a text of 1 to 100 characters",
  );
  return { targets, prefix, scps: scpsOf(check, args) };
}

function scpsOf(check: ArgumentChecker, args: GuardrailScpsArgs): readonly GuardrailScp[] {
  const terms = checkedTerms(check, args);
  const chosen = check
    .list("guardrails", args.guardrails ?? guardrailNames, /^/, "a guardrail's name")
    .map((name, index) => check.choice(`guardrails[${index}]`, name, guardrailNames));
  const needsProtection = terms.exemptRoles.length > 0 && !chosen.includes("admin-roles");
  if (needsProtection && (chosen.some((name) => name !== "leave-organization") || terms.allowedRegions.length > 0)) {
    check.refuse(
      "guardrails",
      "lacks admin-roles, so anybody could make or change a role that exemptRoles spares. Add it, or empty exemptRoles.",
    );
  }
  const parts = [
    ...chosen.map((name) => ({ ending: name as string, statements: guardrails[name](terms) })),
    ...(terms.allowedRegions.length === 0 ? [] : [{ ending: "regions", statements: regionGuard(terms) }]),
  ];
  if (parts.length === 0) {
    check.refuse("guardrails", "is empty, so nothing would be made. List a guardrail, or set allowedRegions.");
  }
  const scps = check.boolean("onePolicy", args.onePolicy ?? false)
    ? [{ ending: "all", content: scpOf(parts.flatMap(({ statements }) => statements)) }]
    : parts.map(({ ending, statements }) => ({ ending, content: scpOf(statements) }));
  const large = scps.find(({ content }) => content.length > SCP_MAX_CHARACTERS);
  if (large !== undefined) {
    check.refuse(
      args.onePolicy === true ? "onePolicy" : "exemptRoles",
      `makes the policy ${large.ending} ${large.content.length} characters long; an SCP holds ${SCP_MAX_CHARACTERS}. ` +
        "List fewer roles, paths and trails.",
    );
  }
  return scps;
}

function checkedTerms(check: ArgumentChecker, args: GuardrailScpsArgs): GuardrailTerms {
  const role = /^[\w+=,.@-]{3}[\w+=,.@/*-]{0,200}$/;
  const roleForm =
    "a role's path and name, such as administrator or aws-reserved/sso.amazonaws.com/*, with wildcards after three characters";
  const path = /^\/([\w+=,.@-]+\/){1,16}$/;
  return {
    exemptRoles: check.list("exemptRoles", args.exemptRoles ?? ["OrganizationAccountAccessRole"], role, roleForm),
    protectedRoles: check.list("protectedRoles", args.protectedRoles ?? ["administrator"], role, roleForm),
    exemptUserPaths: check.list(
      "exemptUserPaths",
      args.exemptUserPaths ?? [],
      path,
      "a path such as /machines/, with a name between its slashes: / alone would exempt everybody",
    ),
    protectedTrails: check.list(
      "protectedTrails",
      args.protectedTrails ?? [],
      /^[A-Za-z0-9][A-Za-z0-9._-]{2,127}$/,
      "the name of a trail (not its ARN)",
    ),
    allowedRegions: check.list(
      "allowedRegions",
      args.allowedRegions ?? [],
      /^[a-z]{2,4}(-[a-z]+)+-[0-9]$/,
      "a region such as eu-central-1",
    ),
  };
}
