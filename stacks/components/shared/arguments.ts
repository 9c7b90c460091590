import * as pulumi from "@pulumi/pulumi";

/**
 * An argument that a component refuses. Thrown before the component registers anything, so that a wrong value changes
 * nothing. As a `RunError` it reaches the console as one line, without a stack trace.
 */
export class InvalidArgument extends pulumi.RunError {
  /** The argument's name, which is also the name of the stack's configuration key. */
  readonly argument: string;

  /** `problem` names the value and the fix; it follows the component's and the argument's name. */
  constructor(component: string, argument: string, problem: string) {
    super(`${component}: ${argument} ${problem}`);
    this.argument = argument;
  }
}

/** Checks the arguments of one component; every method returns the checked value or throws {@link InvalidArgument}. */
export class ArgumentChecker {
  constructor(private readonly component: string) {}

  refuse(argument: string, problem: string): never {
    throw new InvalidArgument(this.component, argument, problem);
  }

  /** A whole number within `from` and `to`, both allowed; `unit` and `why` complete the message. */
  wholeNumber(
    argument: string,
    value: unknown,
    limits: { from: number; to: number; unit: string; why: string },
  ): number {
    const { from, to, unit, why } = limits;
    if (typeof value === "number" && Number.isInteger(value) && value >= from && value <= to) return value;
    return this.refuse(
      argument,
      `is ${shown(value)}, which is not a whole number from ${from} to ${to} (${unit}). ${why}`,
    );
  }

  boolean(argument: string, value: unknown): boolean {
    if (typeof value === "boolean") return value;
    return this.refuse(argument, `is ${shown(value)}, which is neither true nor false. Use one of the two.`);
  }

  /** A text that `pattern` matches as a whole; `form` says in words what is expected. */
  text(argument: string, value: unknown, pattern: RegExp, form: string): string {
    if (typeof value === "string" && pattern.test(value)) return value;
    return this.refuse(argument, `is ${shown(value)}, which is not ${form}.`);
  }

  /** One of these texts. */
  choice<T extends string>(argument: string, value: unknown, choices: readonly T[]): T {
    const chosen = choices.find((choice) => choice === value);
    return chosen ?? this.refuse(argument, `is ${shown(value)}, which is none of: ${choices.join(", ")}.`);
  }

  /** An e-mail address that mail can be sent to: one mailbox, without a display name. */
  email(argument: string, value: unknown): string {
    return this.text(argument, value, EMAIL, "an e-mail address such as security@example.com");
  }

  /** An object with each of `keys`, and no other. */
  record<K extends string>(argument: string, value: unknown, keys: readonly K[]): Readonly<Record<K, unknown>> {
    const form = `an object with ${keys.join(", ")}`;
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      return this.refuse(argument, `is ${shown(value)}, which is not ${form}.`);
    }
    const stranger = Object.keys(value).find((key) => !keys.some((known) => known === key));
    if (stranger !== undefined) this.refuse(`${argument}.${stranger}`, `is not known. ${argument} is ${form}.`);
    const missing = keys.find((key) => !Object.hasOwn(value, key));
    if (missing !== undefined) this.refuse(`${argument}.${missing}`, `is missing. ${argument} is ${form}.`);
    return value as Record<K, unknown>;
  }

  /**
   * A list of texts, each matched by `pattern`, none of them twice. IAM does not tell names apart by letter case, and no
   * identifier of AWS Organizations has two spellings, so neither does the check.
   */
  list(argument: string, value: unknown, pattern: RegExp, form: string): readonly string[] {
    if (!Array.isArray(value)) return this.refuse(argument, `is ${shown(value)}, which is not a list.`);
    const seen = new Map<string, number>();
    return value.map((entry: unknown, index) => {
      const text = this.text(`${argument}[${index}]`, entry, pattern, form);
      const earlier = seen.get(text.toLowerCase());
      if (earlier !== undefined) {
        this.refuse(
          `${argument}[${index}]`,
          `repeats ${shown(text)} of ${argument}[${earlier}]. Remove one of the two.`,
        );
      }
      seen.set(text.toLowerCase(), index);
      return text;
    });
  }
}

/** What SNS and the Account Management API take alike: no spaces, one `@`, a domain with a dot. At most 254 characters. */
const EMAIL = /^(?=.{6,254}$)[^\s@<>(),;:"]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$/;

/** A value as a message shows it: JSON, cut to a line. */
function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
