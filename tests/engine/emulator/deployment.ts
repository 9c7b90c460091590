import assert from "node:assert/strict";
import { compiledCompanion } from "../companion";
import { type Result, Workspace } from "../workspace";
import { type Account, accountAt, environmentOf } from "./account";
import { Moto } from "./moto";

/** A companion stack and the emulator that it is deployed to. */
export interface Deployment {
  moto: Moto;
  stack: Workspace;
  /** What the emulator says, asked by the AWS SDK. */
  account: Account;
  dispose(): Promise<void>;
}

/** Starts an emulator and makes the project of a companion stack that goes to it, with its example configuration. */
export async function deployment(stackName: string): Promise<Deployment> {
  const moto = await Moto.start();
  const stack = await Workspace.open({ ...compiledCompanion(stackName), env: environmentOf(moto.endpoint) });
  return {
    moto,
    stack,
    account: accountAt(moto.endpoint),
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
