/**
 * The SDK's own notices reach nobody: neither terminal nor protocol. A file of its own, because the SDK says each of them
 * once in a process.
 */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it } from "node:test";
import { openClients } from "../../server/src/aws/clients.js";
import { openSession } from "../../server/src/aws/session.js";
import { readIdentity } from "../../server/src/aws/sts.js";
import { forgetEnvironment } from "./stand-in/bench.js";
import { StandIn } from "./stand-in/server.js";

describe("the SDK's own notices", () => {
  it("reach nobody: neither the age of Node, nor credentials from two sources, nor a missing Region", async () => {
    const standIn = await StandIn.start();
    const folder = mkdtempSync(join(tmpdir(), "iam-policy-aws-"));
    writeFileSync(
      join(folder, "credentials"),
      "[base]\naws_access_key_id=AKIABASE\naws_secret_access_key=secret\n",
    );
    writeFileSync(
      join(folder, "config"),
      "[profile r]\nrole_arn=arn:aws:iam::111122223333:role/r\nsource_profile=base\n",
    );
    forgetEnvironment();
    process.env["AWS_CONFIG_FILE"] = join(folder, "config");
    process.env["AWS_SHARED_CREDENTIALS_FILE"] = join(folder, "credentials");
    process.env["AWS_ENDPOINT_URL"] = standIn.url;
    const said: unknown[] = [];
    const { version, emitWarning } = process;
    const { log, info, warn, error } = console;
    const hear = (...words: unknown[]) => void said.push(words);
    Object.defineProperty(process, "version", { value: "v20.0.0", configurable: true });
    Object.assign(process, { emitWarning: hear });
    Object.assign(console, { log: hear, info: hear, warn: hear, error: hear });
    try {
      // Both a profile and keys in the environment.
      for (const profile of ["base", "r"]) {
        const clients = openClients(openSession({ profile }));
        await readIdentity(clients);
        clients.close();
      }
    } finally {
      Object.defineProperty(process, "version", { value: version, configurable: true });
      Object.assign(process, { emitWarning });
      Object.assign(console, { log, info, warn, error });
      rmSync(folder, { recursive: true, force: true });
      await standIn.close();
    }
    assert.deepEqual(said, []);
  });
});
