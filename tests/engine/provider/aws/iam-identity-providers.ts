import { IAM } from "@aws-sdk/client-iam";
import type { WireMap } from "../../rpc";
import { type Connection, client } from "./connection";
import type { Kinds } from "./kind";
import { shownTags, tagsOf, text, textsIn } from "./values";

const iam = client(IAM);

/** What the account's provider with this ARN is. The API leaves the scheme out of the URL; the provider shows it with one. */
async function shown(arn: string, aws: Connection): Promise<WireMap> {
  const found = await iam(aws).getOpenIDConnectProvider({ OpenIDConnectProviderArn: arn });
  return {
    arn,
    url: `https://${found.Url?.replace(/^https:\/\//, "")}`,
    clientIdLists: found.ClientIDList ?? [],
    thumbprintLists: found.ThumbprintList ?? [],
    ...shownTags(found.Tags),
  };
}

/** The provider of a URL ("Data Source: aws_iam_openid_connect_provider"); throws where the account has none. */
export async function identityProviderOf(url: string, aws: Connection): Promise<WireMap> {
  const { OpenIDConnectProviderList = [] } = await iam(aws).listOpenIDConnectProviders({});
  const issuer = url.replace(/^https:\/\//, "");
  const arn = OpenIDConnectProviderList.find((it) => it.Arn?.endsWith(`:oidc-provider/${issuer}`))?.Arn;
  if (arn === undefined) throw new Error("finding IAM OIDC Provider by url: not found");
  return { ...(await shown(arn, aws)), id: arn, tags: {} };
}

export const iamIdentityProviderKinds: Kinds = {
  "aws:iam/openIdConnectProvider:OpenIdConnectProvider": {
    async create(inputs, aws) {
      const thumbprints = textsIn(inputs, "thumbprintLists");
      const { OpenIDConnectProviderArn = "" } = await iam(aws).createOpenIDConnectProvider({
        Url: text(inputs, "url"),
        ClientIDList: textsIn(inputs, "clientIdLists"),
        ThumbprintList: thumbprints.length > 0 ? thumbprints : undefined,
        Tags: tagsOf(inputs),
      });
      return OpenIDConnectProviderArn;
    },
    read: (id, aws) => shown(id, aws),
    async update(id, inputs, aws, olds) {
      const [before, after] = [textsIn(olds, "clientIdLists"), textsIn(inputs, "clientIdLists")];
      for (const ClientID of after.filter((it) => !before.includes(it))) {
        await iam(aws).addClientIDToOpenIDConnectProvider({ OpenIDConnectProviderArn: id, ClientID });
      }
      for (const ClientID of before.filter((it) => !after.includes(it))) {
        await iam(aws).removeClientIDFromOpenIDConnectProvider({ OpenIDConnectProviderArn: id, ClientID });
      }
    },
    async delete(id, aws) {
      await iam(aws).deleteOpenIDConnectProvider({ OpenIDConnectProviderArn: id });
    },
  },
};
