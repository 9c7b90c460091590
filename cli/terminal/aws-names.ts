import { InvalidArgumentError } from "commander";

/** An option that is an account id. */
export function accountId(text: string): string {
  if (!/^\d{12}$/.test(text)) throw new InvalidArgumentError("An account id has 12 digits.");
  return text;
}

/** "AWS Regions" (AWS Global Infrastructure): names such as eu-west-1, us-gov-west-1 and eusc-de-east-1. */
export function regionName(text: string): string {
  if (!/^[a-z]{2,4}(-[a-z]+)+-\d+$/.test(text))
    throw new InvalidArgumentError("A region has a name such as eu-west-1.");
  return text;
}
