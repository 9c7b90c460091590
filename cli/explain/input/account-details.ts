import { type AccountPolicy, isManagedPolicyArn, isRead, type Policy, type Principal } from "../../../policypack/iam";
import type { FilePosition } from "../../terminal/json-file";
import { managedPolicy, type PolicyReader } from "./policies";
import type { Subject } from "./subject";

const lists = ["UserDetailList", "GroupDetailList", "RoleDetailList", "Policies"] as const;

/** Whether a value is (a part of) what `aws iam get-account-authorization-details` prints. */
export function isAccountDetails(place: FilePosition): boolean {
  return lists.some((list) => place.member(list) !== undefined);
}

interface GroupDetails {
  readonly policies: readonly Policy[];
  readonly managed: readonly string[];
}

/**
 * The users, groups and roles of account details, each joined with its managed policies, its boundary and its groups; what
 * belongs to one of them and is in no file counts as a policy that is not read.
 * "GetAccountAuthorizationDetails" (IAM API Reference).
 */
export class AccountDetails {
  readonly #managed = new Map<string, Policy>();
  readonly #groups = new Map<string, GroupDetails>();
  /** One list for all, for what its policies are worth is worked out once for each list. */
  readonly #customerManaged: readonly AccountPolicy[];

  constructor(
    private readonly details: readonly FilePosition[],
    private readonly reader: PolicyReader,
  ) {
    for (const policy of this.#all("Policies")) this.#managed.set(textIn(policy, "Arn"), this.#defaultVersion(policy));
    this.#customerManaged = [...this.#managed]
      .filter(([arn]) => !isManagedPolicyArn(arn))
      .map(([arn, policy]) => ({ arn, policy }));
    for (const group of this.#all("GroupDetailList")) {
      const arn = arnOf(group);
      const own = { policies: this.#policiesOf(group, "group"), managed: customerManaged(group) };
      this.#groups.set(groupKey(arn.account, textIn(group, "GroupName")), own);
    }
  }

  /** The customer's and AWS's managed policies that the files hold. */
  get managedPolicies(): readonly Policy[] {
    return [...this.#managed.values()];
  }

  subjects(): readonly Subject[] {
    return [
      ...this.#all("UserDetailList").map((user) => this.#user(user)),
      ...this.#all("GroupDetailList").map((group) => this.#group(group)),
      ...this.#all("RoleDetailList").map((role) => this.#role(role)),
    ];
  }

  #all(list: (typeof lists)[number]): readonly FilePosition[] {
    return this.details.flatMap((place) => place.itemsOf(list));
  }

  #user(user: FilePosition): Subject {
    const name = textIn(user, "UserName");
    const arn = arnOf(user);
    const groups = user.itemsOf("GroupList").map((group) => group.text());
    const joined = groups.map((group) => this.#groups.get(groupKey(arn.account, group)) ?? missingGroup(group));
    return this.#subject(user, {
      kind: "user",
      name,
      identity: [...this.#policiesOf(user, "user"), ...joined.flatMap(({ policies }) => policies)],
      groups,
      managedPolicyArns: [...customerManaged(user), ...joined.flatMap(({ managed }) => managed)],
    });
  }

  #group(group: FilePosition): Subject {
    const name = textIn(group, "GroupName");
    const { policies, managed } = this.#groups.get(groupKey(arnOf(group).account, name)) ?? missingGroup(name);
    return this.#subject(group, { kind: "group", name, identity: policies, managedPolicyArns: managed });
  }

  #role(role: FilePosition): Subject {
    const name = textIn(role, "RoleName");
    const trust = role.member("AssumeRolePolicyDocument");
    // Who may assume the role is another question; a trust policy that cannot be read is a fault of the file all the same.
    if (trust !== undefined) this.reader.read(trust, "trust", `trust policy of role ${name}`);
    return this.#subject(role, {
      kind: "role",
      name,
      identity: this.#policiesOf(role, "role"),
      managedPolicyArns: customerManaged(role),
    });
  }

  #subject(place: FilePosition, bare: Principal & { readonly name: string }): Subject {
    const { arn, account, partition } = arnOf(place);
    const path = place.member("Path")?.text();
    const boundaryArn = place.member("PermissionsBoundary")?.required("PermissionsBoundaryArn").text();
    const principal: Principal = {
      ...bare,
      account,
      partition,
      ...(path === undefined ? {} : { path }),
      ...(boundaryArn === undefined ? {} : { boundary: this.#byArn(boundaryArn), boundaryArn }),
      ...(this.#customerManaged.length === 0 ? {} : { accountPolicies: this.#customerManaged }),
      ...(place.member("Tags") === undefined ? {} : { tags: tagsOf(place) }),
    };
    return { as: bare.kind, name: `${bare.kind} ${bare.name}`, arn, principal, assumptions: [] };
  }

  #policiesOf(place: FilePosition, kind: Principal["kind"]): readonly Policy[] {
    const owner = { user: "User", group: "Group", role: "Role" }[kind];
    const inline = place.itemsOf(`${owner}PolicyList`).map((policy) => {
      const origin = `inline policy ${textIn(policy, "PolicyName")} of ${kind} ${textIn(place, `${owner}Name`)}`;
      return this.reader.read(policy.required("PolicyDocument"), "identity", origin);
    });
    return [...inline, ...attachedArns(place).map((arn) => this.#byArn(arn))];
  }

  #byArn(arn: string): Policy {
    return this.#managed.get(arn) ?? managedPolicy(arn);
  }

  #defaultVersion(policy: FilePosition): Policy {
    const arn = textIn(policy, "Arn");
    const versions = policy.itemsOf("PolicyVersionList");
    const id = policy.member("DefaultVersionId")?.text();
    const version = versions.find(
      (each) =>
        each.member("IsDefaultVersion")?.value === true || (id !== undefined && each.member("VersionId")?.value === id),
    );
    const document = version?.member("Document");
    if (document !== undefined) return this.reader.read(document, "identity", arn);
    const known = managedPolicy(arn);
    return isRead(known) ? known : { origin: arn, document: { notRead: "the file holds no default version of it" } };
  }
}

function textIn(place: FilePosition, name: string): string {
  return place.required(name).text();
}

/** "IAM identifiers": IAM ARNs (IAM User Guide). */
function arnOf(place: FilePosition): { readonly arn: string; readonly account: string; readonly partition: string } {
  const text = place.required("Arn");
  const [, partition, account] = /^arn:([^:]+):iam::([0-9]{12}):/.exec(text.text()) ?? [];
  if (partition === undefined || account === undefined)
    return text.fail("this is no ARN of IAM", "Write it as arn:aws:iam::111122223333:user/NAME.");
  return { arn: text.text(), account, partition };
}

function groupKey(account: string, name: string): string {
  return `${account} ${name}`;
}

function attachedArns(place: FilePosition): readonly string[] {
  return place.itemsOf("AttachedManagedPolicies").map((policy) => textIn(policy, "PolicyArn"));
}

function customerManaged(place: FilePosition): readonly string[] {
  return attachedArns(place).filter((arn) => !isManagedPolicyArn(arn));
}

function missingGroup(name: string): GroupDetails {
  const origin = `the policies of group ${name}`;
  return { policies: [{ origin, document: { notRead: "the group is in none of the files" } }], managed: [] };
}

function tagsOf(place: FilePosition): Readonly<Record<string, string>> {
  return Object.fromEntries(place.itemsOf("Tags").map((tag) => [textIn(tag, "Key"), textIn(tag, "Value")]));
}
