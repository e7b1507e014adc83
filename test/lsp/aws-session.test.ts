/** As whom AWS is asked, and when: never before the user has said so. */
import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import { type AccountTarget, TargetError } from "../../server/src/account/change/target.js";
import type { AwsSession } from "../../server/src/lsp/protocol.js";
import type { AwsOptions } from "../../server/src/workspace/aws-connection.js";
import { fakeConnection } from "../aws/fake-connection.js";
import { startClient, type TestClient } from "./client.js";

const ARN = "arn:aws:iam::111122223333:user/ana";

describe("AWS session", () => {
  const clients: TestClient[] = [];
  after(() => {
    for (const client of clients) client.stop();
  });

  const started = async (target: Partial<AccountTarget> = {}) => {
    const asked: AwsOptions[] = [];
    const closed: (string | undefined)[] = [];
    const client = await startClient({
      aws: {
        connectAws: async (options) => {
          asked.push(options);
          return fakeConnection({
            region: options.region ?? "us-east-1",
            profile: options.profile,
            target: {
              name: "AWS",
              identity: async () => "aws:aws:111122223333",
              accountId: async () => "111122223333",
              caller: async () => ARN,
              read: () => Promise.reject(new TargetError("denied", "not asked here")),
              perform: () => Promise.reject(new TargetError("denied", "not asked here")),
              ...target,
            },
            close: () => void closed.push(options.profile),
          });
        },
        listProfiles: async () => ["dev", "prod"],
      },
    });
    clients.push(client);
    const ask = <T>(method: string, params: object = {}): Promise<T> =>
      client.connection.sendRequest(method, params);
    return { client, ask, asked, closed };
  };

  it("asks nothing before the client says that AWS may be asked", async () => {
    const { ask, asked } = await started();
    await assert.rejects(ask("iamPolicy/awsSession"), /trust the workspace/);
    assert.deepEqual(asked, []);
  });

  it("tells who the calls are made as, over one connection", async () => {
    const { ask, asked } = await started();
    await ask("iamPolicy/useAws", { profile: "dev", region: "eu-west-1" });
    const expected: AwsSession = { profile: "dev", accountId: "111122223333", region: "eu-west-1", arn: ARN };
    assert.deepEqual(await ask("iamPolicy/awsSession"), expected);
    assert.deepEqual(await ask("iamPolicy/awsSession"), expected);
    assert.deepEqual(
      asked.map(({ profile }) => profile),
      ["dev"],
    );
    assert.deepEqual(await ask("iamPolicy/awsProfiles"), ["dev", "prod"]);
  });

  it("closes the connection of the profile before", async () => {
    const { ask, closed } = await started();
    await ask("iamPolicy/useAws", { profile: "dev" });
    await ask("iamPolicy/awsSession");
    await ask("iamPolicy/useAws", { profile: "prod" });
    assert.equal((await ask<AwsSession>("iamPolicy/awsSession")).profile, "prod");
    assert.deepEqual(closed, ["dev"]);
  });

  it("passes the words of a refusal on, and starts afresh the next time", async () => {
    const words = "The credentials have expired. Run `aws sso login --profile dev`.";
    const { ask, asked, client } = await started({
      accountId: () => Promise.reject(new TargetError("credentials", words)),
    });
    await ask("iamPolicy/useAws", { profile: "dev" });
    await assert.rejects(ask("iamPolicy/awsSession"), { message: words });
    await assert.rejects(ask("iamPolicy/awsSession"), { message: words });
    assert.equal(asked.length, 2);
    assert.deepEqual(client.log, []);
  });

  it("notices credentials that expire between two commands, and those of a new sign-in", async () => {
    const words = "The credentials have expired.";
    const answers = ["111122223333", undefined, "444455556666"];
    const accountId = async () => {
      const account = answers.shift();
      if (account === undefined) throw new TargetError("credentials", words);
      return account;
    };
    const { ask, asked } = await started({ accountId });
    await ask("iamPolicy/useAws", { profile: "dev" });
    assert.equal((await ask<AwsSession>("iamPolicy/awsSession")).accountId, "111122223333");
    assert.equal((await ask<AwsSession>("iamPolicy/awsSession")).accountId, "444455556666");
    assert.equal(asked.length, 2);
    await assert.rejects(ask("iamPolicy/awsSession"), { message: words });
  });

  it("asks the user for an MFA code, and takes no for an answer", async () => {
    const { client, ask, asked } = await started();
    await ask("iamPolicy/useAws", {});
    await ask("iamPolicy/awsSession");
    const serials: string[] = [];
    const codes = ["123456", null];
    client.connection.onRequest("iamPolicy/askMfaCode", ({ serial }: { serial: string }) => {
      serials.push(serial);
      return codes.shift() ?? null;
    });
    assert.equal(await asked[0]?.askMfaCode?.("arn:aws:iam::111122223333:mfa/ana"), "123456");
    await assert.rejects(async () => asked[0]?.askMfaCode?.("second"), /No MFA code/);
    assert.deepEqual(serials, ["arn:aws:iam::111122223333:mfa/ana", "second"]);
  });
});
