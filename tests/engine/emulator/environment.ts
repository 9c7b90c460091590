import { join } from "node:path";
import { type NoPython, type PythonEnvironment, pythonEnvironment } from "../python-environment";

let found: PythonEnvironment | NoPython | undefined;

/** A Python with moto in it, for `python serve.py`. */
export function motoEnvironment(): PythonEnvironment | NoPython {
  found ??= pythonEnvironment("moto", join(__dirname, "requirements.txt"));
  return found;
}
