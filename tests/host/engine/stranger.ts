import { Client, credentials } from "@grpc/grpc-js";
import { AnalyzerService } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import { AnalyzeRequest, ConfigureAnalyzerRequest } from "@pulumi/pulumi/proto/analyzer_pb";

/** A process that is not the engine: it calls the pack at a port as often as told and prints the codes of the answers. */
function main(port: string, calls: number): void {
  const client = new Client(`127.0.0.1:${port}`, credentials.createInsecure());
  const codes: string[] = [];
  const next = (): void => {
    if (codes.length === calls) {
      process.stdout.write(codes.join(" "));
      client.close();
      return;
    }
    const isFirst = codes.length === 0;
    const { path, requestSerialize } = isFirst ? AnalyzerService.configure : AnalyzerService.analyze;
    const bytes = isFirst ? new ConfigureAnalyzerRequest() : new AnalyzeRequest();
    client.makeUnaryRequest(
      path,
      requestSerialize as (value: unknown) => Buffer,
      (answer) => answer,
      bytes,
      { deadline: Date.now() + 8_000 },
      (error) => {
        codes.push(String(error?.code ?? 0));
        next();
      },
    );
  };
  next();
}

main(process.argv[2] ?? "", Number(process.argv[3]));
