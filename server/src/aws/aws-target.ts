/** AWS as the target of plans: IAM and S3 behind the port that a snapshot file stands behind too. */
import type { AccountTarget, CallOptions } from "../account/change/target.js";
import { awsIdentity } from "../account/change/target-identity.js";
import { parseArn } from "../policy/arn.js";
import type { Clients } from "./clients.js";
import { performIam, readDetails } from "./iam.js";
import { performS3, readBuckets } from "./s3.js";
import { accountPublicAccessBlock } from "./s3-control.js";
import { type Identity, readIdentity } from "./sts.js";

export function awsTarget(clients: Clients): AccountTarget {
  let known: Promise<Identity> | undefined;
  // It cannot change while the credentials are the same.
  const identity = async ({ anew, ...options }: CallOptions & { readonly anew?: boolean } = {}) => {
    if (anew === true || known === undefined) known = readIdentity(clients, options);
    try {
      return await known;
    } catch (error) {
      known = undefined;
      throw error;
    }
  };
  return {
    name: clients.session.name,
    identity: async (options) => {
      const { account, arn } = await identity(options);
      return awsIdentity(parseArn(arn)?.partition ?? "aws", account, clients.session.endpoint("IAM"));
    },
    accountId: async (options) => (await identity(options)).account,
    caller: async (options) => (await identity(options)).arn,
    read: async (options = {}) => {
      const block = await accountPublicAccessBlock(clients, (await identity(options)).account, options);
      return {
        ...(await readDetails(clients, options)),
        ...(await readBuckets(clients, options)),
        ...(block && { AccountPublicAccessBlock: block }),
      };
    },
    perform: async (request, options = {}) => {
      if (request.service === "iam") await performIam(clients, request, options);
      else await performS3(clients, request, options);
    },
  };
}
