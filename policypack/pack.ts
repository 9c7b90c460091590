import { serve } from "./host/protocol/server";
import { rulesMarkdown } from "./host/reporting/rules-md";
import { description, name, version } from "./package.json";
import { rules, topics } from "./rules";

serve(
  { name, version, description, readme: () => rulesMarkdown(topics) },
  { rules, now: () => new Date(), ambientKeyId: process.env.AWS_ACCESS_KEY_ID },
);
