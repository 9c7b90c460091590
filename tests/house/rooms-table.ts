import { rooms } from "./rooms";

/** The table for people, as CONTRIBUTING.md prints it. */
export function roomsTable(): string {
  const rows = rooms.map(({ folder, knows, imports }) => {
    const names = imports.length === 0 ? "nothing" : imports.map((name) => `\`${name}\``).join(", ");
    return `| \`${folder}\` | ${knows} | ${names} |`;
  });
  return ["| folder | what it knows | imports |", "|---|---|---|", ...rows].join("\n");
}
