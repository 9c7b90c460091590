import assert from "node:assert/strict";
import { frameIn, positionIn } from "../../../cli/pulumi/source-position";

const at = (uri: string) => ({ uri, line: 3, column: 7 });

describe("the place of a resource in its project", () => {
  it("is relative to the project's folder", () => {
    assert.deepEqual(positionIn("/srv/shop", [at("file:///srv/shop/lib/users.ts")]), {
      file: "lib/users.ts",
      line: 3,
      column: 7,
    });
    assert.equal(positionIn("/srv/shop", [at("project:///main.go")])?.file, "main.go");
    assert.equal(positionIn("/srv/my shop", [at("file:///srv/my%20shop/a.ts")])?.file, "a.ts");
  });

  it("is where a component of a library is made", () => {
    const frames = [at("file:///srv/shop/node_modules/team/index.js"), at("file:///srv/shop/index.ts")];
    assert.equal(positionIn("/srv/shop", frames)?.file, "index.ts");
  });

  it("is found where the SDK took the address of a file for a path", () => {
    const esm = (file: string) => at(`file:///srv/shop/file:${file}`);
    assert.equal(positionIn("/srv/shop", [esm("/srv/shop/lib/users.ts")])?.file, "lib/users.ts");
    assert.equal(positionIn("/srv/shop", [esm("/srv/other/users.ts"), esm("/srv/shop/index.ts")])?.file, "index.ts");
  });

  it("is unknown outside of it", () => {
    assert.equal(positionIn("/srv/shop", [at("file:///srv/other/index.ts")]), undefined);
    assert.equal(positionIn("/srv/shop", [at("project:///../../etc/passwd")]), undefined);
    assert.equal(positionIn("/srv/shop", [at("project:///%2E%2E/lib/users.ts")]), undefined);
    assert.equal(positionIn("/srv/shop", [at("no address")]), undefined);
    assert.equal(positionIn("/srv/shop", []), undefined);
  });

  it("is read from a state", () => {
    assert.deepEqual(frameIn("project:///index.ts#12,5"), { uri: "project:///index.ts", line: 12, column: 5 });
    assert.equal(frameIn("project:///index.ts"), undefined);
    assert.equal(frameIn(""), undefined);
  });
});
