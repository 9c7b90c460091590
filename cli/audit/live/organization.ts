import { type AccountClient, type AlternateContactType, GetAlternateContactCommand } from "@aws-sdk/client-account";
import {
  DescribeOrganizationCommand,
  DescribePolicyCommand,
  ListAccountsCommand,
  ListParentsCommand,
  ListPoliciesForTargetCommand,
  type OrganizationsClient,
} from "@aws-sdk/client-organizations";
import type { AccountRecord, AlternateContacts, ServiceControlPolicies } from "../records/records";
import { type Asking, allPages, nameAndMessage, recordOf } from "./calls";

const NOT_IN_ONE = ["AWSOrganizationsNotInUseException"];

/** What Organizations says; accounts under the same units share the answers. */
export class OrganizationReader {
  readonly #policiesOf = new Map<string, Promise<Level>>();

  constructor(private readonly client: OrganizationsClient) {}

  organization(): Promise<AccountRecord> {
    return recordOf(
      "organizations describe-organization",
      (asking) =>
        asking("organizations:DescribeOrganization", () => this.client.send(new DescribeOrganizationCommand({}))),
      NOT_IN_ONE,
    );
  }

  /** The service control policies on the account's path. They do not bind the management account, which is told by the organization. */
  serviceControlPolicies(account: string): Promise<AccountRecord> {
    return recordOf(
      "organizations list-policies-for-target",
      async (asking): Promise<ServiceControlPolicies> => {
        const path: Level[] = [];
        let target: string | undefined = account;
        while (target !== undefined) {
          path.unshift(await this.#level(target, asking));
          target = target.startsWith("r-") ? undefined : await this.#parentOf(target, asking);
        }
        return { Path: path };
      },
      NOT_IN_ONE,
    );
  }

  /** Ids of all active accounts. */
  async accounts(asking: Asking): Promise<readonly string[]> {
    const accounts = await allPages(
      (NextToken) =>
        asking("organizations:ListAccounts", () => this.client.send(new ListAccountsCommand({ NextToken }))),
      (page) => page.Accounts,
      (page) => page.NextToken,
    );
    return accounts.flatMap(({ Id, Status }) => (Id === undefined || Status !== "ACTIVE" ? [] : [Id]));
  }

  #level(target: string, asking: Asking): Promise<Level> {
    const known = this.#policiesOf.get(target) ?? this.#readLevel(target, asking);
    this.#policiesOf.set(target, known);
    return known;
  }

  async #readLevel(target: string, asking: Asking): Promise<Level> {
    const attached = await allPages(
      (NextToken) =>
        asking("organizations:ListPoliciesForTarget", () =>
          this.client.send(
            new ListPoliciesForTargetCommand({ TargetId: target, Filter: "SERVICE_CONTROL_POLICY", NextToken }),
          ),
        ),
      (page) => page.Policies,
      (page) => page.NextToken,
    );
    const Policies: Level["Policies"][number][] = [];
    for (const { Id = "", Arn, Name, AwsManaged } of attached) {
      const { Policy } = await asking("organizations:DescribePolicy", () =>
        this.client.send(new DescribePolicyCommand({ PolicyId: Id })),
      );
      const told = { ...(Arn && { Arn }), ...(Name && { Name }), ...(AwsManaged === undefined ? {} : { AwsManaged }) };
      Policies.push({ Id, ...told, Content: Policy?.Content ?? "" });
    }
    return { Id: target, Policies };
  }

  async #parentOf(child: string, asking: Asking): Promise<string | undefined> {
    const { Parents = [] } = await asking("organizations:ListParents", () =>
      this.client.send(new ListParentsCommand({ ChildId: child })),
    );
    return Parents[0]?.Id;
  }
}

type Level = ServiceControlPolicies["Path"][number];

const CONTACTS = ["SECURITY", "BILLING", "OPERATIONS"] as const satisfies readonly AlternateContactType[];

export function alternateContacts(client: AccountClient): Promise<AccountRecord> {
  return recordOf("account get-alternate-contact", async (asking): Promise<AlternateContacts> => {
    const found: [string, Readonly<Record<string, string>> | null][] = [];
    for (const type of CONTACTS) {
      found.push([
        type,
        await asking("account:GetAlternateContact", async () => {
          try {
            const { AlternateContact } = await client.send(
              new GetAlternateContactCommand({ AlternateContactType: type }),
            );
            return { ...AlternateContact } as Readonly<Record<string, string>>;
          } catch (error) {
            if (nameAndMessage(error).name === "ResourceNotFoundException") return null;
            throw error;
          }
        }),
      ]);
    }
    return Object.fromEntries(found) as AlternateContacts;
  });
}
