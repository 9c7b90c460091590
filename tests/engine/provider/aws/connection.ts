import { STS } from "@aws-sdk/client-sts";
import { readRefusals, reasonOf } from "./refusal";

/** In whose name and where the calls are made. */
export interface Connection {
  readonly region: string;
  /** Of an assumed role; without it the SDK finds the caller's own, as the provider does. */
  readonly credentials?: { accessKeyId: string; secretAccessKey: string; sessionToken: string };
}

/** The client of a service for each connection, made once. Its endpoint comes from AWS_ENDPOINT_URL, which the SDK reads. */
export function client<C extends object>(Client: new (connection: Connection) => C): (connection: Connection) => C {
  const made = new WeakMap<Connection, C>();
  return (connection) => {
    const known = made.get(connection);
    if (known !== undefined) return known;
    const added = new Client(connection);
    readRefusals(added);
    made.set(connection, added);
    return added;
  };
}

const sts = client(STS);

/** Goes through the roles of a provider's `assumeRoles` in their order. */
export async function assuming(own: Connection, roleArns: readonly string[]): Promise<Connection> {
  let connection = own;
  for (const role of roleArns) {
    const asked = { RoleArn: role, RoleSessionName: "engine-tests" };
    const answer = await sts(connection)
      .assumeRole(asked)
      .catch((error: unknown) => {
        throw new Error(`cannot assume IAM role ${role}: ${reasonOf(error)}`);
      });
    const { AccessKeyId = "", SecretAccessKey = "", SessionToken = "" } = answer.Credentials ?? {};
    const credentials = {
      accessKeyId: AccessKeyId,
      secretAccessKey: SecretAccessKey,
      sessionToken: SessionToken,
    };
    connection = { region: own.region, credentials };
  }
  return connection;
}
