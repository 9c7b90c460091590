import type { AnyRule } from "../../../policypack/rules";
import type { NotChecked } from "../../report/account-audit";
import type { AccountRecords, RecordKind } from "../records/records";
import { accountRules } from "../rules/rules";

/** Rules of the policy pack that say nothing of an account, and why: the one list of what an audit leaves out. */
export const notForAccounts: Readonly<Record<string, string>> = {
  "no-static-provider-credentials": "it is about the providers of a program",
  "no-embedded-access-key": "it is about keys in the text of a program",
  "safe-login-profile": "it is about passwords that a program makes",
  "root-email-domain": "it is about accounts that a program makes; no call of the account tells its root e-mail",
  "sound-policy-delegation": "it is about the organization's resource policy, which an audit does not read",
  "scp-attached": "an audit reads no service control policies but those that are attached to the account",
};

type Needs = readonly (readonly RecordKind[])[];

const details: Needs = [["authorization-details"]];

/** Records that a rule needs to pass anybody, one of each list; rules that are not named need the authorization details alone. */
const needsOf: Readonly<Record<string, Needs>> = {
  "require-user-mfa": [...details, ["credential-report"]],
  "no-long-lived-credential": [["credential-report"]],
  "access-key-rotation": [["credential-report"]],
  "single-active-access-key": [["credential-report"]],
  "password-policy-strength": [["password-policy"]],
  "require-alternate-contacts": [["alternate-contacts"]],
  "require-central-root-access": [["organization"], ["organizations-features"]],
  "organization-all-features": [["organization"]],
  "root-scp-holds": [["service-control-policies"]],
  "scp-size": [["service-control-policies"]],
  "no-overbroad-permission-set": [["permission-sets", "authorization-details"]],
  "sound-entitlements": [["entitlements"]],
  ...Object.fromEntries(accountRules.map(({ id, needs }) => [id, needs])),
};

/** What was not read and a rule needs. */
export function missingFor({ id }: AnyRule, { records }: AccountRecords): readonly NotChecked[] {
  const missing = (needsOf[id] ?? details).flatMap((kinds) => {
    const untold = kinds.map((kind) => records.get(kind));
    if (untold.some((record) => record?.state === "read" || record?.state === "none")) return [];
    const refused = untold.find((record) => record?.state === "not read");
    const permission = refused?.state === "not read" ? refused.permission : undefined;
    const because =
      refused?.state === "not read"
        ? refused.because
        : `${kinds.map(inWords).join(" or ")} of the account was not read`;
    return [{ because, ...(permission === undefined ? {} : { permission }) }];
  });
  return missing.filter((each, i) => missing.findIndex(({ because }) => because === each.because) === i);
}

function inWords(kind: RecordKind): string {
  return `the record "${kind}"`;
}
