import type { RootCredentials } from "./root-user";
import type { AccountAnswer } from "./survey";

/** One line for each account, and what is to be done. */
export function inWords(answers: readonly AccountAnswer[]): string {
  const lines = answers.map(
    (answer) => `${answer.account}  ${answer.name === "" ? "" : `${answer.name}: `}${said(answer)}`,
  );
  const count = (state: AccountAnswer["state"]) => answers.filter((answer) => answer.state === state).length;
  const [found, deleted, failed, clean] = [count("found"), count("deleted"), count("failed"), count("clean")];
  const sum = `${answers.length} ${answers.length === 1 ? "account" : "accounts"}: ${clean} without root credentials, ${found} with, ${deleted} cleared, ${failed} that refused.`;
  const next = found > 0 ? "\nTo delete what is listed, run the same command with --delete." : "";
  return `${[...lines, ...(lines.length > 0 ? [""] : []), sum].join("\n")}${next}\n`;
}

function said(answer: AccountAnswer): string {
  switch (answer.state) {
    case "clean":
      return "no root credentials";
    case "found":
      return parts(answer.credentials);
    case "deleted":
      return `deleted ${parts(answer.credentials)}`;
    case "failed":
      return `not done: ${answer.reason}`;
  }
}

function parts({ hasPassword, accessKeys, signingCertificates, mfaDevices }: RootCredentials): string {
  return [
    ...(hasPassword ? ["a password"] : []),
    ...counted(accessKeys, "access key"),
    ...counted(signingCertificates, "signing certificate"),
    ...counted(mfaDevices, "MFA device"),
  ].join(", ");
}

function counted(list: readonly string[], what: string): readonly string[] {
  return list.length === 0 ? [] : [`${list.length} ${what}${list.length === 1 ? "" : "s"} (${list.join(", ")})`];
}
