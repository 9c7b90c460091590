import { isMap, type Wire, type WireMap } from "../rpc";
import type { Created } from "./outputs";
import type { World } from "./world";

/** Makes `pulumiservice:index:PolicyGroup` at a Pulumi Cloud, by its REST API. */
export function policyGroups(url: string, token: string): World {
  async function call(method: string, path: string, body?: WireMap): Promise<Wire | undefined> {
    const headers = { authorization: `token ${token}`, "content-type": "application/json" };
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    const response = await fetch(`${url}/api/orgs/${path}`, { method, headers, ...sent });
    const text = await response.text();
    if (response.status === 404 && method === "GET") return undefined;
    if (!response.ok) throw new Error(`${method} ${path}: ${text}`);
    return text === "" ? undefined : JSON.parse(text);
  }

  const change = ({ organizationName, name, stacks = [], policyPacks = [] }: WireMap) =>
    call("PATCH", `${organizationName}/policygroups/${name}`, { stacks, policyPacks });

  return {
    async create({ type, inputs }: Created) {
      if (type !== "pulumiservice:index:PolicyGroup") throw new Error(`the stand-in does not make ${type}`);
      const { organizationName, name = "", entityType = "", mode = "" } = inputs;
      await call("POST", `${organizationName}/policygroups`, { name, entityType, mode });
      try {
        await change(inputs);
      } catch (error) {
        // Or the group would be there and in no state, and stand in the way of the next update.
        await call("DELETE", `${organizationName}/policygroups/${name}`);
        throw error;
      }
      return { id: `${organizationName}/${name}`, outputs: inputs };
    },
    async update(_id, { inputs }) {
      await change(inputs);
      return inputs;
    },
    async delete(_id, { inputs: { organizationName, name } }) {
      await call("DELETE", `${organizationName}/policygroups/${name}`);
    },
    async read(_id, { inputs }) {
      const { organizationName, name } = inputs;
      const group = await call("GET", `${organizationName}/policygroups/${name}`);
      if (!isMap(group)) return undefined;
      const { mode = "", stacks = [], appliedPolicyPacks: policyPacks = [] } = group;
      const found = { ...inputs, mode, stacks, policyPacks };
      return { inputs: found, outputs: found };
    },
    invoke: async () => undefined,
  };
}
