/**
 * S3's account-wide Block Public Access. Its API is another one than S3's, with an operation of the same name and the
 * same answer: the request for a bucket is readdressed, which spares everybody one more client of the SDK.
 * See https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_GetPublicAccessBlock.html
 */
import { GetPublicAccessBlockCommand } from "@aws-sdk/client-s3";
import type { PublicAccessBlock } from "../account/change/snapshot-shape.js";
import type { CallOptions } from "../account/change/target.js";
import type { Clients } from "./clients.js";
import { readBlock } from "./s3.js";

const PATH = "/v20180820/configuration/publicAccessBlock";
/** Never sent: it is where the bucket stands in the request that is readdressed. */
const NO_BUCKET = "account-level";

/** `undefined` where it may not be read, or is not known at the endpoint: then nothing is claimed about it. */
export function accountPublicAccessBlock(
  clients: Clients,
  account: string,
  options: CallOptions,
): Promise<PublicAccessBlock | undefined> {
  const command = new GetPublicAccessBlockCommand({ Bucket: NO_BUCKET });
  command.middlewareStack.add(
    (next) => (args) => {
      const request = args.request as AddressedRequest;
      const own = clients.session.endpoint("S3_CONTROL");
      // An endpoint of one's own is one address for everybody.
      if (own === undefined)
        request.hostname = request.hostname.replace(/^(?:.*\.)?s3(-fips)?\./, `${account}.s3-control$1.`);
      else readdress(request, own);
      request.path = PATH;
      request.query = {};
      request.headers["x-amz-account-id"] = account;
      return next(args);
    },
    // After the address is found, before it is written into the headers and signed.
    { step: "build", priority: "high", name: "readdressToS3Control" },
  );
  return readBlock(clients, (sending) => clients.s3.read().send(command, sending), NONE, options);
}

/** Where nothing is set, nothing is blocked. */
const NONE: PublicAccessBlock = {
  BlockPublicAcls: false,
  IgnorePublicAcls: false,
  BlockPublicPolicy: false,
  RestrictPublicBuckets: false,
};

interface AddressedRequest {
  protocol: string;
  hostname: string;
  port?: number;
  path: string;
  query: Record<string, string>;
  readonly headers: Record<string, string>;
}

function readdress(request: AddressedRequest, endpoint: string): void {
  const { protocol, hostname, port } = new URL(endpoint);
  request.protocol = protocol;
  request.hostname = hostname;
  if (port === "") delete request.port;
  else request.port = Number(port);
}
