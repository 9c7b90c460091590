import type { GivenAccount } from "../offline/aws/account";
import { EngineLog } from "../offline/engine-log";
import { type Answers, Invokes } from "../offline/invokes/invokes";
import { Monitor } from "../offline/monitor";
import { Packages } from "../offline/packages";
import { type Judge, Registrar } from "../offline/registrar";
import { Transforms } from "../offline/transforms";
import { startProgram } from "../program/program";
import type { ListedEnvironment } from "../program/program-environment";
import type { Runnable } from "../program/runnable";
import type { Project } from "../project/project";
import { InstalledSdks } from "../pulumi/installed-sdks";
import type { Observations } from "../pulumi/observations";
import type { Resource, StackIdentity } from "../pulumi/stack";
import type { ProcessGroup } from "../terminal/process";
import type { Timing } from "./timing";

/** What stays the same however often a program is run. */
export interface ProgramSetting {
  readonly project: Project;
  readonly runnable: Runnable;
  readonly environment: ListedEnvironment;
  readonly answers: Answers;
  readonly place: GivenAccount;
  readonly region: string | undefined;
  /** Whether outputs stay unknown that could be predicted. */
  readonly unknownOutputs: boolean;
}

/** One run of a program against the engine's stand-in. */
export class ProgramRun {
  readonly log = new EngineLog();
  readonly monitor: Monitor;
  readonly invokes: Invokes;
  readonly #registrar: Registrar;
  #program: ProcessGroup | undefined;
  #started = 0;
  #ended: number | undefined;

  constructor(
    private readonly setting: ProgramSetting,
    private readonly identity: StackIdentity,
    judge: Judge,
    observations: Observations,
  ) {
    const { project, answers, place, unknownOutputs } = setting;
    const sdks = new InstalledSdks(project.programDirectory);
    const packages = new Packages();
    const transforms = new Transforms();
    const predictedFor = unknownOutputs ? undefined : place;
    this.invokes = new Invokes(place, answers, sdks, observations);
    this.#registrar = new Registrar(identity, sdks, packages, transforms, judge, observations, predictedFor);
    this.monitor = new Monitor(identity, this.#registrar, packages, transforms, this.invokes, sdks, observations);
  }

  /** Every resource that the program registered so far. */
  get resources(): readonly Resource[] {
    return this.#registrar.resources;
  }

  /** The names of withheld variables that the program asked for. */
  get report(): string {
    return this.#program?.report ?? "";
  }

  /** When the program ran, up to now. */
  get timing(): Timing {
    const { milliseconds: answering } = this.monitor.waitedFor;
    return { started: this.#started, ended: this.#ended ?? performance.now(), answering };
  }

  /** Starts the program. */
  async start(): Promise<ProcessGroup> {
    const { project, runnable, environment, region } = this.setting;
    const at = { monitor: await this.monitor.listen(), engine: await this.log.listen() };
    this.#started = performance.now();
    this.#program = startProgram(project, runnable, { identity: this.identity, at, region, ...environment });
    const end = () => {
      this.#ended = performance.now();
    };
    this.#program.exit.then(end, end);
    return this.#program;
  }

  close(): void {
    this.#program?.kill();
    this.monitor.close();
    this.log.close();
  }
}
