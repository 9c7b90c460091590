import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { motoEnvironment } from "./environment";

const RUNNING = /Running on (http:\/\/\S+)/;

/** Who may do what, once the emulator enforces it: an IAM user's access key. */
export interface AccessKey {
  accessKeyId: string;
  secretAccessKey: string;
}

/** An AWS emulator that keeps its state in memory for as long as it runs. */
export class Moto {
  private constructor(
    private child: ChildProcess,
    /** For AWS_ENDPOINT_URL. */
    readonly endpoint: string,
  ) {}

  /** Starts one on a free port with an empty account; throws with what it wrote where it does not come up. */
  static async start(): Promise<Moto> {
    const { child, endpoint } = await serve("0");
    return new Moto(child, endpoint);
  }

  /** Starts again, at the same endpoint, what `kill` has ended. */
  async restart(): Promise<void> {
    this.child = (await serve(new URL(this.endpoint).port)).child;
  }

  /** Ends it at once; its state is gone. */
  async kill(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = once(this.child, "exit");
    this.child.kill("SIGKILL");
    await ended;
  }

  /** Forgets everything in every account. */
  async reset(): Promise<void> {
    await this.post("reset", "");
  }

  /** Everybody may do everything, with any key: so it starts. */
  async permitAll(): Promise<void> {
    await this.post("reset-auth", "inf");
  }

  /** From now on every call needs an existing key and a policy that allows it. */
  async enforcePermissions(): Promise<void> {
    await this.post("reset-auth", "0");
  }

  /** An S3 bucket; a trail needs one. */
  async makeBucket(name: string): Promise<void> {
    // The signature is not looked at, but the service in it says who is asked.
    const authorization = "AWS4-HMAC-SHA256 Credential=AKIAENGINETESTS/20260101/us-east-1/s3/aws4_request, Signature=0";
    const response = await fetch(`${this.endpoint}/${name}`, { method: "PUT", headers: { authorization } });
    if (!response.ok) throw new Error(`the AWS emulator answered ${response.status} to the new bucket ${name}`);
  }

  private async post(path: string, body: string): Promise<void> {
    const response = await fetch(`${this.endpoint}/moto-api/${path}`, { method: "POST", body });
    if (!response.ok) throw new Error(`the AWS emulator answered ${response.status} to ${path}`);
  }
}

async function serve(port: string): Promise<{ child: ChildProcess; endpoint: string }> {
  const environment = motoEnvironment();
  if ("reason" in environment) throw new Error(environment.reason);
  const child = spawn(environment.python, [join(__dirname, "serve.py"), "--port", port], {
    env: { ...process.env, MOTO_IAM_LOAD_MANAGED_POLICIES: "true", PYTHONUNBUFFERED: "1" },
    stdio: ["pipe", "ignore", "pipe"],
  });
  const endpoint = await new Promise<string>((resolve, reject) => {
    let said = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      said = (said + text).slice(-4000);
      const running = RUNNING.exec(said);
      if (running?.[1] !== undefined) resolve(running[1]);
    });
    child.on("error", reject);
    child.on("close", (code) => reject(new Error(`the AWS emulator ended with ${code}:\n${said}`)));
  });
  return { child, endpoint };
}
