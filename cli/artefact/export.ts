import { isObject, type Json, type JsonObject } from "../pulumi/values";
import { Failure } from "../terminal/failure";
import type { Artefact, IdentityOf } from "./artefact";
import { type Hidden, isRegistered, resourcesOf, stateOf } from "./state";

/** The version of the format that Pulumi has written since 2019, whatever its own version (`apitype.DeploymentV3`). */
const VERSION = 3;

export function isExport(value: JsonObject): boolean {
  return "deployment" in value || "checkpoint" in value;
}

/**
 * The stack in what `pulumi stack export` prints, or in a backend's own file of it.
 *
 * @param identityOf the names that a URN tells
 * @throws Failure for another version of the format
 */
export function readExport(file: string, value: JsonObject, identityOf: IdentityOf): Artefact {
  if (value.version !== VERSION) {
    throw new Failure(
      `${file} is an export of version ${JSON.stringify(value.version ?? null)}, where version ${VERSION} is read`,
      "Export the stack with a current Pulumi CLI: pulumi stack export --file FILE",
    );
  }
  const deployment = deploymentIn(value);
  const hidden: Hidden = new Set();
  const listed = Array.isArray(deployment.resources) ? deployment.resources : [];
  const states = listed.flatMap((entry: Json, index) => {
    const state = stateOf(entry, hidden);
    if (state === undefined) throw new Failure(`${file}: $.deployment.resources[${index}] is no resource`, REPEAT);
    return isRegistered(state) ? [state] : [];
  });
  const pending = Array.isArray(deployment.pending_operations) ? deployment.pending_operations.length : 0;
  return {
    what: "the export",
    identity: identityOf(states.map(({ urn }) => urn)),
    resources: resourcesOf(states, () => ({})),
    notSeen: [
      ...(hidden.size === 0
        ? []
        : [
            `secrets of ${count(hidden.size, "resource")}, encrypted in the export: they count as unknown (export with --show-secrets)`,
          ]),
    ],
    ...(pending === 0
      ? {}
      : {
          incomplete: {
            because: `${count(pending, "operation")} on the stack had no known end`,
            fix: "Run pulumi refresh, and export again.",
          },
        }),
  };
}

const REPEAT = "Export the stack again: pulumi stack export --file FILE";

function deploymentIn(value: JsonObject): JsonObject {
  if (isObject(value.deployment)) return value.deployment;
  return isObject(value.checkpoint) && isObject(value.checkpoint.latest) ? value.checkpoint.latest : {};
}

export function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? "" : "s"}`;
}
