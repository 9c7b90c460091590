import { notYet } from "../../policypack/iam/language/document";
import { defineRule, type Level, type Outcome, type Severity } from "../../policypack/rules/authoring/rule";

/** A resource type that only these rules look at. */
export const lampType = "test:index:Lamp";

const described = {
  rationale: "Lamps are on by mistake.",
  remediation: "Switch it off.",
  controls: [
    { framework: "Lamp Code", version: "2", id: "L-1" },
    { framework: "House Rules", version: "3", id: "H-7" },
  ],
  examples: { fail: [], pass: [], undecided: [] },
} as const;

interface Kind {
  readonly id: string;
  readonly level: Level;
  readonly severity: Severity;
  /** Property that must not be true. */
  readonly property: string;
}

/** A rule about one property of a lamp: true is found, unknown is undecided. */
export function lampRule({ id, level, severity, property }: Kind) {
  return defineRule({
    ...described,
    id,
    title: `Lamps are not ${property}`,
    level,
    severity,
    options: {
      watts: { type: "integer", description: "Most watts.", default: 40, minimum: 1, maximum: 100 },
      colours: { type: "strings", description: "Colours allowed.", default: ["white"] },
      mood: { type: "string", description: "Mood.", enum: ["calm", "bright"], default: "calm" },
      owner: { type: "string", description: "Whose lamp it is." },
      strict: { type: "boolean", description: "Whether dim counts.", default: false },
    },
    on: "resource",
    *check({ urn, type, name, properties }, { options }): Iterable<Outcome> {
      if (type !== lampType) return;
      const subject = `lamp "${name}"`;
      if (properties[property] === notYet) {
        const waiting = [{ urn, property, on: [] }];
        yield { kind: "undecided", urn, subject, because: `${property} is not known yet`, waiting };
      }
      if (properties[property] === true) {
        yield {
          kind: "finding",
          urn,
          subject,
          what: `The lamp "${name}" is ${property}.`,
          why: `It may use ${options.watts} watts in ${options.colours.join(" and ")}, ${options.mood}.`,
          fix: `Set ${property}: false.`,
        };
      }
    },
  });
}

export const lampOn = lampRule({ id: "lamp-on", level: "mandatory", severity: "high", property: "on" });
export const lampDim = lampRule({ id: "lamp-dim", level: "advisory", severity: "low", property: "dim" });
export const lampHot = lampRule({ id: "lamp-hot", level: "mandatory", severity: "critical", property: "hot" });
/** Waits for the same property as `lampOn`, and matters more. */
export const lampOnAtNight = lampRule({
  id: "lamp-on-at-night",
  level: "advisory",
  severity: "critical",
  property: "on",
});

/** Finds every lamp that is on, but only ever advises. */
export const lampAdvice = defineRule({
  ...described,
  id: "lamp-advice",
  title: "Lamps are off",
  level: "mandatory",
  severity: "medium",
  options: {},
  on: "resource",
  *check({ urn, type, name }): Iterable<Outcome> {
    if (type !== lampType) return;
    const what = `The lamp "${name}" is a lamp.`;
    yield { kind: "finding", urn, subject: name, what, why: "It is.", fix: "Take a candle.", ceiling: "advisory" };
  },
});

/** Throws at every lamp named "broken", with its secret in the error; finds every other one. */
export const lampThrows = defineRule({
  ...described,
  id: "lamp-throws",
  title: "Lamps can be examined",
  level: "mandatory",
  severity: "high",
  options: {},
  on: "resource",
  *check({ urn, type, name, properties }): Iterable<Outcome> {
    if (type !== lampType) return;
    yield { kind: "finding", urn, subject: name, what: `Looked at "${name}".`, why: "It is a lamp.", fix: "None." };
    if (name === "broken") throw new TypeError(`cannot read ${properties.password}`);
  },
});

/** Dims every lamp over 40 watts. */
export const lampWatts = defineRule({
  ...described,
  id: "lamp-watts",
  title: "Lamps use few watts",
  level: "mandatory",
  severity: "medium",
  options: { most: { type: "integer", description: "Most watts.", default: 40 } },
  on: "resource",
  *check({ urn, type, name, properties }, { options }): Iterable<Outcome> {
    const { watts } = properties;
    if (type !== lampType || typeof watts !== "number" || watts <= options.most) return;
    yield {
      kind: "finding",
      urn,
      subject: name,
      what: `${watts} watts.`,
      why: "Too many.",
      fix: `Use ${options.most}.`,
    };
  },
  remediate({ type, properties }, { options }) {
    const { watts } = properties;
    if (type !== lampType) return {};
    if (watts === "crash") throw new RangeError("secret-in-error");
    return typeof watts === "number" && watts > options.most ? { watts: options.most } : {};
  },
});

/** Finds nothing, and notes the identities that it is asked about before creation. */
export function askedBeforeCreation(asked: string[]) {
  return defineRule({
    ...described,
    id: "asked-before-creation",
    title: "Identities are asked about",
    level: "mandatory",
    severity: "low",
    options: {},
    on: "identity",
    phases: ["creating"],
    check({ kind, name }): Iterable<Outcome> {
      asked.push(`${kind} ${name.known ? name.value : "?"}`);
      return [];
    },
  });
}
