/** A session with the stand-in: credentials and endpoint of this process, short timeouts. */
import { awsTarget } from "../../../server/src/aws/aws-target.js";
import { type Clients, openClients } from "../../../server/src/aws/clients.js";
import { openSession, type SessionOptions } from "../../../server/src/aws/session.js";
import type { Bench } from "../contract.js";
import { StandIn } from "./server.js";
import { EMPTY } from "./state.js";

export const ACCESS_KEY = "AKIASTANDIN000000000";
export const SECRET = "STAND-IN-SECRET-KEY/with+signs";

/** No setting of this computer counts. */
export function forgetEnvironment(): void {
  for (const name of Object.keys(process.env)) if (name.startsWith("AWS_")) delete process.env[name];
  Object.assign(process.env, {
    AWS_ACCESS_KEY_ID: ACCESS_KEY,
    AWS_SECRET_ACCESS_KEY: SECRET,
    AWS_CONFIG_FILE: "/nowhere/config",
    AWS_SHARED_CREDENTIALS_FILE: "/nowhere/credentials",
    AWS_EC2_METADATA_DISABLED: "true",
  });
}

export function standInClients(standIn: StandIn, options: SessionOptions = {}): Clients {
  const timeouts = { connect: 2_000, answer: 300 };
  return openClients(openSession({ endpointUrl: standIn.url, timeouts, ...options }));
}

export async function standInBench(): Promise<Bench & { readonly standIn: StandIn }> {
  forgetEnvironment();
  const standIn = await StandIn.start();
  const clients = standInClients(standIn);
  return {
    standIn,
    target: awsTarget(clients),
    reset: async (buckets) => {
      const policies = Object.fromEntries(buckets.map((it) => [it, null]));
      standIn.reset({ ...EMPTY, BucketPolicies: policies });
    },
    close: async () => {
      clients.close();
      await standIn.close();
    },
  };
}
