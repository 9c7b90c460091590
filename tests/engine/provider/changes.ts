import type { WireMap } from "../rpc";
import { sorted } from "./go-json";

/** Inputs whose change makes AWS create the resource anew; the resources' pages mark them "Forces new resource". */
const IDENTIFYING = new Set(["bucket", "group", "namePrefix", "policyArn", "policyId", "role", "targetId", "user"]);
const RENAMED_IN_PLACE = new Set(["aws:iam/group:Group", "aws:iam/user:User", "aws:organizations/policy:Policy"]);

export interface Changes {
  changed: string[];
  replacing: string[];
}

/** Compares two sets of checked inputs. */
export function changesOf(type: string, olds: WireMap, news: WireMap): Changes {
  const names = [...new Set([...Object.keys(olds), ...Object.keys(news)])].filter((name) => !name.startsWith("__"));
  const changed = names.filter((name) => text(olds[name]) !== text(news[name])).sort();
  const replacing = changed.filter((it) => IDENTIFYING.has(it) || (it === "name" && !RENAMED_IN_PLACE.has(type)));
  return { changed, replacing };
}

function text(value: WireMap[string] | undefined): string {
  return JSON.stringify(sorted(value ?? null));
}
