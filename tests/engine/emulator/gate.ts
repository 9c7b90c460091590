import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What happens at one call: the first time that it comes, and never again. */
type Act = () => void | Promise<void>;

/** Stands between the provider and the emulator, and lets a test do something at the very call that it names. */
export class Gate {
  private server: Server | undefined;
  private port = 0;
  private readonly acts = new Map<string, Act>();
  private readonly lost: { action: string; text: string }[] = [];

  constructor(private readonly emulator: string) {}

  /** For AWS_ENDPOINT_URL; the same after `close` and `open`. */
  get endpoint(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  async open(): Promise<void> {
    this.server = createServer((request, response) => {
      this.pass(request, response).catch(() => response.destroy());
    });
    this.server.listen(this.port, "127.0.0.1");
    await once(this.server, "listening");
    this.port = (this.server.address() as AddressInfo).port;
  }

  /** Cuts every connection and takes no more, as a network that is down. */
  close(): void {
    this.server?.close();
    this.server?.closeAllConnections();
    this.server = undefined;
  }

  /** Acts when the API action, such as `CreateGroup`, is called and AWS does not know of it yet. */
  before(action: string, act: Act): void {
    this.acts.set(`before ${action}`, act);
  }

  /** Acts when AWS has done it and the caller does not know yet. */
  after(action: string, act: Act): void {
    this.acts.set(`after ${action}`, act);
  }

  /** Loses every call of the action that has the text in it, until `findAll`. */
  lose(action: string, text: string): void {
    this.lost.push({ action, text });
  }

  /** Loses no call any more. */
  findAll(): void {
    this.lost.length = 0;
  }

  private async pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = Buffer.concat(await request.toArray());
    const action = actionOf(request, body);
    await this.actAt(`before ${action}`);
    if (this.lost.some((it) => it.action === action && body.includes(it.text))) throw new Error("the call is lost");
    if (this.server === undefined) throw new Error("the network is down");
    const headers = Object.entries(request.headers).flatMap(([name, value]): [string, string][] =>
      typeof value === "string" && name !== "connection" && name !== "content-length" ? [[name, value]] : [],
    );
    const hasBody = request.method !== "GET" && request.method !== "HEAD";
    const answer = await fetch(`${this.emulator}${request.url}`, {
      method: request.method ?? "POST",
      headers,
      ...(hasBody ? { body } : {}),
    });
    const bytes = Buffer.from(await answer.arrayBuffer());
    await this.actAt(`after ${action}`);
    response.writeHead(answer.status, { "content-type": answer.headers.get("content-type") ?? "text/xml" });
    response.end(bytes);
  }

  private async actAt(moment: string): Promise<void> {
    const act = this.acts.get(moment);
    this.acts.delete(moment);
    await act?.();
  }
}

/** Services of the query protocol name the action in the form, those of the JSON protocol in a header, the others in the path. */
function actionOf(request: IncomingMessage, body: Buffer): string {
  const target = request.headers["x-amz-target"];
  if (typeof target === "string") return target.split(".").at(-1) ?? "";
  return new URLSearchParams(body.toString("utf8")).get("Action") ?? request.url ?? "";
}
