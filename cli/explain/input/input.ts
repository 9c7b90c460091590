import { isManagedPolicyArn, isRead, isRecord, type Policy } from "../../../policypack/iam";
import { Failure } from "../../terminal/failure";
import type { FilePosition } from "../../terminal/json-file";
import { AccountDetails, isAccountDetails } from "./account-details";
import { subjectsOf } from "./plain-policies";
import { type FileFault, managedPolicy, PolicyReader } from "./policies";
import { namesIn, readSource } from "./sources";
import type { Role, Subject } from "./subject";
import { isTemplate, subjectsOfTemplate } from "./templates";

/** What the files are about. */
export interface Input {
  readonly subjects: readonly Subject[];
  readonly faults: readonly FileFault[];
}

/**
 * Reads what the user named: files with a policy, a list of policies, account details or a CloudFormation template, folders of them,
 * standard input, names or ARNs of AWS managed policies.
 *
 * @throws Failure that names file, line, column and JSON path of what cannot be read
 */
export function readInput(names: readonly string[], as: Role): Input {
  const reader = new PolicyReader();
  const kind = as === "scp" ? "scp" : "identity";
  const plain: Policy[] = [];
  const details: FilePosition[] = [];
  const templates: Subject[] = [];
  for (const name of names.flatMap(namesIn)) {
    if (isManagedPolicyArn(name)) plain.push(knownManagedPolicy(name));
    else if (/^arn:[\w-]+:iam::/.test(name))
      throw new Failure(
        `${name} is not known here: only AWS managed policies are known by ARN`,
        "Name a file with its JSON.",
      );
    else {
      const whole = readSource(name);
      reader.noteDuplicates(whole.file);
      if (isTemplate(whole)) {
        templates.push(...subjectsOfTemplate(whole));
        continue;
      }
      const found = sorted(whole);
      details.push(...found.details);
      for (const place of found.policies) plain.push(reader.read(place, kind, originOf(place)));
    }
  }
  const account = new AccountDetails(details, reader);
  const principals = account.subjects();
  // An excerpt that holds policies only is nothing but a list of policies.
  const loose = principals.length === 0 ? account.managedPolicies : [];
  const subjects = [...subjectsOf([...plain, ...loose], as), ...principals, ...templates];
  return { subjects, faults: reader.faults() };
}

function knownManagedPolicy(arn: string): Policy {
  const policy = managedPolicy(arn);
  if (isRead(policy)) return policy;
  throw new Failure(`the AWS managed policy ${arn} is not known here`, "Check its name, or save its JSON to a file.");
}

interface Sorted {
  readonly policies: readonly FilePosition[];
  readonly details: readonly FilePosition[];
}

function sorted(place: FilePosition): Sorted {
  if (Array.isArray(place.value)) {
    if (place.value.length === 0) place.fail("the list is empty", "Put at least one policy into it.");
    const parts = place.items().map(sorted);
    return {
      policies: parts.flatMap(({ policies }) => policies),
      details: parts.flatMap(({ details }) => details),
    };
  }
  if (isAccountDetails(place)) return { policies: [], details: [place] };
  return { policies: [unwrapped(place)], details: [] };
}

/** The policy inside what `get-policy-version`, `get-user-policy`, `get-group-policy` and `get-role-policy` print. */
function unwrapped(place: FilePosition): FilePosition {
  if (!isRecord(place.value) || place.member("Statement") !== undefined) return place;
  return place.member("PolicyVersion")?.member("Document") ?? place.member("PolicyDocument") ?? place;
}

function originOf({ file, path }: FilePosition): string {
  return path === "$" ? file.name : `${file.name} ${path}`;
}
