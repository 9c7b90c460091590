import { KMS } from "@aws-sdk/client-kms";
import type { WireMap } from "../../rpc";
import { type Connection, client } from "./connection";
import type { Kinds } from "./kind";
import { flagIn, numberIn, text, textIn } from "./values";

const kms = client(KMS);

async function setRotation(id: string, inputs: WireMap, aws: Connection): Promise<void> {
  if (flagIn(inputs, "enableKeyRotation") === true) await kms(aws).enableKeyRotation({ KeyId: id });
  else await kms(aws).disableKeyRotation({ KeyId: id });
}

export const kmsKinds: Kinds = {
  "aws:kms/key:Key": {
    async create(inputs, aws) {
      const { KeyMetadata: key } = await kms(aws).createKey({
        Description: textIn(inputs, "description"),
        Policy: textIn(inputs, "policy"),
        MultiRegion: flagIn(inputs, "multiRegion"),
      });
      await setRotation(key?.KeyId ?? "", inputs, aws);
      return key?.KeyId ?? "";
    },
    async read(id, aws) {
      const { KeyMetadata: key } = await kms(aws).describeKey({ KeyId: id });
      // A key that waits for its deletion is gone for the provider.
      if (key === undefined || key.KeyState === "PendingDeletion") return undefined;
      const { Policy } = await kms(aws).getKeyPolicy({ KeyId: id, PolicyName: "default" });
      const { KeyRotationEnabled } = await kms(aws).getKeyRotationStatus({ KeyId: id });
      return {
        arn: key.Arn ?? null,
        description: key.Description ?? null,
        enableKeyRotation: KeyRotationEnabled ?? false,
        isEnabled: key.Enabled ?? false,
        keyId: key.KeyId ?? null,
        multiRegion: key.MultiRegion ?? false,
        policy: Policy ?? null,
      };
    },
    async update(id, inputs, aws, olds) {
      if (olds.description !== inputs.description) {
        await kms(aws).updateKeyDescription({ KeyId: id, Description: textIn(inputs, "description") ?? "" });
      }
      if (olds.policy !== inputs.policy) {
        await kms(aws).putKeyPolicy({ KeyId: id, PolicyName: "default", Policy: text(inputs, "policy") });
      }
      if (olds.enableKeyRotation !== inputs.enableKeyRotation) await setRotation(id, inputs, aws);
    },
    async delete(id, aws, state) {
      await kms(aws).scheduleKeyDeletion({ KeyId: id, PendingWindowInDays: numberIn(state, "deletionWindowInDays") });
    },
  },
};
