import {
  GenerateCredentialReportCommand,
  GetAccountAuthorizationDetailsCommand,
  GetAccountPasswordPolicyCommand,
  GetAccountSummaryCommand,
  GetCredentialReportCommand,
  type IAMClient,
  ListOrganizationsFeaturesCommand,
  ListVirtualMFADevicesCommand,
} from "@aws-sdk/client-iam";
import { rowsOf } from "../records/credential-report";
import type { AccountRecord, RecordKind } from "../records/records";
import { type Asking, allPages, recordOf } from "./calls";

/** IAM makes a report of a large account in some minutes ("Getting credential reports for your AWS account", IAM User Guide). */
const REPORT_MS = 300_000;

const WAIT_MS = 1_000;

/** What IAM says of an account. */
export function identityRecords(iam: IAMClient): Readonly<Partial<Record<RecordKind, Promise<AccountRecord>>>> {
  return {
    "authorization-details": recordOf("iam get-account-authorization-details", (asking) => details(iam, asking)),
    "credential-report": recordOf("iam get-credential-report", (asking) => credentialReport(iam, asking)),
    "account-summary": recordOf("iam get-account-summary", (asking) =>
      asking("iam:GetAccountSummary", () => iam.send(new GetAccountSummaryCommand({}))),
    ),
    "password-policy": recordOf(
      "iam get-account-password-policy",
      (asking) => asking("iam:GetAccountPasswordPolicy", () => iam.send(new GetAccountPasswordPolicyCommand({}))),
      ["NoSuchEntity", "NoSuchEntityException"],
    ),
    "virtual-mfa-devices": recordOf("iam list-virtual-mfa-devices", async (asking) => ({
      VirtualMFADevices: await allPages(
        (Marker) => asking("iam:ListVirtualMFADevices", () => iam.send(new ListVirtualMFADevicesCommand({ Marker }))),
        (page) => page.VirtualMFADevices,
        (page) => page.Marker,
      ),
    })),
    "organizations-features": recordOf(
      "iam list-organizations-features",
      (asking) => asking("iam:ListOrganizationsFeatures", () => iam.send(new ListOrganizationsFeaturesCommand({}))),
      ["OrganizationNotFoundException", "AccountNotManagementOrDelegatedAdministratorException"],
    ),
  };
}

async function details(iam: IAMClient, asking: Asking): Promise<unknown> {
  const joined = { UserDetailList: [], GroupDetailList: [], RoleDetailList: [], Policies: [] } as Record<
    string,
    unknown[]
  >;
  await allPages(
    async (Marker) => {
      const page = await asking("iam:GetAccountAuthorizationDetails", () =>
        iam.send(new GetAccountAuthorizationDetailsCommand({ Marker, MaxItems: 1000 })),
      );
      for (const [list, items] of Object.entries(page)) if (Array.isArray(items)) joined[list]?.push(...items);
      return page;
    },
    () => [],
    (page) => (page.IsTruncated === true ? page.Marker : undefined),
  );
  return joined;
}

async function credentialReport(iam: IAMClient, asking: Asking): Promise<unknown> {
  const until = Date.now() + REPORT_MS;
  const isMade = async () => {
    const { State } = await asking("iam:GenerateCredentialReport", () =>
      iam.send(new GenerateCredentialReportCommand({})),
    );
    return State === "COMPLETE";
  };
  while (!(await isMade())) {
    if (Date.now() > until) throw new Error(`IAM did not make the report within ${REPORT_MS / 1000} seconds`);
    await new Promise((resolve) => setTimeout(resolve, WAIT_MS));
  }
  const { Content } = await asking("iam:GetCredentialReport", () => iam.send(new GetCredentialReportCommand({})));
  const rows = rowsOf(Buffer.from(Content ?? []).toString("utf8"));
  if (rows === undefined) throw new Error("the report has rows of several lengths");
  return rows;
}
