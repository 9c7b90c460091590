import {
  type Condition,
  notYet,
  type PolicyKind,
  type PrincipalElement,
  type Selection,
  type Statement,
  type TrustedPrincipal,
} from "./document";
import { elementsOf, type FaultList, isRecord } from "./fault";
import { childPath } from "./json";
import { parseOperator } from "./operator";

const elementNames = [
  "Sid",
  "Effect",
  "Principal",
  "NotPrincipal",
  "Action",
  "NotAction",
  "Resource",
  "NotResource",
  "Condition",
] as const;

/**
 * One statement in normal form. Undefined when it can neither allow nor deny anything because AWS would refuse the whole
 * document; the fault says so.
 * "Grammar of the IAM JSON policy language" (IAM User Guide).
 */
export function readStatement(
  entry: Readonly<Record<string, unknown>>,
  path: string,
  kind: PolicyKind,
  faults: FaultList,
): Statement | undefined {
  const elements = elementsOf(entry, path, elementNames, faults);
  const effect = readEffect(elements.get("Effect"), path, faults);
  const action = readSelection("Action", elements, path, faults);
  const resource = readResource(elements, path, kind, faults);
  const principal = readPrincipal(elements, path, kind, faults);
  const conditions = readConditions(elements.get("Condition"), childPath(path, "Condition"), faults);
  if (effect === undefined || action === undefined || resource === undefined || conditions === undefined)
    return undefined;
  for (const value of action.values) checkAction(value, path, action, faults);
  return { path, effect, action, resource, conditions, ...(principal === undefined ? {} : { principal }) };
}

function readEffect(value: unknown, path: string, faults: FaultList): Statement["effect"] | undefined {
  if (value === "Allow" || value === "Deny" || value === notYet) return value;
  const what = value === undefined ? "the statement has no Effect" : "Effect must be exactly Allow or Deny";
  // A reader takes "allow" or "denY" for what it looks like; here it is neither.
  faults.add("hides", childPath(path, "Effect"), `${what}, so AWS refuses the policy`, 'write "Allow" or "Deny"');
  return undefined;
}

function readSelection(
  name: "Action" | "Resource",
  elements: ReadonlyMap<string, unknown>,
  path: string,
  faults: FaultList,
): Selection | undefined {
  const inverse = `Not${name}`;
  if (elements.has(name) === elements.has(inverse)) {
    const what = elements.has(name) ? `${name} and ${inverse} exclude each other` : `the statement has no ${name}`;
    faults.add("refused", path, `${what}, so AWS refuses the policy`, `keep exactly one of ${name} and ${inverse}`);
    return undefined;
  }
  const inverted = elements.has(inverse);
  const here = childPath(path, inverted ? inverse : name);
  const { values, open } = readValues(elements.get(inverted ? inverse : name), here, faults);
  if (values.length === 0 && !open) faults.add("refused", here, "an empty list", "name at least one value");
  return { inverted, values, open };
}

function readResource(
  elements: ReadonlyMap<string, unknown>,
  path: string,
  kind: PolicyKind,
  faults: FaultList,
): Selection | undefined {
  if (kind !== "trust") return readSelection("Resource", elements, path, faults);
  if (elements.has("Resource") || elements.has("NotResource"))
    faults.add("refused", path, "a trust policy has no Resource: it stands on the role itself", "remove it");
  return { inverted: false, values: ["*"], open: false };
}

/** Strings of an element that takes one or several; numbers and booleans count as the text that they are written with. */
function readValues(value: unknown, path: string, faults: FaultList): { values: string[]; open: boolean } {
  const values: string[] = [];
  let open = false;
  for (const item of Array.isArray(value) ? value : [value]) {
    if (item === notYet) open = true;
    else if (typeof item === "string") values.push(item);
    else if (typeof item === "number" || typeof item === "boolean") values.push(String(item));
    else faults.add("refused", path, "a string or a list of strings belongs here", "write the value in double quotes");
  }
  return { values, open };
}

/** A service prefix has no wildcard ("IAM JSON policy elements: Action", IAM User Guide); other than that it is analysed as written. */
function checkAction(value: string, path: string, { inverted }: Selection, faults: FaultList): void {
  const here = childPath(path, inverted ? "NotAction" : "Action");
  if (value === "*" || value === "*:*") return;
  const [service, name, ...rest] = value.split(":");
  if (name === undefined || name === "" || rest.length > 0 || service === "" || /[*?]/.test(service ?? ""))
    faults.add("refused", here, `"${value}" is no action`, 'write "service:Action"; wildcards belong after the colon');
  else if (/[\s,]/.test(value))
    faults.add(
      "refused",
      here,
      `"${value}" holds a blank or a comma and matches nothing`,
      "write each action by itself",
    );
}

const principalTypes = ["AWS", "Service", "Federated", "CanonicalUser"] as const;

/** "AWS JSON policy elements: Principal" and "… NotPrincipal" (IAM User Guide). */
function readPrincipal(
  elements: ReadonlyMap<string, unknown>,
  path: string,
  kind: PolicyKind,
  faults: FaultList,
): PrincipalElement | undefined {
  const inverted = elements.has("NotPrincipal");
  const here = childPath(path, inverted ? "NotPrincipal" : "Principal");
  const wanted = kind === "trust" || kind === "resource";
  const present = inverted || elements.has("Principal");
  if (!wanted) {
    if (present)
      faults.add("refused", here, "a policy of this kind has no principal: it stands on who asks", "remove it");
    return undefined;
  }
  if (!present) {
    faults.add("refused", path, "the statement has no Principal", 'add one, such as {"Service": "ec2.amazonaws.com"}');
    return { inverted: false, entries: [], open: false };
  }
  if (inverted && elements.has("Principal"))
    faults.add("refused", path, "Principal and NotPrincipal exclude each other", "keep one of them");
  const value = elements.get(inverted ? "NotPrincipal" : "Principal");
  if (value === notYet) return { inverted, entries: [], open: true };
  if (value === "*") return { inverted, entries: [{ type: "*", value: "*" }], open: false };
  if (!isRecord(value)) {
    faults.add("refused", here, 'a principal is "*" or an object', 'write {"AWS": "arn:..."} or {"Service": "..."}');
    return { inverted, entries: [], open: false };
  }
  const entries: TrustedPrincipal[] = [];
  let open = false;
  for (const [type, listed] of elementsOf(value, here, principalTypes, faults)) {
    const values = readValues(listed, childPath(here, type), faults);
    open ||= values.open;
    const known = principalTypes.find((name) => name === type);
    if (known !== undefined) for (const each of values.values) entries.push({ type: known, value: each });
  }
  return { inverted, entries, open };
}

/** Undefined when the element makes AWS refuse the policy in a way that leaves no meaning. */
function readConditions(value: unknown, path: string, faults: FaultList): readonly Condition[] | undefined {
  if (value === undefined) return [];
  if (value === notYet) return [{ path, operator: "", key: "", values: [], open: true }];
  if (!isRecord(value)) {
    faults.add("refused", path, "Condition must be an object", 'write {"operator": {"key": "value"}}');
    return undefined;
  }
  return Object.keys(value).flatMap((operator) =>
    readOperator(operator, value[operator], childPath(path, operator), faults),
  );
}

function readOperator(operator: string, value: unknown, path: string, faults: FaultList): readonly Condition[] {
  const parsed = parseOperator(operator);
  if (parsed === undefined)
    faults.add("refused", path, `"${operator}" is no condition operator`, "use an operator of the IAM User Guide");
  else if (parsed.canonical !== operator)
    faults.add("refused", path, `"${operator}" is not spelt as AWS wants it`, `write "${parsed.canonical}"`);
  if (value === notYet) return [{ path, operator, key: "", values: [], open: true }];
  if (!isRecord(value)) {
    faults.add("refused", path, "an operator takes an object of keys and values", 'write {"key": "value"}');
    return [{ path, operator: "", key: "", values: [], open: true }];
  }
  return Object.keys(value).map((key) => {
    const here = childPath(path, key);
    const { values, open } = readValues(value[key], here, faults);
    if (values.length === 0 && !open)
      faults.add("refused", here, "a condition key without values", "name at least one");
    return { path: here, operator, key: key.toLowerCase(), values, open };
  });
}
