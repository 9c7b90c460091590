import assert from "node:assert/strict";
import { notYet } from "../../../policypack/iam/language/document";
import {
  flagOf,
  isInput,
  numberOf,
  placesOf,
  sourcesOf,
  tagsOf,
  textOf,
} from "../../../policypack/model/resources/read";
import type { ReadFault } from "../../../policypack/model/resources/read-fault";
import { resource, urn } from "../resource";

const thing = "acme:index:Thing";

describe("reading a property", () => {
  it("gives a text", () => {
    assert.deepEqual(textOf(resource(thing, "t", { name: "alice" }), "name"), { known: true, value: "alice" });
  });

  it("gives undefined for one left out", () => {
    assert.deepEqual(textOf(resource(thing, "t", {}), "name"), { known: true, value: undefined });
  });

  it("takes null for left out", () => {
    assert.deepEqual(placesOf(resource(thing, "t", { name: null }), "name"), [
      { path: "name", value: { known: true, value: undefined } },
    ]);
  });

  it("says of one not known yet which it is and what it comes from", () => {
    const record = resource(thing, "t", { name: notYet }, { from: { name: [urn(thing, "source")] } });
    assert.deepEqual(textOf(record, "name"), {
      known: false,
      waiting: { urn: urn(thing, "t"), property: "name", on: [urn(thing, "source")] },
    });
  });

  it("knows nothing of what is inside an object not known yet", () => {
    const record = resource(thing, "t", { profile: notYet });
    assert.deepEqual(textOf(record, "profile.password"), {
      known: false,
      waiting: { urn: urn(thing, "t"), property: "profile", on: [] },
    });
  });

  it("does not take what an object inherits for a property", () => {
    assert.deepEqual(placesOf(resource(thing, "t", {}), "constructor"), [
      { path: "constructor", value: { known: true, value: undefined } },
    ]);
  });
});

describe("types of properties", () => {
  it("reads a number from its text", () => {
    assert.deepEqual(numberOf(resource(thing, "t", { age: "90" }), "age"), { known: true, value: 90 });
  });

  it("reports a text that is no number", () => {
    const faults: ReadFault[] = [];
    assert.deepEqual(numberOf(resource(thing, "t", { age: "ninety" }), "age", faults), {
      known: true,
      value: undefined,
    });
    assert.deepEqual(faults, [
      {
        where: "age",
        message: "is a string, where a number is expected",
        fix: "Give a number for age.",
        effect: "unreadable",
      },
    ]);
  });

  it("reads a flag from its text, as explicit providers carry it", () => {
    assert.deepEqual(flagOf(resource(thing, "t", { strict: "false" }), "strict"), { known: true, value: false });
  });

  it("reports a flag that is neither, and leaves the value out of the message", () => {
    const faults: ReadFault[] = [];
    flagOf(resource(thing, "t", { strict: "hunter2" }), "strict", faults);
    assert.equal(faults.length, 1);
    assert.doesNotMatch(JSON.stringify(faults), /hunter2/);
  });

  it("reads a text from a number, as YAML gives account ids", () => {
    assert.deepEqual(textOf(resource(thing, "t", { name: 42 }), "name"), { known: true, value: "42" });
  });

  it("reports a list where a text belongs", () => {
    const faults: ReadFault[] = [];
    textOf(resource(thing, "t", { name: ["alice"] }), "name", faults);
    assert.equal(faults[0]?.message, "is a list, where a text is expected");
  });
});

describe("lists", () => {
  it("are one place for each element", () => {
    const record = resource(thing, "t", { policies: [{ name: "a" }, { name: notYet }] });
    assert.deepEqual(
      placesOf(record, "policies[].name").map(({ path, value }) => [path, value.known]),
      [
        ["policies[0].name", true],
        ["policies[1].name", false],
      ],
    );
  });

  it("are no place when left out", () => {
    assert.deepEqual(placesOf(resource(thing, "t", {}), "policies[].name"), []);
  });

  it("are one place not known yet when the list is", () => {
    const places = placesOf(resource(thing, "t", { policies: notYet }), "policies[].name");
    assert.deepEqual(
      places.map(({ path, value }) => [path, value.known]),
      [["policies", false]],
    );
  });

  it("keep an element that is not known yet", () => {
    const places = placesOf(resource(thing, "t", { groups: ["a", notYet] }), "groups[]");
    assert.deepEqual(
      places.map(({ path, value }) => [path, value.known]),
      [
        ["groups[0]", true],
        ["groups[1]", false],
      ],
    );
  });

  it("are a fault where a single text stands", () => {
    const faults: ReadFault[] = [];
    assert.deepEqual(placesOf(resource(thing, "t", { groups: "admins" }), "groups[]", faults), []);
    assert.equal(faults[0]?.message, "is a string, where a list is expected");
  });
});

describe("tags", () => {
  it("are read from an object", () => {
    assert.deepEqual(tagsOf(resource(thing, "t", { tags: { team: "blue" } }), "tags"), {
      known: true,
      value: { team: "blue" },
    });
  });

  it("are read from a list of keys and values", () => {
    assert.deepEqual(tagsOf(resource(thing, "t", { tags: [{ key: "team", value: "blue" }] }), "tags"), {
      known: true,
      value: { team: "blue" },
    });
  });

  it("are not known yet as soon as one of them is not", () => {
    const record = resource(thing, "t", { tags: { team: notYet, stage: "dev" } });
    assert.deepEqual(tagsOf(record, "tags"), {
      known: false,
      waiting: { urn: urn(thing, "t"), property: "tags", on: [] },
    });
  });
});

describe("what a property was made from", () => {
  const record = resource(thing, "t", { trust: notYet }, { from: { trust: [urn(thing, "source")] } });

  it("is what the engine tells of it, the whole property standing for its parts", () => {
    assert.deepEqual(sourcesOf(record, "trust.Statement[0]"), [urn(thing, "source")]);
  });

  it("is nothing where the engine tells nothing, whatever the resource depends on besides", () => {
    assert.deepEqual(sourcesOf({ ...record, dependencies: [urn(thing, "other")] }, "name"), []);
  });
});

describe("inputs", () => {
  const role = resource(thing, "t", { trust: notYet, policies: notYet }, { from: { trust: [urn(thing, "source")] } });

  it("are what was shown before the step, and outputs the rest", () => {
    const shown = { ...role, inputs: { policies: notYet } };
    assert.equal(isInput(shown, "policies[].policy"), true);
    assert.equal(isInput(shown, "trust"), false);
  });

  it("are what comes from another resource where nothing was shown before", () => {
    assert.equal(isInput(role, "trust"), true);
    assert.equal(isInput(role, "policies[].policy"), false);
  });
});
