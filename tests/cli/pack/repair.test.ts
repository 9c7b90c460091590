import assert from "node:assert/strict";
import { repairInWords } from "../../../cli/pack/repair";
import { secret } from "../../../cli/pulumi/values";

describe("a repair in words", () => {
  it("names what was set, and what was removed", () => {
    assert.equal(
      repairInWords(
        { hardExpiry: true, maxPasswordAge: 365, minimumPasswordLength: 14 },
        { maxPasswordAge: 90, minimumPasswordLength: 14, requireSymbols: true },
        "Passwords are strong.",
      ),
      "Repaired: hardExpiry removed, maxPasswordAge 90, requireSymbols true (Passwords are strong.)",
    );
  });

  it("shows no secret", () => {
    const text = repairInWords({}, { password: secret("planted") }, "A password is set.");
    assert.equal(text, 'Repaired: password "[secret]" (A password is set.)');
  });
});
