// Runs in the folder that cdk-nag is installed in; prints as JSON what it finds in the template that is named.
const { App, Stack } = require("aws-cdk-lib");
const { CfnInclude } = require("aws-cdk-lib/cloudformation-include");
const { AwsSolutionsChecks } = require("cdk-nag");

const app = new App();
const stack = new Stack(app, "Stack");
new CfnInclude(stack, "Template", { templateFile: process.argv[2] });
console.log(JSON.stringify(new AwsSolutionsChecks(app).validateScope(stack).violations));
