// The stand-in for AWS of the tests, for tools that show the editor with an account: bundled, since it is TypeScript.
import { readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { build } from "esbuild";

const UPLOAD = "s3:PutObject arn:aws:s3:::one-projects/palmer_penguins/model.bin";
/** What AWS's simulator says; it allows nothing else. */
const SIMULATED = {
  [UPLOAD]: "allowed",
  "sqs:SendMessage arn:aws:sqs:ap-southeast-2:111122223333:jobs": "allowed",
};
const BUCKET = "one-backups";

/** @returns {Promise<{ env: Record<string, string>, close: () => Promise<void> }>} */
export async function startStandIn(folder) {
  const outfile = join(folder, "stand-in.cjs");
  await build({
    entryPoints: [resolve("test/aws/stand-in/server.ts")],
    outfile,
    bundle: true,
    platform: "node",
    format: "cjs",
    logLevel: "error",
  });
  const { StandIn } = createRequire(import.meta.url)(outfile);
  rmSync(outfile);
  const standIn = await StandIn.start();
  standIn.state.now = { ...standIn.state.now, BucketPolicies: { [BUCKET]: null } };
  for (const [request, decision] of Object.entries(SIMULATED))
    standIn.state.simulated.set(request.toLowerCase(), decision);
  standIn.state.named.set(UPLOAD.toLowerCase(), statementCalled("AnalystWorksOnPalmerPenguins"));
  return {
    env: {
      AWS_ENDPOINT_URL: standIn.url,
      AWS_ACCESS_KEY_ID: "AKIAEXAMPLE",
      AWS_SECRET_ACCESS_KEY: "secret-of-the-pictures",
      AWS_EC2_METADATA_DISABLED: "true",
    },
    close: () => standIn.close(),
  };
}

/** The place of a statement of the example policy, as AWS counts in the text that it has. */
function statementCalled(sid) {
  const policy = JSON.parse(
    readFileSync("examples/workspace/corrected/policies/projects_bucket.json", "utf8"),
  );
  const statement = policy.Statement.find(({ Sid }) => Sid === sid);
  const start = JSON.stringify(policy).indexOf(JSON.stringify(statement));
  return {
    SourcePolicyId: "ResourcePolicy",
    SourcePolicyType: "Resource Policy",
    StartPosition: { Line: 1, Column: start + 1 },
    EndPosition: { Line: 1, Column: start + JSON.stringify(statement).length + 1 },
  };
}
