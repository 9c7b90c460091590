import type { InstalledSdks } from "../../pulumi/installed-sdks";
import type { Observations } from "../../pulumi/observations";
import type { Resource } from "../../pulumi/stack";
import { markersIn } from "../../pulumi/unknown-markers";
import { type Json, type JsonObject, UNKNOWN, unwrapSecret } from "../../pulumi/values";
import { type Chosen, type ChosenAccount, plausibleAnswer } from "./plausible-answers";
import { policyDocument } from "./policy-document";
import { unknownResult } from "./result-shape";

/** Account and region that the user names for a run; undefined where the user names none. */
export interface GivenAccount {
  readonly accountId: string | undefined;
  readonly region: string | undefined;
  /** The region of the environment, which a provider without one of its own works in. */
  readonly ambientRegion?: string | undefined;
}

export const ASSUMED_ACCOUNT = "123456789012";
export const ASSUMED_REGION = "us-east-1";

/**
 * Answers that the user gives for functions of providers: per token one result, or a list of `{ args, result }` of which
 * the first whose arguments all agree is taken.
 */
export type Answers = ReadonlyMap<
  string,
  JsonObject | readonly { readonly args: JsonObject; readonly result: JsonObject }[]
>;

const POLICY_DOCUMENT = "aws:iam/getPolicyDocument:getPolicyDocument";

/** Answers calls to provider functions without any provider. */
export class Invokes {
  readonly #asked = new Set<string>();

  constructor(
    private readonly account: GivenAccount,
    private readonly answers: Answers,
    private readonly sdks: InstalledSdks,
    private readonly observations: Observations,
  ) {}

  /**
   * @param provider the provider that would be asked, if there is one
   * @param isDefault whether it is configured by the stack, not by the program
   */
  answer(token: string, args: JsonObject, provider: Resource | undefined, isDefault = false): JsonObject {
    const given = this.#given(token, args);
    if (given !== undefined) {
      this.observations.assume(`${token} answers what --answers says`);
      return { ...this.#unknown(token, args), ...args, ...given };
    }
    if (token === POLICY_DOCUMENT) return { ...args, id: "policy-document", ...policyDocument(args) };
    const plausible = plausibleAnswer(token, accountOf(provider, isDefault, this.account), args);
    const shape = { ...this.#unknown(token, args), ...args };
    if (plausible === undefined) {
      this.observations.assume(
        `${token} cannot be called offline: texts in its answer count as unknown, numbers as 0, flags as false ` +
          "(answer it in a file for --answers)",
      );
      return shape;
    }
    if (plausible.assumption !== undefined) this.observations.assume(plausible.assumption);
    return { ...shape, ...plausible.result };
  }

  /** The given answers that nothing asked for: a token that is written wrong answers nothing. */
  get unasked(): readonly string[] {
    return [...this.answers.keys()].filter((token) => !this.#asked.has(token));
  }

  #unknown(token: string, args: JsonObject): JsonObject {
    const result = unknownResult(token, args, this.sdks);
    const cure = (properties: readonly string[]) => {
      const answer = Object.fromEntries(properties.map((property) => [property, "…"]));
      return `--answers FILE with ${JSON.stringify({ [token]: answer })}`;
    };
    for (const [property, value] of Object.entries(result)) {
      if (property in args) continue;
      for (const marker of markersIn(JSON.stringify(value)))
        this.observations.standIn(marker, { subject: token, property, cure });
    }
    return result;
  }

  #given(token: string, args: JsonObject): JsonObject | undefined {
    this.#asked.add(token);
    const answer = this.answers.get(token);
    if (answer === undefined || !isList(answer)) return answer;
    return answer.find((one) => Object.entries(one.args).every(([key, value]) => same(args[key], value)))?.result;
  }
}

function isList<T>(value: JsonObject | readonly T[]): value is readonly T[] {
  return Array.isArray(value);
}

const same = (left: Json | undefined, right: Json) => JSON.stringify(left) === JSON.stringify(right);

/** Account and region as the user or the provider's own configuration gives them away, otherwise the assumed ones. */
function accountOf(provider: Resource | undefined, isDefault: boolean, given: GivenAccount): ChosenAccount {
  const inputs = provider?.inputs ?? {};
  const region = unwrapSecret(inputs.region);
  const role = /arn:[\w-]+:iam::(\d{12}):role\//.exec(JSON.stringify(inputs.assumeRoles ?? inputs.assumeRole ?? ""));
  const allowed = /^\["(\d{12})"\]$/.exec(String(unwrapSecret(inputs.allowedAccountIds ?? "")));
  const read = {
    accountId: role?.[1] ?? allowed?.[1],
    region: typeof region === "string" && region !== "" && region !== UNKNOWN ? region : undefined,
  };
  return {
    account: chosen(read.accountId, given.accountId, isDefault, ASSUMED_ACCOUNT),
    region: chosen(read.region, given.region, isDefault, given.ambientRegion ?? ASSUMED_REGION),
  };
}

function chosen(read: string | undefined, given: string | undefined, isDefault: boolean, otherwise: string): Chosen {
  // The user replaces what the stack says; what the program says of a provider of its own stands.
  if (given !== undefined && isDefault) return { value: given, isRead: false };
  return read === undefined ? { value: given ?? otherwise, isRead: false } : { value: read, isRead: true };
}
