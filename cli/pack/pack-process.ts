import { setImmediate as nextTurn } from "node:timers/promises";
import type * as grpc from "@grpc/grpc-js";
import { AnalyzerService } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import {
  AnalyzerHandshakeRequest,
  type AnalyzerInfo,
  ConfigureAnalyzerRequest,
} from "@pulumi/pulumi/proto/analyzer_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { packEnvironment } from "../program/program-environment";
import { call, connect, isUnimplemented } from "../pulumi/rpc";
import type { Resource, StackIdentity } from "../pulumi/stack";
import type { JsonObject } from "../pulumi/values";
import { Failure, messageOf } from "../terminal/failure";
import { ProcessGroup } from "../terminal/process";
import { type Finding, findingOf, remarkOf, type Severity, severityOf } from "./finding";
import { analyzeRequest, analyzeStackRequest, stackConfiguration } from "./messages";
import type { Pack, PolicyConfigs } from "./pack";
import { repairedBy } from "./repair";

const RUN_POLICY_PACK = "@pulumi/pulumi/cmd/run-policy-pack";

/** A policy pack in a process of its own, started and driven exactly as the engine does it. Its findings are texts. */
export class PackProcess implements Pack {
  readonly #process: ProcessGroup;
  readonly #findings: Finding[] = [];
  readonly #severities = new Map<string, Severity>();
  #client: grpc.Client | undefined;
  #hasEnded = false;

  /** Starts the process; `configure` waits until it serves. */
  constructor(
    private readonly directory: string,
    private readonly engineAddress: string,
  ) {
    const command = [process.execPath, require.resolve(RUN_POLICY_PACK), engineAddress, directory] as const;
    this.#process = new ProcessGroup([...command], { cwd: directory, env: packEnvironment(process.env) });
    const end = () => {
      this.#hasEnded = true;
    };
    this.#process.exit.then(end, end);
  }

  get findings(): readonly Finding[] {
    return this.#findings;
  }

  async configure(identity: StackIdentity, settings: (info: AnalyzerInfo) => PolicyConfigs): Promise<void> {
    this.#client = connect(`127.0.0.1:${await this.#port()}`);
    await this.#optional(() => this.#call(AnalyzerService.handshake, this.#handshake()));
    await this.#optional(() => this.#call(AnalyzerService.configureStack, stackConfiguration(identity)));
    const info = await this.#call(AnalyzerService.getAnalyzerInfo, new Empty());
    for (const policy of info.getPoliciesList())
      this.#severities.set(policy.getName(), severityOf(policy.getSeverity()));
    const request = new ConfigureAnalyzerRequest();
    const configs = request.getPolicyconfigMap();
    for (const [name, config] of settings(info)) configs.set(name, config);
    await this.#call(AnalyzerService.configure, request);
  }

  async review(resource: Resource): Promise<JsonObject> {
    const remediation = await this.#optional(() => this.#call(AnalyzerService.remediate, analyzeRequest(resource)));
    const { inputs, remarks } = repairedBy(resource.inputs, remediation?.getRemediationsList() ?? []);
    for (const { rule, remark } of remarks) {
      this.#findings.push(remarkOf(rule, this.#severityOf(rule), resource.urn, remark));
    }
    await this.analyze({ ...resource, inputs });
    return inputs;
  }

  async analyze(resource: Resource): Promise<void> {
    const answer = await this.#call(AnalyzerService.analyze, analyzeRequest(resource));
    for (const diagnostic of answer.getDiagnosticsList()) {
      this.#findings.push(findingOf(diagnostic, resource.urn, this.#severityOf(diagnostic.getPolicyname())));
    }
  }

  async reviewStack(resources: readonly Resource[]): Promise<void> {
    const answer = await this.#call(AnalyzerService.analyzeStack, analyzeStackRequest(resources));
    for (const diagnostic of answer.getDiagnosticsList()) {
      this.#findings.push(findingOf(diagnostic, "", this.#severityOf(diagnostic.getPolicyname())));
    }
  }

  close(): void {
    this.#client?.close();
    this.#process.kill();
  }

  #severityOf(rule: string): Severity {
    return this.#severities.get(rule) ?? "unspecified";
  }

  #handshake(): AnalyzerHandshakeRequest {
    const request = new AnalyzerHandshakeRequest();
    request.setEngineAddress(this.engineAddress);
    request.setRootDirectory(this.directory);
    request.setProgramDirectory(this.directory);
    return request;
  }

  /** The first line that a pack prints is the port it serves on. */
  #port(): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#process.onStdout((all) => {
        const [line, rest] = all.split("\n", 2);
        if (rest === undefined || line === undefined) return;
        const port = Number(line.trim());
        if (Number.isInteger(port) && port > 0) resolve(port);
        else reject(this.#broken(`printed "${line.slice(0, 80)}" where the port it serves on was expected`));
      });
      this.#process.exit.then(
        ({ code, signal }) => reject(this.#broken(`ended before it served (${code ?? signal})`)),
        (error: unknown) => reject(this.#broken(messageOf(error))),
      );
    });
  }

  async #call<Request, Response>(
    method: grpc.MethodDefinition<Request, Response>,
    request: Request,
  ): Promise<Response> {
    if (this.#client === undefined) throw this.#broken("was asked before it was configured");
    let answer: Response;
    try {
      answer = await call(this.#client, method, request);
    } catch (error) {
      if (isUnimplemented(error)) throw error;
      throw this.#broken(`failed at ${method.path.split("/").at(-1)}: ${messageOf(error)}`);
    }
    // The program could end the pack and answer at its port: gRPC would connect there again and not say so.
    await nextTurn();
    if (this.#hasEnded) throw this.#broken("ended before its work was done");
    return answer;
  }

  /** Methods that came to the protocol later; a pack may not know them. */
  async #optional<Response>(attempt: () => Promise<Response>): Promise<Response | undefined> {
    try {
      return await attempt();
    } catch (error) {
      if (isUnimplemented(error)) return undefined;
      throw error;
    }
  }

  #broken(problem: string): Failure {
    const fix =
      "The policy pack is at fault, not the program: what the pack printed says what to do, or is to be reported.";
    return new Failure(`the policy pack in ${this.directory} ${problem}`, fix, this.#process.stderr.trim());
  }
}
