import type { Report } from "../../../policypack/host";
import type { AccountFacts } from "../rules/facts";
import { isTrue } from "../stack/credentials";

const gateRule = "require-user-mfa";

/**
 * Puts users who lack a gate and have no MFA device either before those who have one: a device guards the password, though no policy asks for
 * it, so what is critical without one is high with one. A key without MFA works in both cases.
 */
export function rankedByDevices(reports: readonly Report[], { users }: Pick<AccountFacts, "users">): readonly Report[] {
  const devices = new Map(users.map(({ urn, row }) => [urn, isTrue(row, "mfa_active")]));
  return reports.map((report) => {
    const told = report.about.map((urn) => devices.get(urn));
    if (report.policy !== gateRule || !report.decided || told.includes(undefined)) return report;
    const without = told.filter((hasDevice) => hasDevice === false).length;
    const text = without === 0 ? withDevice : `${without} of ${told.length} of them: AWS knows no MFA device.`;
    const note = {
      label: "Device",
      text: told.length === 1 && without === 1 ? "AWS knows no MFA device of it." : text,
    };
    const severity = without === 0 ? "high" : report.severity;
    return { ...report, severity, text: { ...report.text, notes: [...(report.text.notes ?? []), note] } };
  });
}

const withDevice = "There is an MFA device, which the console asks for; an access key works without.";
