import { performance } from "node:perf_hooks";
import type * as grpc from "@grpc/grpc-js";

/** For how long this process worked while somebody waited for an answer, in milliseconds. */
export class WaitedFor {
  #waiting = 0;
  #since = 0;
  #milliseconds = 0;

  /** @param worked for how long this process worked so far: what it spends waiting itself is the other side's time */
  constructor(private readonly worked: () => number = () => performance.eventLoopUtilization().active) {}

  get milliseconds(): number {
    return this.#milliseconds;
  }

  /** The same methods, watched. */
  watched(service: grpc.UntypedServiceImplementation): grpc.UntypedServiceImplementation {
    return Object.fromEntries(Object.entries(service).map(([name, method]) => [name, this.#watched(method as Method)]));
  }

  #watched(method: Method): Method {
    return (call, callback) => {
      if (this.#waiting === 0) this.#since = this.worked();
      this.#waiting += 1;
      method(call, (...answer) => {
        this.#waiting -= 1;
        if (this.#waiting === 0) this.#milliseconds += this.worked() - this.#since;
        callback(...answer);
      });
    };
  }
}

type Method = grpc.handleUnaryCall<unknown, unknown>;
