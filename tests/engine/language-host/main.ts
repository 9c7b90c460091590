import grpc from "@pulumi/pulumi/proto/language_grpc_pb";
import { servePlugin } from "../rpc";
import { languageHost } from "./service";

/** Started by the engine as `main.js [flags] ENGINE_ADDRESS`. */
const engineAddress =
  process.argv
    .slice(2)
    .filter((it) => !it.startsWith("-"))
    .at(-1) ?? "";
void servePlugin(grpc.LanguageRuntimeService, languageHost(engineAddress));
