import assert from "node:assert/strict";
import { join } from "node:path";
import { CHECKOUT } from "../checkout";
import { needsEngine } from "../suite";
import { Workspace } from "../workspace";
import { CheckoutCopy } from "./checkout-copy";
import { PulumiCloud } from "./server";

describe("npm run publish:pack", function () {
  needsEngine(this);
  let cloud: PulumiCloud;
  let checkout: CheckoutCopy;
  let workspace: Workspace;
  before(async () => {
    cloud = await PulumiCloud.start();
    checkout = new CheckoutCopy();
    workspace = await Workspace.open({ env: cloud.login, stack: "acme/dev" });
  });
  after(() => {
    workspace?.dispose();
    checkout?.dispose();
    cloud?.stop();
  });
  it("x", async () => {
    const r = await workspace.execute("npm", ["run", "publish:pack", "--", "acme"], checkout.folder);
    console.log(r.code, r.output);
    console.log(checkout.changes(), cloud.policies.packsJson());
  });
});
