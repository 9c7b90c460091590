import { type Call, type Handler, type JsonObject, Refused, type Served, serveRoutes } from "./http";
import { Policies, type Published } from "./policies";
import { Stacks } from "./stacks";

const STACK = "/api/stacks/{org}/{project}/{stack}";
const PACKS = "/api/orgs/{org}/policypacks";
const GROUPS = "/api/orgs/{org}/policygroups";
/** A header without which the store, not the service, refuses an upload. */
const SIGNED = "x-signed";

/**
 * Pulumi Cloud for one organization, as far as stacks, updates, policy packs and policy groups go: what the CLI sends and
 * reads there (pulumi, pkg/backend/httpstate/client). It keeps no secrets: stacks that have some need another backend.
 */
export class PulumiCloud {
  readonly organization = "acme";
  readonly user = "alice";
  readonly policies = new Policies();
  readonly stacks = new Stacks();
  private served: Served | undefined;

  private constructor(private readonly token = "pul-0000000000000000000000000000000000000000") {}

  static async start(): Promise<PulumiCloud> {
    const cloud = new PulumiCloud();
    const routes: Record<string, Handler> = { ...cloud.policyRoutes(), ...cloud.stackRoutes(), ...cloud.storeRoutes() };
    const guarded = Object.entries(routes).map(([route, handler]): [string, Handler] => [
      route,
      cloud.guarded(handler),
    ]);
    cloud.served = await serveRoutes(Object.fromEntries(guarded));
    return cloud;
  }

  get url(): string {
    if (this.served === undefined) throw new Error("the server was not started");
    return this.served.url;
  }

  /** The environment of a CLI that is logged in here. */
  get login(): Readonly<Record<string, string>> {
    return { PULUMI_BACKEND_URL: this.url, PULUMI_ACCESS_TOKEN: this.token };
  }

  stop(): void {
    this.served?.stop();
  }

  /** Refuses what another organization or somebody who is not logged in asks for. */
  private guarded(handler: Handler): Handler {
    return (call) => {
      const { org = this.organization } = call.at;
      const authorization = String(call.headers.authorization ?? "");
      const mayStore = call.headers[SIGNED] !== undefined || call.at.tarball !== undefined;
      if (!mayStore && !/^(token|update-token) pul-/.test(authorization)) throw new Refused(401, "Unauthorized");
      if (org !== this.organization) throw new Refused(404, `Organization '${org}' not found`);
      return handler(call);
    };
  }

  private policyRoutes(): Record<string, Handler> {
    const { policies } = this;
    return {
      "GET /api/user": () => ({
        githubLogin: this.user,
        organizations: [{ githubLogin: this.user }, { githubLogin: this.organization }],
      }),
      [`GET ${PACKS}`]: () => policies.packsJson(),
      [`POST ${PACKS}`]: ({ json }) => {
        const pack = policies.announce(json);
        return { version: pack.version, uploadURI: this.tarballUrl(pack), requiredHeaders: { [SIGNED]: "yes" } };
      },
      [`POST ${PACKS}/{name}/versions/{tag}/complete`]: ({ at }) =>
        policies.complete(part(at, "name"), part(at, "tag")),
      [`GET ${PACKS}/{name}/versions/{tag}`]: ({ at }) => policies.packJson(part(at, "name"), part(at, "tag")),
      [`GET ${PACKS}/{name}/versions/{tag}/schema`]: ({ at }) => policies.schemaJson(part(at, "name"), part(at, "tag")),
      [`DELETE ${PACKS}/{name}/versions/{tag}`]: ({ at }) => policies.remove(part(at, "name"), part(at, "tag")),
      [`GET ${GROUPS}`]: () => policies.groupsJson(),
      [`POST ${GROUPS}`]: ({ json }) => policies.addGroup(String(json.name), String(json.mode ?? "preventative")),
      [`GET ${GROUPS}/{group}`]: ({ at }) => policies.groupJson(part(at, "group")),
      [`PATCH ${GROUPS}/{group}`]: ({ at, json }) => policies.changeGroup(part(at, "group"), json),
      [`PATCH ${GROUPS}/{group}/batch`]: ({ at, bytes }) => {
        const changes: JsonObject[] = JSON.parse(String(bytes));
        for (const change of changes) policies.changeGroup(part(at, "group"), change);
      },
      [`DELETE ${GROUPS}/{group}`]: ({ at }) => policies.removeGroup(part(at, "group")),
    };
  }

  private stackRoutes(): Record<string, Handler> {
    const { stacks } = this;
    const begin =
      (kind: string): Handler =>
      ({ at }) => {
        const { id } = stacks.begin(stackOf(at), kind);
        const requiredPolicies = this.policies.required(stackOf(at), (pack) => this.tarballUrl(pack));
        return { updateID: id, requiredPolicies, messages: [] };
      };
    const start: Handler = () => ({
      version: 1,
      token: this.token,
      tokenExpiration: Math.floor(Date.now() / 1000) + 3600,
    });
    return {
      "POST /api/stacks/{org}/{project}": ({ at, json }) => stacks.create(`${at.project}/${json.stackName}`) ?? {},
      [`GET ${STACK}`]: ({ at }) => {
        stacks.state(stackOf(at));
        const names = { orgName: at.org, projectName: at.project, stackName: at.stack };
        return { id: stackOf(at), ...names, activeUpdate: "", tags: {}, version: 0 };
      },
      [`DELETE ${STACK}`]: ({ at }) => stacks.remove(stackOf(at)),
      [`GET ${STACK}/export`]: ({ at }) => stacks.state(stackOf(at)),
      [`POST ${STACK}/preview`]: begin("preview"),
      [`POST ${STACK}/update`]: begin("update"),
      [`POST ${STACK}/destroy`]: begin("destroy"),
      [`POST ${STACK}/{kind}/{id}`]: start,
      [`PATCH ${STACK}/{kind}/{id}/checkpoint`]: ({ at, json }) => stacks.save(part(at, "id"), json),
      [`POST ${STACK}/{kind}/{id}/events/batch`]: ({ at, json }) => {
        stacks.operation(part(at, "id")).events.push(...(json.events as JsonObject[]));
      },
      [`POST ${STACK}/{kind}/{id}/renew_lease`]: start,
      [`POST ${STACK}/{kind}/{id}/complete`]: ({ at, json }) => {
        stacks.operation(part(at, "id")).status = String(json.status);
        return {};
      },
    };
  }

  /** Tarballs lie in a store of their own, which knows nothing of tokens. */
  private storeRoutes(): Record<string, Handler> {
    return {
      "PUT /store/{name}/{tarball}": ({ at, headers, bytes }) => {
        if (headers[SIGNED] !== "yes") throw new Refused(403, "SignatureDoesNotMatch");
        this.policies.pack(part(at, "name"), part(at, "tarball")).tarball = bytes;
      },
      "GET /store/{name}/{tarball}": ({ at }) => this.policies.pack(part(at, "name"), part(at, "tarball")).tarball,
    };
  }

  private tarballUrl({ name, versionTag }: Published): string {
    return `${this.url}/store/${name}/${versionTag}`;
  }
}

function stackOf(at: Call["at"]): string {
  return `${part(at, "project")}/${part(at, "stack")}`;
}

function part(at: Call["at"], name: string): string {
  const value = at[name];
  if (value === undefined) throw new Error(`the route has no {${name}}`);
  return value;
}
