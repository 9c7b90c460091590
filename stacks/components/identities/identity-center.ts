import * as identitystore from "@pulumi/aws/identitystore";
import * as ssoadmin from "@pulumi/aws/ssoadmin";
import * as pulumi from "@pulumi/pulumi";
import { reasonOf, Unmet } from "../shared/prerequisites";

/** The IAM Identity Center that the credentials reach, in the region of `parent`'s provider. */
export class IdentityCenter {
  private readonly instances: pulumi.Output<ssoadmin.GetInstancesResult>;

  constructor(
    private readonly component: string,
    private readonly parent: pulumi.Resource,
  ) {
    this.instances = ssoadmin.getInstancesOutput({}, { parent });
  }

  /** Empty where there is none, which {@link require} says. */
  instanceArn(): pulumi.Output<string> {
    return this.instances.arns.apply(([arn = ""]) => arn);
  }

  /** Empty like {@link instanceArn}. */
  identityStoreId(): pulumi.Output<string> {
    return this.instances.identityStoreIds.apply(([id = ""]) => id);
  }

  /** The id of a group; fails with {@link Unmet} where there is none. */
  groupId(displayName: string): pulumi.Output<string> {
    return pulumi.output(this.findGroup(displayName));
  }

  /** The id of a user; fails with {@link Unmet} where there is none. */
  userId(userName: string): pulumi.Output<string> {
    return pulumi.output(this.findUser(userName));
  }

  /** Throws {@link Unmet} where there is no IAM Identity Center. */
  async require(): Promise<void> {
    await this.storeId();
  }

  /** Throws {@link Unmet} for a user who does not exist. */
  async requireUser(userName: string): Promise<void> {
    await this.findUser(userName);
  }

  private async storeId(): Promise<string> {
    const { identityStoreIds } = await ssoadmin
      .getInstances({}, { parent: this.parent })
      .catch((error: unknown) => this.fail(`IAM Identity Center cannot be read: ${reasonOf(error)}`));
    const [id] = identityStoreIds;
    return id ?? this.fail("there is no IAM Identity Center in this account and region.");
  }

  private async findGroup(displayName: string): Promise<string> {
    const alternateIdentifier = { uniqueAttribute: { attributePath: "DisplayName", attributeValue: displayName } };
    const asked = { identityStoreId: await this.storeId(), alternateIdentifier };
    const { groupId } = await identitystore
      .getGroup(asked, { parent: this.parent })
      .catch((error: unknown) => this.missing("group", displayName, error));
    return groupId;
  }

  private async findUser(userName: string): Promise<string> {
    const alternateIdentifier = { uniqueAttribute: { attributePath: "UserName", attributeValue: userName } };
    const asked = { identityStoreId: await this.storeId(), alternateIdentifier };
    const { userId } = await identitystore
      .getUser(asked, { parent: this.parent })
      .catch((error: unknown) => this.missing("user", userName, error));
    return userId;
  }

  private missing(kind: "group" | "user", name: string, error: unknown): never {
    throw new Unmet(
      this.component,
      `the ${kind} ${name} cannot be read in IAM Identity Center: ${reasonOf(error)} Make it there first, or take it out; ` +
        `see: aws identitystore list-${kind}s --identity-store-id ID`,
    );
  }

  private fail(problem: string): never {
    throw new Unmet(
      this.component,
      `${problem} Deploy this stack in its home region, with credentials of the management account or of its delegated ` +
        "administrator that may call sso:ListInstances; see: aws sso-admin list-instances",
    );
  }
}
