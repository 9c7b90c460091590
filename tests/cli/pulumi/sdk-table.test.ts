import assert from "node:assert/strict";
import { tmpdir } from "node:os";
import { InstalledSdks } from "../../../cli/pulumi/installed-sdks";
import { sdkTable } from "../../../cli/pulumi/sdk-table";
import { awsSdkTable } from "../../../tools/generate/aws-sdk";

describe("the table of what @pulumi/aws declares", function () {
  this.timeout(60_000);

  it("is what the pinned release declares (npm run generate)", () => {
    assert.deepEqual(sdkTable(), JSON.parse(JSON.stringify(awsSdkTable())));
  });

  it("stands in where no SDK is installed", () => {
    const sdks = new InstalledSdks(tmpdir());
    assert.deepEqual([...sdks.propertiesOf("aws:iam/accessKey:AccessKey").inputs].sort(), ["pgpKey", "status", "user"]);
    assert.equal(sdks.resultOf("aws:iam/getRole:getRole")?.arn, "text");
    assert.deepEqual(sdks.resultOf("aws:iam/getRoles:getRoles")?.arns, ["text"]);
    assert.equal(sdks.resultOf("acme:index:getThing"), undefined);
  });
});
