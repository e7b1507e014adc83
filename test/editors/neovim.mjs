// `npm run test:editors`: a real Neovim on `iam-policy-language-server --stdio`, without any plugin. It installs nothing,
// and says what is missing.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const SERVER = resolve("out/iam-policy-language-server.cjs");
const SCRIPT = resolve("test/editors/neovim.lua");
const TIMEOUT = 60_000;
/** Broken, on few lines, and named: something to report, to repair, to lay out and to rename. */
const POLICY = `{"Version": "2012-10-17",
"Statement": [{"Sid": "Read",
  "Effect": "Allow"
  "Action": ["s3:GetObject", "s3:ListBucket"],
  "Resource": "*"}]}
`;

process.exitCode = run();

function run() {
  const version = spawnSync("nvim", ["--version"], { encoding: "utf8" });
  if (version.error !== undefined) return missing("Neovim", "on Debian: apt-get install neovim");
  if (!existsSync(SERVER)) return missing(SERVER, "npm run build");
  console.log(`${version.stdout.split("\n")[0]}, ${SERVER}`);

  const folder = realpathSync(mkdtempSync(join(tmpdir(), "iam-policy-neovim-")));
  try {
    const [policy, results] = [join(folder, "policy.json"), join(folder, "results.json")];
    writeFileSync(policy, POLICY);
    const env = {
      ...process.env,
      IAM_POLICY_FILE: policy,
      IAM_POLICY_RESULTS: results,
      IAM_POLICY_NODE: process.execPath,
      IAM_POLICY_SERVER: SERVER,
      // Nobody's own configuration, state or plugins.
      XDG_CONFIG_HOME: folder,
      XDG_DATA_HOME: folder,
      XDG_STATE_HOME: folder,
      XDG_CACHE_HOME: folder,
    };
    const nvim = spawnSync(
      "nvim",
      ["--headless", "-n", "-i", "NONE", "-u", "NONE", "-c", `luafile ${SCRIPT}`],
      {
        env,
        encoding: "utf8",
        timeout: TIMEOUT,
      },
    );
    if (!existsSync(results)) {
      console.error(`Neovim ended without results:\n${nvim.stdout}${nvim.stderr}`);
      return 1;
    }
    return show(JSON.parse(readFileSync(results, "utf8")));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function show(results) {
  let failed = 0;
  for (const { name, problem } of results) {
    if (problem === null) console.log(`✔ ${name}`);
    else {
      failed++;
      console.log(`✖ ${name}: ${problem}`);
    }
  }
  console.log(`${results.length - failed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

function missing(what, how) {
  console.error(`${what} is missing (${how}).`);
  return 2;
}
