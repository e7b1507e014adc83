/**
 * The SDK's clients for a session, made when first asked for, and the one way a command is sent: with cancellation, and
 * with errors in our words. What is sent is up to `iam.ts`, `s3.ts` and the others.
 */
import { AccessAnalyzerClient } from "@aws-sdk/client-accessanalyzer";
import { IAMClient } from "@aws-sdk/client-iam";
import { S3Client } from "@aws-sdk/client-s3";
import { STSClient } from "@aws-sdk/client-sts";
import type { CallOptions } from "../account/change/target.js";
import { toTargetError } from "./aws-error.js";
import { type ServiceId, type Session, SILENT } from "./session.js";

export interface Clients {
  readonly session: Session;
  /** Reads try again a few times on their own; of writes, and of calls that AWS charges for, the caller decides. */
  readonly iam: Pair<IAMClient>;
  readonly s3: Pair<S3Client>;
  readonly sts: () => STSClient;
  readonly accessAnalyzer: Pair<AccessAnalyzerClient>;
  /** Closes the connections that are kept open. */
  readonly close: () => void;
}

interface Pair<Client> {
  readonly read: () => Client;
  readonly write: () => Client;
}

const READ_ATTEMPTS = 4;

export function openClients(session: Session): Clients {
  // Its notice about the age of Node is for whoever ships it.
  process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] = "true";
  const open: { destroy(): void }[] = [];
  const once = <Client extends { destroy(): void }>(make: () => Client) => {
    let client: Client | undefined;
    return () => {
      if (client === undefined) {
        client = make();
        open.push(client);
      }
      return client;
    };
  };
  const base = (service: ServiceId, maxAttempts: number) => {
    const endpoint = session.endpoint(service);
    return {
      region: session.region,
      credentials: session.credentials,
      logger: SILENT,
      maxAttempts,
      requestHandler: {
        connectionTimeout: session.timeouts.connect,
        requestTimeout: session.timeouts.answer,
        throwOnRequestTimeout: true,
      },
      ...(session.profile === undefined ? {} : { profile: session.profile }),
      ...(endpoint === undefined ? {} : { endpoint }),
    };
  };
  const analyzer = (attempts: number) => new AccessAnalyzerClient(base("ACCESSANALYZER", attempts));
  const s3 = (attempts: number) =>
    new S3Client({
      ...base("S3", attempts),
      followRegionRedirects: true,
      // Other servers than AWS's have no host names by bucket.
      forcePathStyle: session.endpoint("S3") !== undefined,
    });
  return {
    session,
    iam: {
      read: once(() => new IAMClient(base("IAM", READ_ATTEMPTS))),
      write: once(() => new IAMClient(base("IAM", 1))),
    },
    s3: { read: once(() => s3(READ_ATTEMPTS)), write: once(() => s3(1)) },
    sts: once(() => new STSClient(base("STS", READ_ATTEMPTS))),
    accessAnalyzer: { read: once(() => analyzer(READ_ATTEMPTS)), write: once(() => analyzer(1)) },
    close: () => {
      for (const client of open) client.destroy();
    },
  };
}

/** A request on its way. */
interface Sending<Output> {
  readonly service: string;
  readonly operation: string;
  readonly writes?: boolean;
  /** AWS charges for it. */
  readonly paid?: boolean;
  readonly send: (options: { readonly abortSignal?: AbortSignal }) => Promise<Output>;
}

/** Rejects with a `TargetError`, whatever happens. A write that has gone out is not cut off: its answer is awaited. */
export async function call<Output>(
  { session }: Clients,
  { service, operation, writes = false, paid = false, send }: Sending<Output>,
  { signal }: CallOptions = {},
): Promise<Output> {
  try {
    signal?.throwIfAborted();
    return await send(writes || signal === undefined ? {} : { abortSignal: signal });
  } catch (error) {
    const cancelled = signal?.aborted === true && (!writes || error === signal.reason);
    const seen = cancelled ? Object.assign(new Error("cancelled"), { name: "AbortError" }) : error;
    const sent = error !== signal?.reason;
    throw toTargetError(seen, { service, operation, writes, paid: paid && sent }, session);
  }
}
