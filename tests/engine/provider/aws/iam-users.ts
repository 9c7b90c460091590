import { IAM } from "@aws-sdk/client-iam";
import type { WireMap } from "../../rpc";
import { type Connection, client } from "./connection";
import type { Kinds } from "./kind";
import { shownTags, tagChanges, tagsOf, text, textIn } from "./values";

const iam = client(IAM);

/** What the provider takes away before it deletes a user with `forceDestroy` ("Resource: aws_iam_user"). */
async function forget(id: string, aws: Connection): Promise<void> {
  const UserName = id;
  const { MFADevices = [] } = await iam(aws).listMFADevices({ UserName });
  for (const { SerialNumber } of MFADevices) await iam(aws).deactivateMFADevice({ UserName, SerialNumber });
  const { AccessKeyMetadata = [] } = await iam(aws).listAccessKeys({ UserName });
  for (const { AccessKeyId } of AccessKeyMetadata) await iam(aws).deleteAccessKey({ UserName, AccessKeyId });
  await iam(aws)
    .deleteLoginProfile({ UserName })
    .catch((error: Error) => {
      if (error.name !== "NoSuchEntityException") throw error;
    });
}

export const iamUserKinds: Kinds = {
  "aws:iam/user:User": {
    async create(inputs, aws) {
      await iam(aws).createUser({
        UserName: text(inputs, "name"),
        Path: textIn(inputs, "path"),
        PermissionsBoundary: textIn(inputs, "permissionsBoundary"),
        Tags: tagsOf(inputs),
      });
      return text(inputs, "name");
    },
    async read(id, aws): Promise<WireMap | undefined> {
      const { User: user } = await iam(aws).getUser({ UserName: id });
      if (user === undefined) return undefined;
      return {
        name: user.UserName ?? null,
        arn: user.Arn ?? null,
        path: user.Path ?? null,
        permissionsBoundary: user.PermissionsBoundary?.PermissionsBoundaryArn ?? null,
        uniqueId: user.UserId ?? null,
        ...shownTags(user.Tags),
      };
    },
    async update(id, inputs, aws, olds) {
      await iam(aws).updateUser({ UserName: id, NewUserName: text(inputs, "name"), NewPath: textIn(inputs, "path") });
      const { set, remove } = tagChanges(olds, inputs);
      if (set.length > 0) await iam(aws).tagUser({ UserName: id, Tags: set });
      if (remove.length > 0) await iam(aws).untagUser({ UserName: id, TagKeys: remove });
    },
    idAfterUpdate: (inputs) => text(inputs, "name"),
    async delete(id, aws, state) {
      if (state.forceDestroy === true) await forget(id, aws);
      await iam(aws).deleteUser({ UserName: id });
    },
  },
};
