/** What can go wrong on the way to AWS and back, on request: each fault waits for its operation and strikes so many times. */
import type { Failure } from "./wire.js";

export type Fault =
  /** AWS asks to slow down. Nothing is carried out. */
  | "throttling"
  /** Carried out, and never answered. */
  | "timeout"
  /** The connection breaks before anything is carried out, and after it. */
  | "dropped before"
  | "dropped after"
  /** Answered from the state before the last write. */
  | "stale"
  | "internal error"
  | "service unavailable"
  | "denied"
  | "conflict"
  | "clock skew"
  | "expired token"
  | "bad signature"
  /** The web page of a server that does not know the operation, and of one that broke over it. */
  | "html"
  | "html 500";

export interface PlannedFault {
  readonly fault: Fault;
  /** `*` is any. */
  readonly operation: string;
  /** How often it strikes; once unless said. */
  readonly times?: number;
  /** How many calls of that operation pass before. */
  readonly after?: number;
}

export class Faults {
  readonly #planned: { fault: Fault; operation: string; times: number; after: number }[] = [];

  plan({ fault, operation, times = 1, after = 0 }: PlannedFault): void {
    this.#planned.push({ fault, operation, times, after });
  }

  clear(): void {
    this.#planned.length = 0;
  }

  strike(operation: string): Fault | undefined {
    for (const planned of this.#planned) {
      if (planned.operation !== "*" && planned.operation !== operation) continue;
      if (planned.times === 0) continue;
      if (planned.after-- > 0) continue;
      planned.times--;
      return planned.fault;
    }
    return undefined;
  }
}

/** The failure that AWS's documentation names for a fault: https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html */
export function failureOf(
  fault: Fault,
  service: string,
  operation: string,
  caller: string,
): Failure | undefined {
  const s3 = service === "s3";
  switch (fault) {
    case "throttling":
      if (s3) return { status: 503, code: "SlowDown", message: "Please reduce your request rate." };
      return service === "access-analyzer"
        ? { status: 429, code: "ThrottlingException", message: "Rate exceeded" }
        : { status: 400, code: "Throttling", message: "Rate exceeded" };
    case "internal error":
      return s3
        ? {
            status: 500,
            code: "InternalError",
            message: "We encountered an internal error. Please try again.",
          }
        : { status: 500, code: "ServiceFailure", message: "Internal failure" };
    case "service unavailable":
      return { status: 503, code: "ServiceUnavailable", message: "Service Unavailable" };
    case "denied": {
      const action = `${service}:${operation}`;
      const message = `User: ${caller} is not authorized to perform: ${action} on resource: * because no identity-based policy allows the ${action} action`;
      return {
        status: 403,
        code: service === "access-analyzer" ? "AccessDeniedException" : "AccessDenied",
        message,
      };
    }
    case "conflict":
      return s3
        ? {
            status: 409,
            code: "OperationAborted",
            message: "A conflicting conditional operation is currently in progress against this resource.",
          }
        : {
            status: 409,
            code: "ConcurrentModification",
            message:
              "The request was rejected because multiple requests to change this object were submitted simultaneously.",
          };
    case "clock skew":
      return s3
        ? {
            status: 403,
            code: "RequestTimeTooSkewed",
            message: "The difference between the request time and the current time is too large.",
          }
        : { status: 403, code: "RequestExpired", message: "Request has expired." };
    case "expired token":
      return {
        status: 403,
        code: s3 ? "ExpiredToken" : "ExpiredTokenException",
        message: "The security token included in the request is expired",
      };
    case "bad signature":
      // AWS writes the canonical request into the message, with the session token in it.
      return {
        status: 403,
        code: "SignatureDoesNotMatch",
        message:
          "The request signature we calculated does not match the signature you provided. The Canonical String for this request should have been 'POST / x-amz-security-token:STAND-IN-SESSION-TOKEN'",
      };
    default:
      return undefined;
  }
}
