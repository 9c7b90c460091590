import * as pulumi from "@pulumi/pulumi";

/** A resource as a component registered it: the inputs that the engine would get. */
export interface Registered {
  readonly type: string;
  readonly name: string;
  readonly inputs: Record<string, unknown>;
}

/** The account that the mocked invokes answer with. */
export interface MockedAccount {
  readonly partition: string;
  readonly accountId: string;
}

/** The text by which Pulumi's protocol says that a string is not known yet. */
export const UNKNOWN_STRING = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

const ACCOUNT: MockedAccount = { partition: "aws", accountId: "123456789012" };

/**
 * Runs `program` against Pulumi's mocks, as a preview, and returns what it registered, components included. What is
 * registered is put into `registered`, where it can be seen after a program that throws too.
 */
export async function registeredBy(
  program: () => unknown,
  account: MockedAccount = ACCOUNT,
  registered: Registered[] = [],
): Promise<readonly Registered[]> {
  await pulumi.runtime.setMocks(
    {
      newResource({ type, name, inputs }) {
        registered.push({ type, name, inputs });
        return { id: undefined, state: inputs };
      },
      call({ token }) {
        if (token === "aws:index/getPartition:getPartition") return { partition: account.partition };
        if (token === "aws:index/getCallerIdentity:getCallerIdentity") return { accountId: account.accountId };
        throw new Error(`The program made a call that the test does not answer: ${token}`);
      },
    },
    "aws-identity-guardrails",
    "test",
    true,
  );
  try {
    program();
  } finally {
    await pulumi.runtime.disconnect();
  }
  return registered;
}

/** The message with which `program` refuses to run; what it registered before is the second entry, and should be nothing. */
export async function refusalOf(program: () => unknown): Promise<readonly [string, readonly Registered[]]> {
  const registered: Registered[] = [];
  try {
    await registeredBy(program, ACCOUNT, registered);
  } catch (error) {
    if (!pulumi.RunError.isInstance(error)) throw error;
    return [error.message, registered];
  }
  throw new Error("The program did not refuse to run.");
}

/** The only resource of a type. */
export function only(registered: readonly Registered[], type: string): Registered {
  const [first, ...more] = registered.filter((resource) => resource.type === type);
  if (first === undefined || more.length > 0)
    throw new Error(`Expected one ${type}, found ${more.length + (first ? 1 : 0)}.`);
  return first;
}
