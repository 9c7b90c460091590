import { type Policy, parseDocument } from "../../../policypack/iam";
import type { FilePosition } from "../../terminal/json-file";
import type { AccountRecords } from "../records/records";
import { recordIn, type StackWriter } from "./account-stack";
import { textIn } from "./identities";

/**
 * What the organization says of the account: its service control policies as resources, and as what binds its identities; the organization
 * itself where the account manages it.
 *
 * @returns undefined for a management account, which no service control policy binds ("Service control policies", AWS Organizations User Guide)
 */
export function writeOrganization(records: AccountRecords, stack: StackWriter): AccountScps {
  const isManagement = managementAccountOf(records) === records.account;
  if (isManagement) organization(records, stack);
  const path = recordIn(records, "service-control-policies")?.itemsOf("Path") ?? [];
  if (path.length === 0) return undefined;
  const written = new Set<string>();
  const levels = path.map((place) => {
    const target = textIn(place, "Id");
    return place.itemsOf("Policies").map((policy): Policy => {
      const id = textIn(policy, "Id");
      const content = textIn(policy, "Content");
      const name = policy.member("Name")?.text() ?? id;
      const urn = writePolicy(stack, policy, { id, name, content, target, isFirst: !written.has(id) });
      written.add(id);
      const { document = { notRead: "it cannot be read" } } = parseDocument(content, "scp");
      return { origin: urn === undefined ? id : `${urn}#content`, document };
    });
  });
  return isManagement ? undefined : levels;
}

type AccountScps = readonly (readonly Policy[])[] | undefined;

interface ScpAt {
  readonly id: string;
  readonly name: string;
  readonly content: string;
  readonly target: string;
  readonly isFirst: boolean;
}

/** Those of AWS, such as FullAWSAccess, are nobody's to change. */
function writePolicy(stack: StackWriter, policy: FilePosition, { id, name, content, target, isFirst }: ScpAt) {
  if (policy.member("AwsManaged")?.value === true || id === "p-FullAWSAccess") return undefined;
  const type = "SERVICE_CONTROL_POLICY";
  const arn = policy.member("Arn")?.text();
  const properties = { id, name, type, content, ...(arn === undefined ? {} : { arn }) };
  const urn = isFirst ? stack.add("aws:organizations/policy:Policy", name, properties) : undefined;
  const attachment = "aws:organizations/policyAttachment:PolicyAttachment";
  stack.add(attachment, `${target}/${name}`, { policyId: id, targetId: target });
  return urn;
}

/** The account that manages the organization; undefined where there is none, or nobody may say. */
export function managementAccountOf(records: AccountRecords): string | undefined {
  return recordIn(records, "organization")?.member("Organization")?.member("MasterAccountId")?.text();
}

/** The organization, seen from its management account. "DescribeOrganization" (AWS Organizations API Reference). */
function organization(records: AccountRecords, stack: StackWriter): void {
  const place = recordIn(records, "organization")?.required("Organization");
  if (place === undefined) return;
  const types = place
    .itemsOf("AvailablePolicyTypes")
    .filter((type) => type.member("Status")?.value === "ENABLED")
    .map((type) => textIn(type, "Type"));
  stack.add("aws:organizations/organization:Organization", textIn(place, "Id"), {
    featureSet: textIn(place, "FeatureSet"),
    enabledPolicyTypes: types,
  });
  const features = recordIn(records, "organizations-features");
  if (features === undefined) return;
  const enabledFeatures = features.itemsOf("EnabledFeatures").map((feature) => feature.text());
  stack.add("aws:iam/organizationsFeatures:OrganizationsFeatures", "features", { enabledFeatures });
}
