import assert from "node:assert/strict";
import { run } from "../command";
import type { TemporaryFolder } from "../temporary-folder";
import { temporaryProgram } from "../temporary-program";

const SDKS = 'const aws = require("@pulumi/aws");\nconst pulumi = require("@pulumi/pulumi");\n';
const CIPHER = "secure: AAABAFgcnC0PAtPnKk4rtDS3QWQHk2nWyiUdSVK48Ff+UUvtJg==";

describe("check of a program that asks for what is not there", function () {
  this.timeout(120_000);
  let folder: TemporaryFolder;
  afterEach(() => folder.remove());

  async function checked(code: string, files: Readonly<Record<string, string>> = {}, ...flags: string[]) {
    folder = temporaryProgram(code, files);
    const ran = await run(["check", folder.path, ...flags], { PULUMI_CONFIG_PASSPHRASE: "" });
    return { ...ran, error: ran.stderr.replaceAll(folder.path, "DIR") };
  }

  describe("of the configuration", () => {
    it("names every missing key at once", async () => {
      const { code, error } = await checked(`${SDKS}
        const config = new pulumi.Config();
        const team = new pulumi.Config("team");
        new aws.iam.User(config.require("first"), { path: team.require("path") });
        new aws.iam.User(team.requireSecret("owner"));
      `);
      assert.equal(code, 2);
      assert.match(
        error,
        /\nGive them for this run with --config shop:first=VALUE --config team:path=VALUE --config team:owner=VALUE, or in the stack's configuration\.\n$/,
      );
    });

    it("names one", async () => {
      const { error } = await checked(`${SDKS} new aws.iam.User(new pulumi.Config().require("owner"));`);
      assert.match(
        error,
        /\nGive it for this run with --config shop:owner=VALUE, or in the stack's configuration\.\n$/,
      );
    });

    it("takes two encrypted values for two", async () => {
      const { code, stdout } = await checked(
        `${SDKS} for (const person of new pulumi.Config().requireObject("crew")) new aws.iam.User("crew-" + person);`,
        { "Pulumi.dev.yaml": `config:\n  shop:crew:\n    - ${CIPHER}\n    - ${CIPHER.replace("AAABAF", "AAABAM")}\n` },
      );
      assert.equal(code, 0);
      assert.match(stdout, /in 4 resources of shop\/dev\.\n$/);
    });

    it("reads an encrypted object, of which nothing is known", async () => {
      const { code, stdout, error } = await checked(
        `${SDKS}
          const crew = new pulumi.Config().requireSecretObject("crew");
          new aws.iam.User("lead", { name: crew.lead });
          new aws.iam.UserPolicyAttachment("lead", { user: "ann", policyArn: crew.apply(({ policy }) => policy) });
          new aws.iam.User("all", { name: "all", tags: { all: pulumi.jsonStringify(crew) } });
          crew.apply((people) => people.map((person, index) => new aws.iam.User("crew-" + index, { name: person })));
        `,
        { "Pulumi.dev.yaml": `config:\n  shop:crew:\n    ${CIPHER}\n` },
      );
      assert.equal(code, 0, error);
      assert.match(stdout, /undecided/);
      assert.match(stdout, /in 7 resources of shop\/dev\.\n$/);
    });

    it("names the environments that only Pulumi Cloud opens", async () => {
      const { stdout } = await checked(`${SDKS} new aws.iam.User("ann");`, {
        "Pulumi.dev.yaml": "environment:\n  - aws/prod\n  - shared: { merge: false }\n",
      });
      assert.match(
        stdout.replace(/\s+/g, " "),
        /what the environment aws\/prod configures, which .* imports: only Pulumi Cloud opens it/,
      );
      assert.match(stdout.replace(/\s+/g, " "), /what the environment shared configures/);
    });
  });

  describe("of providers", () => {
    it("goes on with a text that is not known as JSON", async () => {
      const { code, error } = await checked(`${SDKS}
        module.exports = async () => {
          const image = await aws.ssm.getParameter({ name: "/aws/service/ecs/optimized-ami/amazon-linux-2/recommended" });
          new aws.iam.User("porter", { tags: { image: JSON.parse(image.value).image_id } });
        };
      `);
      assert.equal(code, 0, error);
    });

    it("names the answer to give where a placeholder does not serve", async () => {
      const { code, error } = await checked(`${SDKS}
        module.exports = async () => {
          const { value } = await aws.ssm.getParameter({ name: "size" });
          if (!/^[0-9]+$/.test(value)) throw new Error("no size: " + value.slice(0, 14));
        };
      `);
      assert.equal(code, 2);
      assert.match(
        error,
        /\nThe program works on with a value that check does not have, and got a placeholder for it\. Give it:\n {2}--answers FILE with \{"aws:ssm\/getParameter:getParameter":\{.*"value":"…"/,
      );
    });

    it("knows several zones of a region", async () => {
      const { code, error } = await checked(`${SDKS}
        module.exports = async () => {
          const { names } = await aws.getAvailabilityZones({ state: "available" });
          if (names.length < 2) throw new Error("two zones are needed");
        };
      `);
      assert.equal(code, 0, error);
    });

    it("has the region that is given, or the environment's", async () => {
      const code = `${SDKS} if (aws.config.requireRegion() !== "us-west-2") throw new Error("elsewhere");`;
      assert.equal((await checked(code, {}, "--region", "us-west-2")).code, 0);
      const ran = await run(["check", folder.path], { AWS_REGION: "us-west-2" });
      assert.equal(ran.code, 0, ran.stderr);
      assert.match((await run(["check", folder.path])).stderr, /\nSay where it would run: --region NAME\.\n$/);
    });
  });

  describe("of its own files", () => {
    it("names the command that installs a missing module, as the lock file says", async () => {
      const files = { "package-lock.json": "{}" };
      const { code, error } = await checked('require("lodash-nowhere");', files);
      assert.equal(code, 2);
      assert.match(error, /\nInstall the program's dependencies: npm ci in DIR\n$/);
      folder.remove();
      assert.match(
        (await checked('require("lodash-nowhere");', { "yarn.lock": "" })).error,
        /: yarn install in DIR\n$/,
      );
    });

    it("names the build that makes a missing file", async () => {
      const manifest = '{ "name": "shop", "main": "index.js", "scripts": { "build": "tsc" } }';
      const { error } = await checked('require("./bin/shop.js");', { "package.json": manifest });
      assert.match(error, /\nBuild the program: npm run build in DIR\n$/);
      folder.remove();
      assert.match(
        (await checked('require("./bin/shop.js");')).error,
        /\nMend the program; its own error is shown here\.\n$/,
      );
    });

    it("names the build where Pulumi.yaml leads to nothing", async () => {
      const { code, error } = await checked("", { "Pulumi.yaml": "name: shop\nruntime: nodejs\nmain: bin/\n" });
      assert.equal(code, 2);
      assert.equal(
        error,
        'error: DIR/Pulumi.yaml: "main" is bin/, which does not exist\n\nBuild the program, as with npm run build, or correct the path.\n',
      );
    });
  });
});
