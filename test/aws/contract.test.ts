/** What plans can be carried out on, held to one contract: AWS over our stand-in for it, and a snapshot file. */
import { rmSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { snapshotTarget } from "../../server/src/node/snapshot-target.js";
import { type Bench, targetContract } from "./contract.js";
import { standInBench } from "./stand-in/bench.js";
import { ACCOUNT_ID } from "./stand-in/state.js";

targetContract("stand-in", standInBench);
targetContract("snapshot", snapshotBench);

async function snapshotBench(): Promise<Bench> {
  const folder = await mkdtemp(join(tmpdir(), "iam-policy-contract-"));
  const path = join(folder, "account.json");
  const buckets: string[] = [];
  return {
    target: snapshotTarget(path, { shown: "account.json", accountId: ACCOUNT_ID, partition: "aws", buckets }),
    reset: async (names) => {
      rmSync(path, { force: true });
      buckets.splice(0, Infinity, ...names);
    },
    close: async () => rmSync(folder, { recursive: true, force: true }),
  };
}
