import type { Resource } from "../resources/resource";
import type { Value } from "../resources/value";
/** An AWS provider, explicit or default; also what the `aws:*` stack config sets. */
export interface AwsProvider {
  readonly resource: Resource;
  readonly accessKey: Value<string | undefined>;
  readonly secretKey: Value<string | undefined>;
  readonly token: Value<string | undefined>;
  readonly profile: Value<string | undefined>;
  /** Whether another source of credentials is named: a profile, a role to assume, web identity, shared files. */
  readonly namesAnotherSource: Value<boolean>;
  /** Whether it talks to endpoints of its own, as for a local emulator. */
  readonly hasLocalEndpoints: Value<boolean>;
}

/** The account's password policy; a value left out is undefined. */
export interface PasswordPolicy {
  readonly resource: Resource;
  readonly maxAgeDays: Value<number | undefined>;
  readonly minimumLength: Value<number | undefined>;
  readonly reusePrevention: Value<number | undefined>;
  readonly requiresLowercase: Value<boolean | undefined>;
  readonly requiresUppercase: Value<boolean | undefined>;
  readonly requiresNumbers: Value<boolean | undefined>;
  readonly requiresSymbols: Value<boolean | undefined>;
  readonly hardExpiry: Value<boolean | undefined>;
}
