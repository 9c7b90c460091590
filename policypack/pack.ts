import { serve } from "./host/server";
import { description, name, version } from "./package.json";
import { rules } from "./rules";

serve({ name, version, description }, { rules, now: () => new Date(), ambientKeyId: process.env.AWS_ACCESS_KEY_ID });
