import assert from "node:assert/strict";
import { compiledCompanion } from "../companion";
import { type Result, Workspace } from "../workspace";
import { type Account, accountAt, environmentOf } from "./account";
import { type AccessKey, Moto } from "./moto";

/** A companion stack and the emulator that it is deployed to. */
export interface Deployment {
  moto: Moto;
  stack: Workspace;
  /** What the emulator says, asked by the AWS SDK. */
  account: Account;
  dispose(): Promise<void>;
}

/** What a deployment has of its own instead of the example's: its configuration, whose key it uses. */
export interface Own {
  /** The text of its configuration file. */
  config?: string;
  key?: AccessKey;
}

/**
 * Starts an emulator and makes the project of a companion stack that goes to it, with its example configuration; `prepare`
 * runs in between, on an empty account.
 */
export async function deployment(
  stackName: string,
  prepare: (moto: Moto, account: Account) => Promise<Own> = async () => ({}),
): Promise<Deployment> {
  const moto = await Moto.start();
  const account = accountAt(moto.endpoint);
  const { config, key } = await prepare(moto, account);
  const project = compiledCompanion(stackName);
  const ownConfig = config === undefined ? {} : { [`stacks/Pulumi.${stackName}.yaml`]: config };
  const stack = await Workspace.open({
    ...project,
    files: { ...project.files, ...ownConfig },
    env: environmentOf(moto.endpoint, key),
  });
  return {
    moto,
    stack,
    account,
    async dispose() {
      stack.dispose();
      await moto.kill();
    },
  };
}

/** The result of a command that has to have succeeded; its output is the error otherwise. */
export function succeeded(result: Result): Result {
  assert.equal(result.code, 0, result.output);
  return result;
}
