import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Project } from "../project/project";

const INSTALLERS: readonly (readonly [lockFile: string, command: string])[] = [
  ["package-lock.json", "npm ci"],
  ["npm-shrinkwrap.json", "npm ci"],
  ["pnpm-lock.yaml", "pnpm install --frozen-lockfile"],
  ["yarn.lock", "yarn install"],
  ["bun.lock", "bun install"],
];

/** How a Node.js program's packages are installed: as the lock file beside it, or above it in a workspace, says. */
export function installCommand(folder: string): string {
  for (let place = folder; ; place = dirname(place)) {
    const [, command] = INSTALLERS.find(([lockFile]) => existsSync(join(place, lockFile))) ?? [];
    if (command !== undefined) return `${command} in ${place}`;
    if (existsSync(join(place, ".git")) || place === dirname(place)) return `npm install in ${folder}`;
  }
}

/** Whether a package of Node.js is built before it runs. */
export function isBuilt(folder: string): boolean {
  try {
    const { scripts } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    return typeof scripts?.build === "string";
  } catch {
    return false;
  }
}

const PYTHON_INSTALLERS: Readonly<Record<string, string>> = { poetry: "poetry install", uv: "uv sync" };

/** How a Python program's packages are installed: as its project's toolchain does it. */
export function pythonInstallCommand({ root, options }: Pick<Project, "root" | "options">): string {
  return `${PYTHON_INSTALLERS[options.toolchain] ?? "pulumi install, or pip install -r requirements.txt"} in ${root}`;
}
