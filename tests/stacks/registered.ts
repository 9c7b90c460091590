import { credentials } from "@grpc/grpc-js";
import * as pulumi from "@pulumi/pulumi";
import { CallbacksClient } from "@pulumi/pulumi/proto/callback_grpc_pb";
import callbackProto from "@pulumi/pulumi/proto/callback_pb";
import resourceProto from "@pulumi/pulumi/proto/resource_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";

/** A resource as a component registered it: the inputs that the engine would get, and its provider's name if it has one. */
export interface Registered {
  readonly type: string;
  readonly name: string;
  readonly inputs: Record<string, unknown>;
  readonly provider?: string;
}

/** What the mocked lookups answer, by the last part of their token. An Error is what the provider fails with. */
export type Answers = Readonly<Record<string, object | Error>>;

/** The text by which Pulumi's protocol says that a string is not known yet. */
export const UNKNOWN_STRING = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** An organization that has what the stacks need, managed by the account that runs them. */
export const ORGANIZATION = {
  id: "o-exampleorg",
  featureSet: "ALL",
  masterAccountId: "123456789012",
  enabledPolicyTypes: ["SERVICE_CONTROL_POLICY"],
  awsServiceAccessPrincipals: ["cloudtrail.amazonaws.com"],
  roots: [{ id: "r-ab12" }],
  accounts: [{ id: "123456789012" }, { id: "210987654321" }],
};

const USUAL: Answers = {
  getPartition: { partition: "aws" },
  getRegion: { region: "us-east-1" },
  getCallerIdentity: { accountId: "123456789012" },
  getOrganization: ORGANIZATION,
  getOrganizationalUnitDescendantOrganizationalUnits: { childrens: [{ id: "ou-ab12-cdef3456" }] },
};

/**
 * Runs `program` against Pulumi's mocks, as a first preview, and returns what it registered, components included. Before
 * a resource is created its hooks run, called as the engine calls them. Throws what the program throws, or with what a hook
 * refuses; what was registered until then is in `registered`.
 */
export async function registeredBy(
  program: () => unknown,
  answers: Answers = {},
  registered: Registered[] = [],
): Promise<readonly Registered[]> {
  await pulumi.runtime.setMocks(
    {
      newResource({ type, name, inputs, provider }) {
        registered.push({ type, name, inputs, ...(provider ? { provider: provider.split("::")[3] ?? provider } : {}) });
        return { id: undefined, state: inputs };
      },
      call({ token }) {
        const answer = { ...USUAL, ...answers }[token.split(":").at(-1) ?? ""];
        if (answer === undefined) throw new Error(`The program made a call that the test does not answer: ${token}`);
        // The SDK reads what a gRPC error says from there.
        if (answer instanceof Error) throw Object.assign(answer, { details: answer.message });
        return answer;
      },
    },
    "aws-identity-guardrails",
    "test",
    true,
  );
  const refusals = callHooks();
  // A component may ask the AWS CLI. Here there is none, so that no test reaches an account of whoever runs it.
  const { PATH } = process.env;
  process.env.PATH = "";
  try {
    await program();
  } finally {
    await pulumi.runtime.disconnect();
    process.env.PATH = PATH;
  }
  if (refusals.length > 0) throw new pulumi.RunError(refusals.join("\n"));
  return registered;
}

/** Gives the mocks what they lack: hooks, each called when it is registered. Returns where their refusals are put. */
function callHooks(): string[] {
  const refusals: string[] = [];
  const registerResourceHook = (
    request: resourceProto.RegisterResourceHookRequest,
    done: (error: Error | null, answer: Empty) => void,
  ) => {
    called(request).then(
      (refusal) => {
        if (refusal !== "") refusals.push(refusal);
        done(null, new Empty());
      },
      (error: Error) => done(error, new Empty()),
    );
  };
  Object.assign(pulumi.runtime.getMonitor() ?? {}, { registerResourceHook });
  return refusals;
}

/** Calls a hook by way of the program's own callback server; the answer is its error, or empty. */
function called(request: resourceProto.RegisterResourceHookRequest): Promise<string> {
  const callback = request.getCallback();
  const invocation = new callbackProto.CallbackInvokeRequest();
  invocation.setToken(callback?.getToken() ?? "");
  invocation.setRequest(new resourceProto.ResourceHookRequest().serializeBinary());
  const client = new CallbacksClient(callback?.getTarget() ?? "", credentials.createInsecure());
  return new Promise<string>((resolve, reject) => {
    client.invoke(invocation, (error, response) => {
      if (error !== null) reject(error);
      else resolve(resourceProto.ResourceHookResponse.deserializeBinary(response.getResponse_asU8()).getError());
    });
  }).finally(() => client.close());
}

/** The message with which `program` refuses to run; what it registered before is the second entry. */
export async function refusalOf(
  program: () => unknown,
  answers: Answers = {},
): Promise<readonly [string, readonly Registered[]]> {
  const registered: Registered[] = [];
  try {
    await registeredBy(program, answers, registered);
  } catch (error) {
    if (!pulumi.RunError.isInstance(error)) throw error;
    return [error.message, registered];
  }
  throw new Error("The program did not refuse to run.");
}

/** The resources of a type, in the order in which they were registered. */
export function all(registered: readonly Registered[], type: string): readonly Registered[] {
  return registered.filter((resource) => resource.type === type);
}

/** The only resource of a type. */
export function only(registered: readonly Registered[], type: string): Registered {
  const [first, ...more] = all(registered, type);
  if (first === undefined || more.length > 0)
    throw new Error(`Expected one ${type}, found ${more.length + (first ? 1 : 0)}.`);
  return first;
}
