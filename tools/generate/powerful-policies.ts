import { adminPower, parseDocument } from "../../policypack/iam";
import { managedPolicyArns, managedPolicyText } from "../../policypack/iam/aws/managed-policies";
import { holders } from "../../policypack/iam/questions/admin/powerful-policies";
import { managedPolicies } from "./managed-policies";
import type { Source } from "./module";

/** By kind of holder, the names of the AWS managed policies that the core finds to make whoever has them an administrator. */
export function powerfulPolicies(): Source {
  const { source, version, date } = managedPolicies();
  const policies = managedPolicyArns().flatMap((arn) => {
    const { document } = parseDocument(managedPolicyText(arn), "identity");
    return document === undefined ? [] : [{ origin: arn, document }];
  });
  const names = holders.map((kind) => [
    kind,
    policies
      .filter((policy) => {
        const power = adminPower({ kind, identity: [policy] });
        return (
          power.answer === "yes" && !power.because.qualifiers.some((each) => each === "resource" || each === "tag")
        );
      })
      .map(({ origin }) => origin.replace(/^[^/]*\//, "")),
  ]);
  return { source, version, date, text: JSON.stringify(Object.fromEntries(names)) };
}
