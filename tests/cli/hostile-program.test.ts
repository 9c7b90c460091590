import assert from "node:assert/strict";
import { join } from "node:path";
import { run } from "./command";
import { temporaryProgram } from "./temporary-program";

/** The pack as a process of its own, as the engine starts it: in the process of check nobody reaches it. */
const PACK = join(__dirname, "..", "..", "policypack");

/** Makes an administrator, which blocks. */
const ADMIN = `
  const aws = require("@pulumi/aws");
  const group = new aws.iam.Group("admins", { name: "admins" });
  new aws.iam.GroupPolicyAttachment("all", { group: group.name, policyArn: "arn:aws:iam::aws:policy/AdministratorAccess" });
`;

/** Finds the pack's process and port as any program of the same user can. */
const FIND_PACK = `
  const { readdirSync, readFileSync, readlinkSync } = require("node:fs");
  const grpc = require("@grpc/grpc-js");
  const { AnalyzerService } = require("@pulumi/pulumi/proto/analyzer_grpc_pb");
  const messages = require("@pulumi/pulumi/proto/analyzer_pb");
  const text = (file) => { try { return readFileSync(file, "latin1"); } catch { return ""; } };
  const list = (folder) => { try { return readdirSync(folder); } catch { return []; } };
  const link = (file) => { try { return require("node:fs").readlinkSync(file); } catch { return ""; } };
  function packs() {
    return list("/proc").filter((pid) => {
      const [, script = "", , folder = ""] = text("/proc/" + pid + "/cmdline").split("\\0");
      // The pack of this very run: it was started by the process that started this one.
      const parent = (of) => text("/proc/" + of + "/stat").split(") ").pop().split(" ")[1];
      return /run-policy-pack/.test(script) && parent(pid) === String(process.ppid);
    });
  }
  function portOf(pid) {
    const inodes = new Set(list("/proc/" + pid + "/fd").map((fd) => link("/proc/" + pid + "/fd/" + fd)));
    const line = text("/proc/net/tcp").split("\\n").map((row) => row.trim().split(/\\s+/))
      .find((row) => row[3] === "0A" && inodes.has("socket:[" + row[9] + "]"));
    return line && parseInt(line[1].split(":")[1], 16);
  }
  async function packWithPort() {
    for (;;) {
      const pid = packs()[0];
      const port = pid && portOf(pid);
      if (port) return { pid, port };
      await new Promise((next) => setTimeout(next, 20));
    }
  }
`;

describe("a program that attacks the pack", () => {
  if (process.platform !== "linux") return;

  it("cannot switch it off: its Configure is refused, named, and the administrator blocks", async () => {
    const program = temporaryProgram(`
      ${FIND_PACK}
      module.exports = (async () => {
        const { port } = await packWithPort();
        const client = new grpc.Client("127.0.0.1:" + port, grpc.credentials.createInsecure());
        const request = new messages.ConfigureAnalyzerRequest();
        for (const name of ["all", "settings", "no-overbroad-group", "no-privilege-escalation"]) {
          const config = new messages.PolicyConfig();
          config.setEnforcementlevel(2);
          request.getPolicyconfigMap().set(name, config);
        }
        const { path, requestSerialize } = AnalyzerService.configure;
        const code = await new Promise((resolve) =>
          client.makeUnaryRequest(path, requestSerialize, (bytes) => bytes, request, (error) => resolve(error ? error.code : 0)));
        if (code !== 7) throw new Error("the pack answered " + code);
        ${ADMIN}
      })();
    `);
    const { code, stdout } = await run(["check", program.path, "--policy-pack", PACK]);
    program.remove();
    assert.equal(code, 1);
    assert.match(stdout, /BLOCKED {2}no-overbroad-group/);
    assert.match(stdout, /BLOCKED {2}settings/);
    assert.match(stdout, /Configure came\s+from a process\s+that is not the engine/);
  });

  it("cannot put another in its place: a pack that ends before its work is done is no pass", async () => {
    const program = temporaryProgram(`
      ${FIND_PACK}
      module.exports = (async () => {
        const { pid, port } = await packWithPort();
        // It has to serve the engine first, or the run ends for another reason.
        new (require("@pulumi/aws").iam.User)("first", { name: "first" });
        await new Promise((next) => setTimeout(next, 3000));
        process.kill(Number(pid), "SIGKILL");
        const empty = (call, callback) => callback(null, Buffer.alloc(0));
        const methods = Object.entries(AnalyzerService).map(([name, definition]) =>
          [name, { ...definition, requestDeserialize: (bytes) => bytes, responseSerialize: (bytes) => bytes }]);
        await new Promise((resolve) => {
          const bind = () => {
            const server = new grpc.Server();
            server.addService(Object.fromEntries(methods), Object.fromEntries(methods.map(([name]) => [name, empty])));
            server.bindAsync("127.0.0.1:" + port, grpc.ServerCredentials.createInsecure(),
              (error) => (error ? setTimeout(bind, 20) : resolve()));
          };
          bind();
        });
        ${ADMIN}
      })();
    `);
    const { code, stderr } = await run(["check", program.path, "--policy-pack", PACK]);
    program.remove();
    assert.equal(code, 2);
    assert.match(stderr, /the policy pack in \S+ (ended before its work was done|failed at)/);
  });
});
