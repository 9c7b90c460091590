import { readdirSync, readFileSync, readlinkSync } from "node:fs";

/** Who is at the other end of a connection, as far as the machine tells. */
export type Peer = "engine" | "stranger" | "unknown";

/** TCP states in `/proc/net/tcp` (Linux, "proc_net_tcp"). */
const listening = "0A";

interface Socket {
  readonly local: number;
  readonly remote: number;
  readonly state: string;
  readonly inode: string;
}

/** Tells whose connections are. */
export interface Peers {
  /**
   * @param port the peer's
   * @param own the port that the pack serves at
   */
  peerAt(port: number, own: number): Peer;
}

/**
 * Tells connections of the engine from those of other processes, on Linux: the engine starts the pack with the address that it
 * listens on, so it is the ancestor of this process that holds that socket. A program is started by the engine too, but is nobody's ancestor
 * here. Elsewhere, and where the machine hides it, nobody can tell.
 */
export class EngineProcess implements Peers {
  private pid: string | undefined;

  /**
   * Looks for the engine at once: while the pack starts no program runs yet.
   *
   * @param proc where the machine tells of its processes; a folder that most other systems do not have
   */
  constructor(private readonly proc = "/proc") {
    const port = this.engineAddressPort();
    const socket = this.sockets().find(({ local, state }) => local === port && state === listening);
    if (port !== undefined && socket !== undefined) this.pid = this.ancestorWith(socket.inode);
  }

  peerAt(port: number, own: number): Peer {
    const socket = this.sockets().find(({ local, remote }) => local === port && remote === own);
    if (socket === undefined) return "unknown";
    if (this.pid !== undefined) return this.holds(this.pid, socket.inode) ? "engine" : "stranger";
    this.pid = this.ancestorWith(socket.inode);
    return this.pid === undefined ? "unknown" : "engine";
  }

  /** The pack's runner takes the address out of `process.argv`, so the command line itself is read. */
  private engineAddressPort(): number | undefined {
    const address = textOf(`${this.proc}/self/cmdline`)
      .split("\0")
      .find((argument) => /^127\.0\.0\.1:\d{1,5}$/.test(argument));
    return address === undefined ? undefined : Number(address.split(":")[1]);
  }

  private sockets(): readonly Socket[] {
    return ["tcp", "tcp6"].flatMap((table) =>
      textOf(`${this.proc}/net/${table}`)
        .split("\n")
        .slice(1)
        .flatMap((line) => {
          const [, local, remote, state, , , , , , inode] = line.trim().split(/\s+/);
          if (local === undefined || remote === undefined || state === undefined || inode === undefined) return [];
          return [{ local: portOf(local), remote: portOf(remote), state, inode }];
        }),
    );
  }

  /** The nearest ancestor of this process that holds a socket. */
  private ancestorWith(inode: string): string | undefined {
    const seen = new Set<string>();
    for (let pid = this.parentOf("self"); pid !== undefined && !seen.has(pid); pid = this.parentOf(pid)) {
      seen.add(pid);
      if (this.holds(pid, inode)) return pid;
    }
    return undefined;
  }

  private parentOf(pid: string): string | undefined {
    const stat = textOf(`${this.proc}/${pid}/stat`);
    // The name of the command, in parentheses, may hold anything.
    const [, parent] = stat
      .slice(stat.lastIndexOf(")") + 1)
      .trim()
      .split(" ");
    return parent === undefined || parent === "0" ? undefined : parent;
  }

  private holds(pid: string, inode: string): boolean {
    const folder = `${this.proc}/${pid}/fd`;
    try {
      return readdirSync(folder).some((descriptor) => targetOf(`${folder}/${descriptor}`) === `socket:[${inode}]`);
    } catch {
      // Another user's process, or one that is gone.
      return false;
    }
  }
}

/** The port of an address such as `0100007F:C350`. */
function portOf(address: string): number {
  return Number.parseInt(address.slice(address.lastIndexOf(":") + 1), 16);
}

function targetOf(link: string): string | undefined {
  try {
    return readlinkSync(link);
  } catch {
    // Closed since the folder was read.
    return undefined;
  }
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "latin1");
  } catch {
    // No Linux, or a machine that hides it.
    return "";
  }
}
