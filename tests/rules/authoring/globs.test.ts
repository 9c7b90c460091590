import assert from "node:assert/strict";
import { matchesGlob } from "../../../policypack/rules/authoring/globs";

describe("globs of the configuration", () => {
  it("matches a literal name", () => assert.equal(matchesGlob("admins", "admins"), true));
  it("does not match a longer name", () => assert.equal(matchesGlob("admins2", "admins"), false));
  it("minds letter case", () => assert.equal(matchesGlob("Admins", "admins"), false));
  it("lets * be any run", () => assert.equal(matchesGlob("team-a-admins", "team-*-admins"), true));
  it("lets * be nothing", () => assert.equal(matchesGlob("admins", "admins*"), true));
  it("wants what follows *", () => assert.equal(matchesGlob("team-a-users", "team-*-admins"), false));
  it("goes back to an earlier *", () => assert.equal(matchesGlob("a-b-ab", "*-ab"), true));
  it("lets ? be one character", () => assert.equal(matchesGlob("admin1", "admin?"), true));
  it("does not let ? be nothing", () => assert.equal(matchesGlob("admin", "admin?"), false));
  it("takes brackets and dots literally", () => assert.equal(matchesGlob("a.b", "a[.]b"), false));
  it("ends soon on a hostile glob", () => assert.equal(matchesGlob("a".repeat(20000), `${"*a".repeat(50)}b`), false));
});
