/** What `npm run` adds for its scripts, and flags of that call which would change what another npm prints or does. */
const OF_THE_CALLER =
  /^npm_(package_|lifecycle_|command$|execpath$|config_(json|dry_run|pack_destination|workspaces?)$)/;

/** This process's environment for an npm that must behave as if it were called from a shell. */
export function npmEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !OF_THE_CALLER.test(name)));
}
