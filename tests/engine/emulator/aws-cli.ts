import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { motoEnvironment } from "./environment";

/** A PATH on which `aws` is a program that makes real calls, to wherever AWS_ENDPOINT_URL says. */
export interface AwsCli {
  readonly path: string;
  dispose(): void;
}

export function awsCli(): AwsCli {
  const environment = motoEnvironment();
  if ("reason" in environment) throw new Error(environment.reason);
  const folder = mkdtempSync(join(tmpdir(), "aws-cli-"));
  const script = `#!/bin/sh\nexec '${environment.python}' '${join(__dirname, "aws_cli.py")}' "$@"\n`;
  writeFileSync(join(folder, "aws"), script, { mode: 0o755 });
  // Another `aws` that is installed here comes no later on this PATH.
  const others = (process.env.PATH ?? "").split(delimiter).filter((it) => !existsSync(join(it, "aws")));
  return {
    path: [folder, ...others].join(delimiter),
    dispose: () => rmSync(folder, { recursive: true, force: true }),
  };
}
