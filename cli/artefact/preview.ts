import type { InstalledSdks } from "../pulumi/installed-sdks";
import { packageOf } from "../pulumi/urn";
import { isObject, type Json, type JsonObject, UNKNOWN } from "../pulumi/values";
import { Failure } from "../terminal/failure";
import type { Artefact, IdentityOf } from "./artefact";
import { count } from "./export";
import { type Hidden, isRegistered, resourcesOf, type State, stateOf } from "./state";

export function isPreview(value: JsonObject): boolean {
  return Array.isArray(value.steps) || isObject(value.changeSummary) || Array.isArray(value.diagnostics);
}

/** Steps after which a resource is not there, and steps on what is no resource of the program (`deploy.StepOp` of Pulumi). */
const WITHOUT_RESOURCE: ReadonlySet<string> = new Set([
  ...["delete", "delete-replaced", "remove-pending-replace"],
  ...["read", "read-replacement", "read-discard", "discard", "discard-replaced"],
]);

/** Steps that leave a resource the one that it is. */
const KEEPING: ReadonlySet<string> = new Set(["same", "update", "refresh"]);

/**
 * The stack as it will be, in what `pulumi preview --json` prints: the last state of each resource that is not deleted.
 *
 * @param sdks tells which outputs a resource will have that is to be made
 * @throws Failure where a step is none
 */
export function readPreview(
  file: string,
  value: JsonObject,
  identityOf: IdentityOf,
  sdks: Pick<InstalledSdks, "propertiesOf">,
): Artefact {
  const hidden: Hidden = new Set();
  const steps = Array.isArray(value.steps) ? value.steps : [];
  const last = new Map<string, State>();
  for (const [index, step] of steps.entries()) {
    if (!isObject(step) || typeof step.op !== "string") {
      throw new Failure(`${file}: $.steps[${index}] is no step`, REPEAT);
    }
    if (WITHOUT_RESOURCE.has(step.op)) continue;
    const state = stateOf(step.newState, hidden);
    if (state === undefined) throw new Failure(`${file}: $.steps[${index}].newState is no resource`, REPEAT);
    const old = KEEPING.has(step.op) ? stateOf(step.oldState, new Set()) : undefined;
    if (isRegistered(state)) last.set(state.urn, withOutputs(state, old, sdks));
  }
  const states = [...last.values()];
  const config = new Map(
    Object.entries(isObject(value.config) ? value.config : {}).map(([key, text]) => [key, textOf(text)]),
  );
  const incomplete = incompleteness(value, steps);
  return {
    what: "the preview",
    identity: identityOf([...states.map(({ urn }) => urn), ...urnsIn(steps)], config),
    resources: resourcesOf(states, (packageName) => configurationOf(packageName, config)),
    notSeen: [
      ...(hidden.size === 0
        ? []
        : [`secrets of ${count(hidden.size, "resource")}, which the preview shows as [secret]: they count as unknown`]),
    ],
    ...(incomplete && { incomplete }),
  };
}

const REPEAT = "Make the preview again: pulumi preview --json --show-sames > FILE";

/** What becomes of a resource's outputs: as they are now where nothing else is said, and not known for one that is to be made. */
function withOutputs(state: State, old: State | undefined, sdks: Pick<InstalledSdks, "propertiesOf">): State {
  const { inputs, type } = state;
  if (Object.keys(state.outputs).length > 0) return state;
  if (old !== undefined) {
    const kept = Object.entries(old.outputs).filter(([name]) => name in inputs || !(name in old.inputs));
    return { ...state, outputs: { ...Object.fromEntries(kept), ...inputs } };
  }
  const promised = state.custom ? sdks.propertiesOf(type).outputs.filter((name) => !(name in inputs)) : [];
  return { ...state, outputs: { ...inputs, ...Object.fromEntries(promised.map((name) => [name, UNKNOWN])) } };
}

/** Why resources of the stack are missing. */
function incompleteness(value: JsonObject, steps: readonly Json[]): Artefact["incomplete"] {
  const error = errorIn(value);
  if (error !== undefined) {
    return { because: `it failed: ${error}`, fix: "Mend what the preview reports, and make it again." };
  }
  if (!isObject(value.changeSummary)) {
    return { because: "it was ended before its summary", fix: REPEAT };
  }
  const same = Number(value.changeSummary.same ?? 0);
  const shown = steps.filter((step) => isObject(step) && step.op === "same").length;
  if (same <= shown) return undefined;
  return {
    because: `${count(same - shown, "unchanged resource")} of the stack ${same - shown === 1 ? "is" : "are"} left out`,
    fix: REPEAT,
  };
}

function errorIn({ diagnostics }: JsonObject): string | undefined {
  const all = Array.isArray(diagnostics) ? diagnostics : [];
  const error = all.find((diagnostic) => isObject(diagnostic) && diagnostic.severity === "error");
  if (!isObject(error)) return undefined;
  const [line = ""] = textOf(error.message ?? "")
    .trim()
    .split("\n");
  return line;
}

/** The URNs of all steps: of a stack that is deleted too. */
function urnsIn(steps: readonly Json[]): readonly string[] {
  return steps.flatMap((step) => (isObject(step) && typeof step.urn === "string" ? [step.urn] : []));
}

/** The properties of a package's default provider: what the stack configures for the package. */
function configurationOf(packageName: string, config: ReadonlyMap<string, string>): JsonObject {
  const entries = [...config].filter(([key]) => packageOf(key) === packageName);
  return Object.fromEntries(
    entries.map(([key, text]) => [key.slice(packageName.length + 1), text === "[secret]" ? UNKNOWN : text]),
  );
}

function textOf(value: Json): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
