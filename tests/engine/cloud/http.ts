import { createServer, type IncomingMessage } from "node:http";
import { gunzipSync } from "node:zlib";

/** A request as a handler sees it: the parts of the path that the route leaves open, by name, and the body. */
export interface Call {
  readonly at: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly bytes: Buffer;
  /** The body as JSON; an empty object where there is none. */
  readonly json: JsonObject;
}

export type Json = null | boolean | number | string | Json[] | JsonObject;
export interface JsonObject {
  [key: string]: Json;
}

/** Answers with what can be written as JSON, with bytes, or with nothing; throws `Refused` where it refuses. */
export type Handler = (call: Call) => unknown;

/** A server that listens. */
export interface Served {
  readonly url: string;
  stop(): void;
}

/** An answer with an error, in the form that the Pulumi CLI reads. */
export class Refused extends Error {
  constructor(
    readonly code: number,
    message: string,
  ) {
    super(message);
  }
}

/** Serves routes such as `GET /api/orgs/{org}` on a free port of this host; a path of no route answers 404. */
export async function serveRoutes(routes: Readonly<Record<string, Handler>>): Promise<Served> {
  const table = Object.entries(routes).map(([route, handler]) => ({ parts: route.split(/[ /]+/), handler }));

  async function answerTo(request: IncomingMessage): Promise<unknown> {
    const { method = "", url = "", headers } = request;
    const { pathname } = new URL(url, "http://host");
    const asked = [method, ...pathname.slice(1).split("/").map(decodeURIComponent)];
    const bytes = await bodyOf(request);
    for (const { parts, handler } of table) {
      const at = match(parts, asked);
      if (at === undefined) continue;
      const json = isJson(headers["content-type"], bytes) ? JSON.parse(String(bytes)) : {};
      return handler({ at, headers, bytes, json });
    }
    throw new Refused(404, `Not found: ${method} ${pathname}`);
  }

  const server = createServer(async (request, response) => {
    try {
      const answer = await answerTo(request);
      if (answer === undefined) response.writeHead(204).end();
      else response.writeHead(200).end(Buffer.isBuffer(answer) ? answer : JSON.stringify(answer));
    } catch (error) {
      const code = error instanceof Refused ? error.code : 500;
      const message = error instanceof Error ? error.message : String(error);
      response.writeHead(code).end(JSON.stringify({ code, message }));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server listens on no port");
  return {
    url: `http://127.0.0.1:${address.port}`,
    stop: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const sent = Buffer.concat(chunks);
  return request.headers["content-encoding"] === "gzip" ? gunzipSync(sent) : sent;
}

function match(parts: readonly string[], asked: readonly string[]): Record<string, string> | undefined {
  if (parts.length !== asked.length) return undefined;
  const at: Record<string, string> = {};
  for (const [index, part] of parts.entries()) {
    const value = asked[index] ?? "";
    if (part.startsWith("{")) at[part.slice(1, -1)] = value;
    else if (part !== value) return undefined;
  }
  return at;
}

function isJson(type: string | undefined, bytes: Buffer): boolean {
  return bytes.length > 0 && type?.startsWith("application/json") === true;
}
