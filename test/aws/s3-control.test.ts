/** Where the account's Block Public Access is asked for: AWS has an address of its own for it, other servers have not. */
import assert from "node:assert/strict";
import { beforeEach, describe, it } from "node:test";
import { openClients } from "../../server/src/aws/clients.js";
import { accountPublicAccessBlock } from "../../server/src/aws/s3-control.js";
import { openSession } from "../../server/src/aws/session.js";
import { forgetEnvironment } from "./stand-in/bench.js";

const HOST = "111122223333.s3-control";
const PATH = "/v20180820/configuration/publicAccessBlock";

describe("the account's Block Public Access", () => {
  beforeEach(forgetEnvironment);

  for (const [region, env, address] of [
    ["us-east-1", {}, `https://${HOST}.us-east-1.amazonaws.com`],
    ["eu-central-2", {}, `https://${HOST}.eu-central-2.amazonaws.com`],
    ["cn-north-1", {}, `https://${HOST}.cn-north-1.amazonaws.com.cn`],
    ["us-gov-west-1", { AWS_USE_FIPS_ENDPOINT: "true" }, `https://${HOST}-fips.us-gov-west-1.amazonaws.com`],
    [
      "eu-west-1",
      { AWS_USE_DUALSTACK_ENDPOINT: "true" },
      `https://${HOST}.dualstack.eu-west-1.amazonaws.com`,
    ],
    ["eu-west-1", { AWS_ENDPOINT_URL: "http://127.0.0.1:5000" }, "http://127.0.0.1:5000"],
    [
      "eu-west-1",
      {
        AWS_ENDPOINT_URL_S3_CONTROL: "https://control.example",
        AWS_ENDPOINT_URL_S3: "http://127.0.0.1:9000",
      },
      "https://control.example",
    ],
  ] as const) {
    it(`is asked for at ${address}, with ${JSON.stringify(env)}`, async () => {
      Object.assign(process.env, env);
      const clients = openClients(openSession({ region }));
      let asked = "";
      let headers: Readonly<Record<string, string>> = {};
      clients.s3.read().config.requestHandler = {
        async handle(request: {
          protocol: string;
          hostname: string;
          port?: number;
          path: string;
          headers: object;
        }) {
          const { protocol, hostname, port } = request;
          asked = `${protocol}//${hostname}${port === undefined ? "" : `:${port}`}${request.path}`;
          headers = { ...request.headers } as typeof headers;
          throw Object.assign(new Error("no"), { name: "AccessDenied", $metadata: { httpStatusCode: 403 } });
        },
      } as never;
      assert.equal(await accountPublicAccessBlock(clients, "111122223333", {}), undefined);
      clients.close();
      assert.equal(asked, `${address}${PATH}`);
      assert.equal(headers["x-amz-account-id"], "111122223333");
      assert.equal(
        `https://${headers["host"]}`.replace(/:\d+$/, ""),
        new URL(address).origin.replace(/^http:/, "https:").replace(/:\d+$/, ""),
      );
      assert.match(
        headers["authorization"] ?? "",
        new RegExp(`/${region}/s3/aws4_request.*SignedHeaders=.*x-amz-account-id`),
      );
    });
  }
});
