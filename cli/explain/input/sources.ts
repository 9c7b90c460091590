import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { managedPolicyArns } from "../../../policypack/iam";
import { parseTemplateText } from "../../../policypack/model";
import { Failure } from "../../terminal/failure";
import { FilePosition, parsedFile, textOf } from "../../terminal/json-file";

const STANDARD_INPUT = "-";

const READABLE = /\.(json|ya?ml|template)$/;

/**
 * What the user names, one by one: a folder stands for the policies in it, and the bare name of an AWS managed policy for its ARN.
 *
 * @throws Failure for a folder in which nothing can be read
 */
export function namesIn(name: string): readonly string[] {
  if (name === STANDARD_INPUT) return [name];
  const kind = statSync(name, { throwIfNoEntry: false });
  if (kind === undefined) return [managedPolicyArns().find((arn) => arn.split("/").pop() === name) ?? name];
  if (!kind.isDirectory()) return [name];
  if (existsSync(join(name, "Pulumi.yaml"))) {
    throw new Failure(
      `${name} is the folder of a Pulumi program`,
      `Ask about it with: aws-identity-guardrails check ${name}`,
    );
  }
  const files = readdirSync(name).filter((file) => READABLE.test(file));
  if (files.length === 0) throw new Failure(`${name} has no file of JSON or YAML`, "Name the files with the policies.");
  return files.sort().map((file) => join(name, file));
}

/**
 * Reads a file, or standard input, as JSON or YAML.
 *
 * @throws Failure that says what it is, where it is something else than `explain` reads, and which command reads it
 */
export function readSource(name: string): FilePosition {
  const file = name === STANDARD_INPUT ? "standard input" : name;
  const text = name === STANDARD_INPUT ? readFileSync(0, "utf8") : textOf(name, "a policy");
  if (text.trim() === "") throw new Failure(`${file} is empty`, "Give a policy as JSON or YAML.");
  const place = isYaml(text) ? yamlFile(file, text) : parsedFile(file, text);
  refuseOthers(place, name);
  return place;
}

function isYaml(text: string): boolean {
  const first = text.trimStart().charAt(0);
  return first !== "{" && first !== "[" && first !== '"';
}

/** YAML, of which no positions are known. */
function yamlFile(name: string, text: string): FilePosition {
  const { value, faults } = parseTemplateText(text);
  const [fault] = faults.filter(({ effect }) => effect === "unreadable");
  if (fault !== undefined || typeof value !== "object" || value === null) {
    throw new Failure(
      `${name} is neither JSON nor YAML with a policy${fault === undefined ? "" : `: ${fault.message}`}`,
      "Give a policy as the AWS CLI prints it.",
    );
  }
  const json = value as FilePosition["value"];
  return new FilePosition({ name, value: json, positions: new Map(), duplicates: [] }, "$", json);
}

function refuseOthers(place: FilePosition, name: string): void {
  const has = (member: string) => place.member(member) !== undefined;
  const file = place.file.name;
  if (has("terraform_version") || has("planned_values")) {
    throw new Failure(
      `${file} is a plan or state of Terraform, which explain does not read`,
      "Save the policies in it as files of their own, or hold the program to the rules: pulumi convert --from terraform, then aws-identity-guardrails check",
    );
  }
  if (has("deployment") || has("steps") || has("sequence")) {
    const what = has("deployment") ? "a state of Pulumi (stack export)" : "a preview of Pulumi";
    throw new Failure(`${file} is ${what}`, `Ask about it with: aws-identity-guardrails check ${name}`);
  }
}
