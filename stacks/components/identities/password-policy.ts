import * as iam from "@pulumi/aws/iam";
import * as pulumi from "@pulumi/pulumi";
import { ArgumentChecker } from "../shared/arguments";
import { beforeCreation } from "../shared/prerequisites";
import { inWords, presentValue } from "../shared/present-value";

/** Arguments of {@link PasswordPolicy}. What is not here is fixed: every weaker choice would be a hole. */
export interface PasswordPolicyArgs {
  /**
   * Days until a password must be changed: 1 to 90. 90 by default, the longest that the rule `password-policy-strength`
   * lets pass; 60 is the usual stricter choice.
   */
  maxPasswordAge?: number;

  /** Characters that a password needs at least: 14 (the default) to 128. */
  minimumPasswordLength?: number;
}

/** The most passwords that IAM can remember, and the fewest that the rule `password-policy-strength` lets pass. */
const REMEMBERED_PASSWORDS = 24;

/**
 * The account's password policy for IAM users: all four character classes, 24 passwords remembered, users may change their
 * own, and an expired password can still be changed at sign-in (no hard expiry, which would lock people out).
 *
 * An account has exactly one password policy: creating this one overwrites what was there, and destroying it leaves the
 * account with IAM's weak default. It does not bind the root user. Facts: "Set an account password policy for IAM users"
 * in the IAM User Guide.
 *
 * Throws {@link InvalidArgument} where an argument would make the policy weaker than the rule allows.
 */
export class PasswordPolicy extends pulumi.ComponentResource {
  /** Days until a password expires. */
  readonly maxPasswordAge: pulumi.Output<number>;
  /** Characters that a password needs. */
  readonly minimumPasswordLength: pulumi.Output<number>;

  constructor(name: string, args: PasswordPolicyArgs = {}, opts?: pulumi.ComponentResourceOptions) {
    const { maxPasswordAge, minimumPasswordLength } = checkedPasswordPolicy(args);
    super("aws-identity-guardrails:index:PasswordPolicy", name, {}, opts);

    const policy = new iam.AccountPasswordPolicy(
      name,
      {
        maxPasswordAge,
        minimumPasswordLength,
        passwordReusePrevention: REMEMBERED_PASSWORDS,
        requireLowercaseCharacters: true,
        requireUppercaseCharacters: true,
        requireNumbers: true,
        requireSymbols: true,
        allowUsersToChangePassword: true,
        hardExpiry: false,
      },
      {
        parent: this,
        ...beforeCreation(`${name}-password-policy`, () => sayWhatIsReplaced(this)),
      },
    );

    this.maxPasswordAge = policy.maxPasswordAge;
    this.minimumPasswordLength = policy.minimumPasswordLength.apply((length) => length ?? minimumPasswordLength);
    this.registerOutputs({
      maxPasswordAge: this.maxPasswordAge,
      minimumPasswordLength: this.minimumPasswordLength,
    });
  }
}

/** In the preview too, so that somebody can still say no. */
async function sayWhatIsReplaced(policy: PasswordPolicy): Promise<void> {
  const command = ["iam", "get-account-password-policy"];
  const present = await presentValue(command, "NoSuchEntity", policy);
  if (present.kind === "none") return;
  const found = present.kind === "read" ? present.value : undefined;
  const replaced = "The password policy that the account has now";
  await pulumi.log.warn(
    found !== null && typeof found === "object" && "PasswordPolicy" in found
      ? `${replaced} is replaced as a whole: ${inWords(found.PasswordPolicy)}`
      : `${replaced}, if any, is replaced as a whole. To see it: aws ${command.join(" ")}`,
    policy,
  );
}

/** Throws {@link InvalidArgument} for an argument that would make the policy weaker than the rule allows. */
export function checkedPasswordPolicy(args: PasswordPolicyArgs): Required<PasswordPolicyArgs> {
  const check = new ArgumentChecker("PasswordPolicy");
  return {
    maxPasswordAge: check.wholeNumber("maxPasswordAge", args.maxPasswordAge ?? 90, {
      from: 1,
      to: 90,
      unit: "days",
      why: "Passwords that live longer, or for ever, are what the rule password-policy-strength blocks. Leave it out for 90.",
    }),
    minimumPasswordLength: check.wholeNumber("minimumPasswordLength", args.minimumPasswordLength ?? 14, {
      from: 14,
      to: 128,
      unit: "characters",
      why: "Shorter passwords are what the rule password-policy-strength blocks; IAM takes no more than 128. Leave it out for 14.",
    }),
  };
}
