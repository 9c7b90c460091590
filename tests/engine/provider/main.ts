import { existsSync } from "node:fs";
import { join } from "node:path";
import grpc from "@pulumi/pulumi/proto/provider_grpc_pb";
import { servePlugin } from "../rpc";
import { Sdk } from "../sdk/sdk";
import { standIn } from "./service";

/** Started as `main.js PACKAGE NODE_MODULES`: serves the stand-in for that package's provider. */
const [name = "", nodeModules = ""] = process.argv.slice(2);
const folder = join(nodeModules, "@pulumi", name);
const sdk = existsSync(folder) ? new Sdk(folder, join(__dirname, "sdk-types")) : undefined;
void servePlugin(grpc.ResourceProviderService, standIn(name, sdk));
