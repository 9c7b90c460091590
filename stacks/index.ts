import * as pulumi from "@pulumi/pulumi";
import { deployConfigured } from "./program/programs";

export = deployConfigured(new pulumi.Config(), Object.keys(pulumi.runtime.allConfig()));
