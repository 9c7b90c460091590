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

/**
 * Tells connections of the engine from those of other processes, on Linux: the engine starts the pack with the address that it
 * listens on, so it is the ancestor of this process that holds that socket. A program is started by the engine too, but is nobody's ancestor
 * here. Elsewhere, and where the machine hides it, nobody can tell.
 */
export class EngineProcess {
  private pid: string | undefined;

  /** Looks for the engine at once: while the pack starts no program runs yet. */
  constructor() {
    const port = engineAddressPort();
    const socket = sockets().find(({ local, state }) => local === port && state === listening);
    if (port !== undefined && socket !== undefined) this.pid = ancestorWith(socket.inode);
  }

  /**
   * @param port the peer's
   * @param own the port that the pack serves at
   */
  peerAt(port: number, own: number): Peer {
    const socket = sockets().find(({ local, remote }) => local === port && remote === own);
    if (socket === undefined) return "unknown";
    if (this.pid !== undefined) return holds(this.pid, socket.inode) ? "engine" : "stranger";
    this.pid = ancestorWith(socket.inode);
    return this.pid === undefined ? "unknown" : "engine";
  }
}

/** The pack's runner takes the address out of `process.argv`, so the command line itself is read. */
function engineAddressPort(): number | undefined {
  const address = textOf("/proc/self/cmdline")
    .split("\0")
    .find((argument) => /^127\.0\.0\.1:\d{1,5}$/.test(argument));
  return address === undefined ? undefined : Number(address.split(":")[1]);
}

function sockets(): readonly Socket[] {
  return ["/proc/net/tcp", "/proc/net/tcp6"].flatMap((file) =>
    textOf(file)
      .split("\n")
      .slice(1)
      .flatMap((line) => {
        const [, local, remote, state, , , , , , inode] = line.trim().split(/\s+/);
        if (local === undefined || remote === undefined || state === undefined || inode === undefined) return [];
        return [{ local: portOf(local), remote: portOf(remote), state, inode }];
      }),
  );
}

/** The port of an address such as `0100007F:C350`. */
function portOf(address: string): number {
  return Number.parseInt(address.slice(address.lastIndexOf(":") + 1), 16);
}

/** The nearest ancestor of this process that holds a socket. */
function ancestorWith(inode: string): string | undefined {
  const seen = new Set<string>();
  for (let pid = parentOf("self"); pid !== undefined && !seen.has(pid); pid = parentOf(pid)) {
    seen.add(pid);
    if (holds(pid, inode)) return pid;
  }
  return undefined;
}

function parentOf(pid: string): string | undefined {
  const stat = textOf(`/proc/${pid}/stat`);
  // The name of the command, in parentheses, may hold anything.
  const [, parent] = stat
    .slice(stat.lastIndexOf(")") + 1)
    .trim()
    .split(" ");
  return parent === undefined || parent === "0" ? undefined : parent;
}

function holds(pid: string, inode: string): boolean {
  const folder = `/proc/${pid}/fd`;
  try {
    return readdirSync(folder).some((descriptor) => targetOf(`${folder}/${descriptor}`) === `socket:[${inode}]`);
  } catch {
    // Another user's process, or one that is gone.
    return false;
  }
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
