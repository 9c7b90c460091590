import { flagOf, numberOf, textOf } from "../resources/read";
import type { ReadFault } from "../resources/read-fault";
import type { Resource } from "../resources/resource";
import { known, map } from "../resources/value";
import type { Password } from "../subjects/identities";
import type { PasswordPaths } from "../types";

/** A value that CloudFormation fetches when it makes the resource ("Using dynamic references to specify template values"). */
const dynamicReference = /^\{\{resolve:/;

/** What a login profile says of its password. */
export function passwordOf(resource: Resource, paths: PasswordPaths, faults: ReadFault[] = []): Password {
  const resetRequired = map(flagOf(resource, paths.resetRequired, faults), (flag) => flag === true);
  if ("pgpKey" in paths) {
    const key = textOf(resource, paths.pgpKey, faults);
    return {
      resetRequired,
      // A key that is still to come is a key all the same.
      isEncrypted: known(!key.known || (key.value ?? "") !== ""),
      length: numberOf(resource, paths.length, faults),
    };
  }
  const text = textOf(resource, paths.text, faults);
  return {
    resetRequired,
    isEncrypted: map(text, isFetched),
    length: map(text, (password) => (isFetched(password) ? undefined : password?.length)),
  };
}

function isFetched(password: string | undefined): boolean {
  return password !== undefined && dynamicReference.test(password);
}
