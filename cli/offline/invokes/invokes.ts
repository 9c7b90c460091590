import type { InstalledSdks } from "../../pulumi/installed-sdks";
import type { Observations } from "../../pulumi/observations";
import type { Resource } from "../../pulumi/stack";
import { markersIn } from "../../pulumi/unknown-markers";
import type { Json, JsonObject } from "../../pulumi/values";
import { accountOf, type GivenAccount } from "../aws/account";
import { plausibleAnswer } from "./plausible-answers";
import { policyDocument } from "./policy-document";
import { unknownResult } from "./result-shape";

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
    const result = unknownResult(token, args, this.sdks.resultOf(token));
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
