import * as iam from "@pulumi/aws/iam";
import type * as pulumi from "@pulumi/pulumi";
import { reasonOf, Unmet } from "./prerequisites";

/** Who asks for an identity that has to exist: the component, and the argument that names it. */
export interface Asking {
  readonly component: string;
  readonly argument: string;
  /** Whose provider looks it up. */
  readonly parent: pulumi.Resource;
}

/** Throws {@link Unmet} for a group that does not exist. */
export async function requireGroup(groupName: string, { component, argument, parent }: Asking): Promise<void> {
  await iam.getGroup({ groupName }, { parent }).catch((error: unknown) => {
    throw missing(component, `the group ${groupName} of ${argument}`, error, "list-groups");
  });
}

/** Throws {@link Unmet} for a user that does not exist. */
export async function requireUser(userName: string, { component, argument, parent }: Asking): Promise<void> {
  await iam.getUser({ userName }, { parent }).catch((error: unknown) => {
    throw missing(component, `the user ${userName} of ${argument}`, error, "list-users");
  });
}

/** Throws {@link Unmet} for a role that does not exist. */
export async function requireRole(name: string, { component, argument, parent }: Asking): Promise<void> {
  await iam.getRole({ name }, { parent }).catch((error: unknown) => {
    throw missing(component, `the role ${name} of ${argument}`, error, "list-roles");
  });
}

function missing(component: string, who: string, error: unknown, command: string): Unmet {
  return new Unmet(
    component,
    `${who} cannot be read: ${reasonOf(error)} Make it first, or take it out; see: aws iam ${command}`,
  );
}
