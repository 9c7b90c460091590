import assert from "node:assert/strict";
import type { Resource } from "../../../policypack/model/resources/resource";
import type { Outcome } from "../../../policypack/rules/authoring/rule";
import { type Config, Engine, type Told } from "../asked";
import { urnOf } from "../requests";
import { lampOn, lampType } from "../rules";

const fuse = urnOf("test:index:Fuse", "cellar");

/** Finds every lamp, by a cause that all lamps of one floor share; none where a lamp stands on no floor. */
const rule = {
  ...lampOn,
  phases: ["stack"] as const,
  *check({ urn, type, name, properties }: Resource): Iterable<Outcome> {
    if (type !== lampType) return;
    const key = properties.floor;
    const cause = typeof key === "string" ? { cause: { urn: fuse, key } } : {};
    const subject = `lamp "${name}"`;
    yield { kind: "finding", urn, subject, what: `The ${subject} is on.`, why: "It is.", fix: "Pull it.", ...cause };
  },
};

function lamp(name: string, floor?: string) {
  return { type: lampType, name, inputs: floor === undefined ? {} : { floor } };
}

function told(resources: readonly ReturnType<typeof lamp>[], config: Config = {}): Promise<Told[]> {
  return new Engine({ rules: [rule], config }).preview(resources);
}

function headline({ level, urn, message }: Told): string {
  return `${level} ${urn.split("::").at(-1)}: ${message.split("\nWhy", 1)[0]?.replace(/\s+/g, " ")}`;
}

describe("findings that one mend ends", () => {
  it("are one finding at what is to be mended", async () => {
    assert.deepEqual((await told([lamp("b", "first"), lamp("a", "first")])).map(headline), [
      'mandatory cellar: 2 lamps: a and b. For example: The lamp "a" is on.',
    ]);
  });

  it("name five subjects and count the rest", async () => {
    const sixty = Array.from({ length: 60 }, (_, index) => lamp(`lamp-${index + 10}`, "first"));
    assert.deepEqual((await told(sixty)).map(headline), [
      'mandatory cellar: 60 lamps: lamp-10, lamp-11, lamp-12, lamp-13, lamp-14 and 55 more. For example: The lamp "lamp-10" is on.',
    ]);
  });

  it("stay at their subject where there is but one", async () => {
    assert.deepEqual((await told([lamp("a", "first")])).map(headline), ['mandatory a: The lamp "a" is on.']);
  });

  it("are apart where the mends are", async () => {
    assert.deepEqual((await told([lamp("a", "first"), lamp("b", "second"), lamp("c"), lamp("d")])).map(headline), [
      'mandatory a: The lamp "a" is on.',
      'mandatory b: The lamp "b" is on.',
      'mandatory c: The lamp "c" is on.',
      'mandatory d: The lamp "d" is on.',
    ]);
  });

  it("lose a waived subject, which shows as waived", async () => {
    const waiver = { rule: "lamp-on", resource: "b", reason: "Needed until the move.", expires: "2026-06-20" };
    const all = await told([lamp("a", "first"), lamp("b", "first"), lamp("c", "first")], {
      settings: { waivers: [waiver] },
    });
    assert.deepEqual(all.map(headline).sort(), [
      'advisory b: The lamp "b" is on.',
      'mandatory cellar: 2 lamps: a and c. For example: The lamp "a" is on.',
    ]);
    assert.match(all.find(({ level }) => level === "advisory")?.message ?? "", /^Waived until: 2026-06-20/m);
  });

  it("are the same in the same order on every run", async () => {
    const lamps = [lamp("a", "first"), lamp("b", "first"), lamp("c", "second"), lamp("d", "second")];
    assert.deepEqual(await told([...lamps].reverse()), await told(lamps));
  });
});
