import { Failure } from "../terminal/failure";

/** The environment of a process that `check` starts. */
export interface ListedEnvironment {
  readonly variables: NodeJS.ProcessEnv;
  /** Names that are set here and not passed on, sorted. */
  readonly withheld: readonly string[];
}

// What a program needs to start and to find its files and tools: none of these holds a credential. Names as Windows
// compares them, in capitals; proxies are commonly written in small letters.
const PASSED: ReadonlySet<string> = new Set(
  [
    // The system and the user
    "PATH PATHEXT HOME USER LOGNAME SHELL PWD HOSTNAME TMPDIR TEMP TMP TZ LANG LANGUAGE TERM COLORTERM NO_COLOR",
    "FORCE_COLOR COLUMNS LINES CI GITHUB_ACTIONS GITLAB_CI XDG_CONFIG_HOME XDG_CACHE_HOME XDG_DATA_HOME XDG_STATE_HOME",
    "LD_LIBRARY_PATH DYLD_LIBRARY_PATH DYLD_FALLBACK_LIBRARY_PATH NIX_SSL_CERT_FILE SSL_CERT_FILE SSL_CERT_DIR",
    // Windows
    "SYSTEMROOT SYSTEMDRIVE WINDIR COMSPEC OS USERPROFILE USERNAME USERDOMAIN COMPUTERNAME HOMEDRIVE HOMEPATH APPDATA",
    "LOCALAPPDATA PROGRAMDATA ALLUSERSPROFILE PUBLIC PROGRAMFILES PROGRAMFILES(X86) PROGRAMW6432 COMMONPROGRAMFILES",
    "COMMONPROGRAMFILES(X86) COMMONPROGRAMW6432 NUMBER_OF_PROCESSORS PROCESSOR_ARCHITECTURE PSMODULEPATH",
    // AWS
    "AWS_REGION AWS_DEFAULT_REGION",
    // Proxies
    "HTTP_PROXY HTTPS_PROXY ALL_PROXY NO_PROXY GRPC_PROXY NO_GRPC_PROXY GRPC_DEFAULT_SSL_ROOTS_FILE_PATH",
    "GRPC_SSL_CIPHER_SUITES GRPC_VERBOSITY GRPC_TRACE GRPC_NODE_VERBOSITY GRPC_NODE_TRACE",
    // Node.js and its version managers
    "NODE_ENV NODE_OPTIONS NODE_PATH NODE_EXTRA_CA_CERTS NODE_TLS_REJECT_UNAUTHORIZED NODE_USE_ENV_PROXY NODE_USE_SYSTEM_CA",
    "NODE_NO_WARNINGS NODE_ICU_DATA NODE_COMPILE_CACHE NODE_V8_COVERAGE NODE_DEBUG UV_THREADPOOL_SIZE OPENSSL_CONF",
    "TS_NODE_PROJECT TS_NODE_TRANSPILE_ONLY TS_NODE_COMPILER_OPTIONS TS_NODE_FILES TS_NODE_PREFER_TS_EXTS NVM_DIR NVM_BIN",
    "NVM_INC VOLTA_HOME ASDF_DIR ASDF_DATA_DIR ASDF_NODEJS_VERSION FNM_DIR FNM_MULTISHELL_PATH N_PREFIX MISE_DATA_DIR",
    "COREPACK_HOME PNPM_HOME YARN_CACHE_FOLDER BUN_INSTALL",
    // Other languages
    "VIRTUAL_ENV CONDA_PREFIX PYTHONPATH PYTHONHOME PYENV_ROOT POETRY_HOME GOPATH GOROOT GOCACHE GOMODCACHE GOFLAGS",
    "GOTOOLCHAIN JAVA_HOME MAVEN_HOME M2_HOME GRADLE_HOME GRADLE_USER_HOME DOTNET_ROOT DOTNET_CLI_HOME NUGET_PACKAGES",
  ].flatMap((line) => line.split(" ")),
);
const LOCALE = /^LC_[A-Z]+$/;

/** What npm tells of the package whose script runs: what stands in its package.json. */
const NPM_PACKAGE = /^NPM_PACKAGE_/;

/** Pulumi's own switches are passed, but for those that may hold what nobody else should have. */
const PULUMI = /^PULUMI_/;
const PULUMI_SECRET = /TOKEN|PASSPHRASE|PASSWORD|SECRET|CREDENTIAL|AUTH|PRIVATE|_KEY|^PULUMI_CONFIG$/;

/** Words at whose end a variable's name says that no report should show its value: `API_KEY`, `npm_config__authToken`, no `GIT_AUTHOR_NAME`. */
const SENSITIVE = /(TOKEN|PASS|PASSWORD|PASSWD|PASSPHRASE|SECRET|CREDENTIAL|AUTH|KEY)S?(?![A-Z])/;

/** The password in an address: `postgres://user:password@host/database`. */
const PASSWORD_IN_ADDRESS = /:\/\/[^/?#\s:@]*:([^/?#\s]*)@/g;

function isPassed(name: string): boolean {
  const capitals = name.toUpperCase();
  if (PULUMI.test(capitals)) return !PULUMI_SECRET.test(capitals);
  return PASSED.has(capitals) || LOCALE.test(capitals) || NPM_PACKAGE.test(capitals);
}

/**
 * What of an environment a program under check gets: a list of names that hold no credentials, and those that the user
 * names. User names and passwords are cut out of addresses.
 *
 * @param own the environment of this process
 * @param named with `--env`
 * @throws Failure where a name is not set
 */
export function listedEnvironment(own: NodeJS.ProcessEnv, named: readonly string[]): ListedEnvironment {
  for (const name of named) {
    if (own[name] === undefined)
      throw new Failure(`--env ${name}: this variable is not set`, `Set ${name}, or leave it out.`);
  }
  const variables: NodeJS.ProcessEnv = {};
  const withheld: string[] = [];
  for (const [name, value] of Object.entries(own)) {
    if (named.includes(name)) variables[name] = value;
    else if (isPassed(name)) variables[name] = withoutUser(value ?? "");
    else withheld.push(name);
  }
  return { variables, withheld: withheld.sort() };
}

/**
 * The values among these variables that no report should show: of those that a program gets by `--env`, and of those that it may
 * get at by itself, as a process of the same user.
 */
export function sensitiveValues(own: NodeJS.ProcessEnv): string[] {
  return Object.entries(own).flatMap(([name, value = ""]) => {
    if (SENSITIVE.test(name.toUpperCase())) return value;
    return [...value.matchAll(PASSWORD_IN_ADDRESS)].flatMap(([, password]) => password ?? []);
  });
}

/**
 * What to say of the variables that a program asked for and did not get: elsewhere it may go another way.
 *
 * @param report the names that it asked for, one a line
 */
export function withheldRemarks(report: string, { withheld }: ListedEnvironment): string[] {
  // The program can write here too.
  const asked = [...new Set(report.split("\n"))].filter((name) => withheld.includes(name)).slice(0, MOST_NAMES);
  if (asked.length === 0) return [];
  const passing = asked.map((name) => `--env ${name}`).join(" ");
  return [`the program asked for ${asked.join(", ")}, set here and withheld from it (${passing} passes it on)`];
}

const MOST_NAMES = 20;

/** What the policy pack gets: the same, and the id of the ambient access key, which a rule reads. It is no secret. */
export function packEnvironment(own: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { variables } = listedEnvironment(own, []);
  const { AWS_ACCESS_KEY_ID: keyId } = own;
  return keyId === undefined ? variables : { ...variables, AWS_ACCESS_KEY_ID: keyId };
}

/** Cuts `user:password@` out of every address in a text; a proxy may be written without its scheme. */
function withoutUser(text: string): string {
  const cut = text.replace(/(:\/\/)[^/?#\s]*@/g, "$1");
  return /^[^/\s:@]+:[^/\s]*@[^/@\s]+$/.test(cut) ? cut.slice(cut.lastIndexOf("@") + 1) : cut;
}
