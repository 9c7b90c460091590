import type { WireMap } from "../../rpc";
import type { Connection } from "./connection";
import type { Kinds } from "./kind";
import { halves, mapIn, text, textIn } from "./values";

/**
 * A call of the identity store's API ("Identity Store API Reference"), as the emulator takes it: the signature is not looked at, but
 * the service in it says who is asked. Errors have the name that AWS gives them.
 */
export async function identityStore(action: string, body: object, { region }: Connection): Promise<WireMap> {
  const scope = `AKIAENGINETESTS/20260101/${region}/identitystore/aws4_request`;
  const response = await fetch(process.env.AWS_ENDPOINT_URL ?? "", {
    method: "POST",
    headers: {
      "content-type": "application/x-amz-json-1.1",
      "x-amz-target": `AWSIdentityStore.${action}`,
      authorization: `AWS4-HMAC-SHA256 Credential=${scope}, Signature=0`,
    },
    body: JSON.stringify(body),
  });
  const answer = JSON.parse((await response.text()) || "{}");
  if (response.ok) return answer;
  const name = String(answer.__type ?? "Error").replace(/^.*#/, "");
  throw Object.assign(new Error(String(answer.message ?? answer.Message ?? name)), { name });
}

/** "Data Source: aws_identitystore_group" and "…_user", asked by what is unique; throws where there is none. */
export async function identityOf(kind: "Group" | "User", args: WireMap, aws: Connection): Promise<WireMap> {
  const identityStoreId = text(args, "identityStoreId");
  const unique = mapIn(mapIn(args, "alternateIdentifier"), "uniqueAttribute");
  const name = text(unique, "attributeValue");
  const AlternateIdentifier = {
    UniqueAttribute: { AttributePath: text(unique, "attributePath"), AttributeValue: name },
  };
  const asked = { IdentityStoreId: identityStoreId, AlternateIdentifier };
  const id = text(await identityStore(`Get${kind}Id`, asked, aws), `${kind}Id`);
  const named = kind === "Group" ? { groupId: id, displayName: name } : { userId: id, userName: name };
  return { ...args, id: `${identityStoreId}/${id}`, ...named };
}

export const identityStoreKinds: Kinds = {
  "aws:identitystore/group:Group": {
    async create(inputs, aws) {
      const store = text(inputs, "identityStoreId");
      const asked = {
        IdentityStoreId: store,
        DisplayName: text(inputs, "displayName"),
        Description: textIn(inputs, "description"),
      };
      return `${store}/${text(await identityStore("CreateGroup", asked, aws), "GroupId")}`;
    },
    async read(id, aws) {
      const [store, group] = halves(id, "/");
      const found = await identityStore("DescribeGroup", { IdentityStoreId: store, GroupId: group }, aws);
      return {
        identityStoreId: store,
        groupId: group,
        displayName: found.DisplayName ?? null,
        description: found.Description ?? null,
        externalIds: [],
      };
    },
    async delete(id, aws) {
      const [store, group] = halves(id, "/");
      await identityStore("DeleteGroup", { IdentityStoreId: store, GroupId: group }, aws);
    },
  },

  "aws:identitystore/groupMembership:GroupMembership": {
    async create(inputs, aws) {
      const store = text(inputs, "identityStoreId");
      const asked = {
        IdentityStoreId: store,
        GroupId: text(inputs, "groupId"),
        MemberId: { UserId: text(inputs, "memberId") },
      };
      return `${store}/${text(await identityStore("CreateGroupMembership", asked, aws), "MembershipId")}`;
    },
    async read(id, aws) {
      const [store, membership] = halves(id, "/");
      const asked = { IdentityStoreId: store, MembershipId: membership };
      const found = await identityStore("DescribeGroupMembership", asked, aws);
      return {
        identityStoreId: store,
        membershipId: membership,
        groupId: found.GroupId ?? null,
        memberId: mapIn(found, "MemberId").UserId ?? null,
      };
    },
    async delete(id, aws) {
      const [store, membership] = halves(id, "/");
      await identityStore("DeleteGroupMembership", { IdentityStoreId: store, MembershipId: membership }, aws);
    },
  },
};
