/** STS: whoever the calls are made as. */
import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { type CallOptions, TargetError } from "../account/change/target.js";
import { type Clients, call } from "./clients.js";

export interface Identity {
  readonly account: string;
  readonly arn: string;
}

/** Nobody can be denied this call. */
export async function readIdentity(clients: Clients, options: CallOptions = {}): Promise<Identity> {
  const send = (sending: object) => clients.sts().send(new GetCallerIdentityCommand({}), sending);
  const operation = "GetCallerIdentity";
  const { Account, Arn } = await call(clients, { service: "sts", operation, send }, options);
  if (Account === undefined || Arn === undefined)
    throw new TargetError("invalid", `The answer to \`${operation}\` names no account. Check the endpoint.`);
  return { account: Account, arn: Arn };
}
