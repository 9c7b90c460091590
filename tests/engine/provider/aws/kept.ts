import { existsSync, readFileSync, writeFileSync } from "node:fs";
import type { Kinds } from "./kind";
import { text, textsIn } from "./values";

/**
 * What the emulator cannot keep, so that the stand-in keeps it itself, in the file that STAND_IN_STATE names: moto 5.2.5 takes
 * iam.amazonaws.com for no service that could have trusted access, and does not know EnableOrganizationsRootCredentialsManagement,
 * EnableOrganizationsRootSessions, their opposites and ListOrganizationsFeatures;
 * nor can IAM be delegated there.
 */
interface Kept {
  trustedServices: string[];
  rootFeatures: string[];
  /** Accounts that IAM is delegated to; left out while there were none. */
  rootDelegates?: string[];
}

export function kept(): Kept {
  const file = process.env.STAND_IN_STATE ?? "";
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : { trustedServices: [], rootFeatures: [] };
}

function keep(changes: Partial<Kept>): void {
  writeFileSync(process.env.STAND_IN_STATE ?? "", JSON.stringify({ ...kept(), ...changes }));
}

export const keptKinds: Kinds = {
  "aws:iam/organizationsFeatures:OrganizationsFeatures": {
    async create(inputs) {
      keep({ rootFeatures: textsIn(inputs, "enabledFeatures") });
      return "organization";
    },
    async read() {
      const { rootFeatures } = kept();
      return rootFeatures.length > 0 ? { enabledFeatures: rootFeatures } : undefined;
    },
    async update(_id, inputs) {
      keep({ rootFeatures: textsIn(inputs, "enabledFeatures") });
    },
    async delete() {
      keep({ rootFeatures: [] });
    },
  },

  "aws:organizations/awsServiceAccess:AwsServiceAccess": {
    async create(inputs) {
      const principal = text(inputs, "servicePrincipal");
      keep({ trustedServices: [...kept().trustedServices, principal] });
      return principal;
    },
    async read(id) {
      if (!kept().trustedServices.includes(id)) return undefined;
      return { servicePrincipal: id, dateEnabled: "2026-01-01T00:00:00Z" };
    },
    async delete(id) {
      keep({ trustedServices: kept().trustedServices.filter((it) => it !== id) });
    },
  },

  "aws:organizations/delegatedAdministrator:DelegatedAdministrator": {
    async create(inputs) {
      const account = text(inputs, "accountId");
      keep({ rootDelegates: [...(kept().rootDelegates ?? []), account] });
      return `${account}/${text(inputs, "servicePrincipal")}`;
    },
    async read(id) {
      const [accountId = "", servicePrincipal = ""] = id.split("/");
      return kept().rootDelegates?.includes(accountId) ? { accountId, servicePrincipal } : undefined;
    },
    async delete(id) {
      keep({ rootDelegates: (kept().rootDelegates ?? []).filter((it) => it !== id.split("/")[0]) });
    },
  },
};
