import { type ChildProcess, spawn } from "node:child_process";
import type { ServerWritableStream, UntypedServiceImplementation } from "@grpc/grpc-js";
import pb from "@pulumi/pulumi/proto/language_pb";
import plugin from "@pulumi/pulumi/proto/plugin_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { fromStruct, unary } from "../rpc";

/** The exit code with which a program ends that has already shown its error (@pulumi/pulumi, cmd/run). */
const ERROR_ALREADY_SHOWN = 32;

/**
 * What the engine asks of `pulumi-language-nodejs`, as far as previews, updates and policy packs need it; for places
 * where the Pulumi CLI was built without its language hosts.
 */
export function languageHost(engineAddress: string): UntypedServiceImplementation {
  return {
    handshake: unary(() => new pb.LanguageHandshakeResponse()),
    getPluginInfo: unary(() => new plugin.PluginInfo().setVersion("3.248.0")),
    getRequiredPackages: unary(() => new pb.GetRequiredPackagesResponse()),
    getRequiredPlugins: unary(() => new pb.GetRequiredPluginsResponse()),
    getProgramDependencies: unary(() => new pb.GetProgramDependenciesResponse()),
    runtimeOptionsPrompts: unary(() => new pb.RuntimeOptionsResponse()),
    about: unary(() => new pb.AboutResponse().setExecutable(process.execPath).setVersion(process.version)),
    cancel: unary(() => new Empty()),
    run: unary((request: pb.RunRequest) => runProgram(request, engineAddress)),
    runPlugin: (call: ServerWritableStream<pb.RunPluginRequest, pb.RunPluginResponse>) => runPlugin(call),
    installDependencies: (call: ServerWritableStream<pb.InstallDependenciesRequest, pb.InstallDependenciesResponse>) =>
      installDependencies(call),
  };
}

async function runProgram(request: pb.RunRequest, engineAddress: string): Promise<pb.RunResponse> {
  const info = request.getInfo();
  const folder = info?.getProgramDirectory() ?? request.getPwd();
  const config = Object.fromEntries(request.getConfigMap().toObject());
  const options = fromStruct(info?.getOptions());
  const args = [
    ...nodeArgs(options.nodeargs),
    moduleIn(folder, "@pulumi/pulumi/cmd/run"),
    ...["--monitor", request.getMonitorAddress(), "--engine", engineAddress],
    ...["--project", request.getProject(), "--stack", request.getStack(), "--organization", request.getOrganization()],
    ...["--pwd", request.getPwd(), "--root-directory", info?.getRootDirectory() ?? folder],
    ...["--parallel", String(request.getParallel())],
    ...(request.getDryrun() ? ["--dry-run"] : []),
    info?.getEntryPoint() ?? request.getProgram(),
    ...request.getArgsList(),
  ];
  const environment = {
    PULUMI_CONFIG: JSON.stringify(config),
    PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
    PULUMI_NODEJS_TYPESCRIPT: String(options.typescript !== false),
    ...(typeof options.tsconfig === "string" ? { PULUMI_NODEJS_TSCONFIG_PATH: options.tsconfig } : {}),
  };
  const program = spawn(process.execPath, args, {
    cwd: folder,
    env: { ...process.env, ...environment },
    stdio: ["ignore", "inherit", "inherit"],
  });
  const code = await exitCodeOf(program);
  if (code === ERROR_ALREADY_SHOWN) return new pb.RunResponse().setBail(true);
  return code === 0 ? new pb.RunResponse() : new pb.RunResponse().setError(`Program exited with code ${code}`);
}

/** Starts a policy pack, or a provider written in Node, and passes on what it prints: the first line is its port. */
async function runPlugin(call: ServerWritableStream<pb.RunPluginRequest, pb.RunPluginResponse>): Promise<void> {
  const request = call.request;
  const folder = request.getInfo()?.getProgramDirectory() ?? request.getPwd();
  const isPolicyPack = request.getKind() === "analyzer";
  const runner = isPolicyPack ? "run-policy-pack" : "run-plugin";
  const options = fromStruct(request.getInfo()?.getOptions());
  const entry = moduleIn(folder, `@pulumi/pulumi/cmd/${runner}`);
  const assignments = request
    .getEnvList()
    .map((it): [string, string] => [it.split("=")[0] ?? "", it.slice(it.indexOf("=") + 1)]);
  const child = spawn(process.execPath, [...nodeArgs(options.nodeargs), entry, ...request.getArgsList(), folder], {
    // Pulumi's own host does so too: PolicyPack of @pulumi/policy reads the package.json of where it runs.
    cwd: isPolicyPack ? folder : request.getPwd() || folder,
    env: { ...process.env, ...Object.fromEntries(assignments) },
    stdio: ["ignore", "pipe", "pipe"],
  });
  call.on("cancelled", () => child.kill());
  child.stdout.on("data", (chunk: Buffer) => call.write(new pb.RunPluginResponse().setStdout(chunk)));
  child.stderr.on("data", (chunk: Buffer) => call.write(new pb.RunPluginResponse().setStderr(chunk)));
  const code = await exitCodeOf(child);
  call.write(new pb.RunPluginResponse().setExitcode(code));
  call.end();
}

async function installDependencies(
  call: ServerWritableStream<pb.InstallDependenciesRequest, pb.InstallDependenciesResponse>,
): Promise<void> {
  const request = call.request;
  const folder = request.getInfo()?.getProgramDirectory() || request.getDirectory();
  const child = spawn("npm", ["install", ...(request.getIsPlugin() ? ["--omit=dev"] : [])], {
    cwd: folder,
    stdio: ["ignore", "pipe", "pipe"],
  });
  call.on("cancelled", () => child.kill());
  child.stdout.on("data", (chunk: Buffer) => call.write(new pb.InstallDependenciesResponse().setStdout(chunk)));
  child.stderr.on("data", (chunk: Buffer) => call.write(new pb.InstallDependenciesResponse().setStderr(chunk)));
  const code = await exitCodeOf(child);
  if (code === 0) call.end();
  else call.destroy(new Error(`npm install in ${folder} ended with code ${code}`));
}

/** Resolves when the process has ended and everything that it printed was read. */
function exitCodeOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve(code ?? 1));
  });
}

/** The program's own copy of the SDK runs it, as with Pulumi's own host. */
function moduleIn(folder: string, name: string): string {
  return require.resolve(name, { paths: [folder] });
}

function nodeArgs(option: unknown): string[] {
  return typeof option === "string" ? option.split(" ").filter((it) => it !== "") : [];
}
