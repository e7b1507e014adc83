/** `iam-policy import`: an account, live or from a snapshot, as the files that the other commands work on. */
import { existsSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { homeOfSnapshot } from "../../account/change/home-of-snapshot.js";
import type { Home } from "../../account/change/perform-on.js";
import type { Snapshot } from "../../account/change/snapshot-shape.js";
import { readSnapshotText } from "../../account/change/snapshot-text.js";
import { type FileText, writeAccount } from "../../account/write-account.js";
import { liveHome } from "../../workspace/live-home.js";
import { WriteError, type WritePorts } from "../../workspace/write-files.js";
import { type Arguments, readArguments } from "../arguments.js";
import { AWS_FLAGS, AWS_USAGE, type AwsPorts, withAws } from "../aws-flags.js";
import { readTextFile, reasonOf } from "../read-text.js";
import { EXIT, type ExitCode, type Terminal, UsageError } from "../terminal.js";

export const usage = `usage: iam-policy import [SNAPSHOT] [--out DIR]
Writes iam-account.json and a file for each policy. Without SNAPSHOT, AWS is asked; nothing is changed there.
  --out DIR                  where to write (the working folder); nothing that is there is overwritten
${AWS_USAGE}Exit 0: all is written. 1: all but what is named. 2: nothing is.
`;

const FLAGS = { out: { type: "string" }, ...AWS_FLAGS } as const;

interface Source {
  readonly snapshot: Snapshot;
  readonly home: Home;
  readonly region: string | undefined;
}

export async function importCommand(
  args: readonly string[],
  terminal: Terminal,
  ports: AwsPorts & WritePorts,
): Promise<ExitCode> {
  const { values, positionals } = readArguments(args, FLAGS);
  const [file, extra] = positionals;
  if (extra !== undefined) throw new UsageError("Name one snapshot, or none to ask AWS.");
  const out = typeof values["out"] === "string" ? values["out"] : ".";
  const source =
    file === undefined ? await liveAccount(values, terminal, ports) : snapshotFile(file, terminal);
  const { files, notes } = writeAccount(source.snapshot, source.home, source.region);
  writeNew(files, resolve(terminal.cwd, out), out, ports);
  for (const note of notes) terminal.err(`${note}\n`);
  const shown = join(out, "iam-account.json").replaceAll("\\", "/");
  terminal.out(
    `The account ${source.home.accountId} is in ${shown}, its ${files.length - 1} policies in files beside it.\n`,
  );
  return notes.length > 0 ? EXIT.findings : EXIT.ok;
}

function liveAccount(values: Arguments["values"], terminal: Terminal, ports: AwsPorts): Promise<Source> {
  return withAws(values, terminal, ports, async ({ target, region, regionChosen }) => {
    const home = await liveHome(target);
    const snapshot = await target.read({
      progress: (done, what) => terminal.progress?.(`${done} ${what} of account ${home.accountId} …`),
    });
    terminal.progress?.("");
    return { snapshot, home, region: regionChosen ? region : undefined };
  });
}

/** @throws UsageError */
function snapshotFile(file: string, { cwd }: Terminal): Source {
  const snapshot = readSnapshotText(readTextFile(resolve(cwd, file), file, "account"), file);
  const home = homeOfSnapshot(snapshot);
  if (home === undefined) throw new UsageError(`${file}: no ARN in this snapshot tells the account id.`);
  return { snapshot, home, region: undefined };
}

/**
 * All files or none.
 * @throws UsageError where one is there already with another text
 */
function writeNew(files: readonly FileText[], folder: string, shown: string, ports: WritePorts): void {
  const missing = files.filter(({ path, text }) => {
    const full = join(folder, path);
    return !existsSync(full) || readTextFile(full, path) !== text;
  });
  const others = missing.filter(({ path }) => existsSync(join(folder, path)));
  if (others.length > 0) {
    const names = others.slice(0, 5).map(({ path }) => path);
    const more = others.length > names.length ? `, and ${others.length - names.length} more` : "";
    throw new UsageError(
      `Nothing is written, because these files are in ${shown} already and say something else: ${names.join(", ")}${more}. Name an empty folder with --out.`,
    );
  }
  try {
    ports.writeAll(missing.map(({ path, text }) => ({ path: join(folder, path), text })));
  } catch (error) {
    if (!(error instanceof WriteError)) throw error;
    throw new UsageError(`${relative(folder, error.path)} cannot be written: ${reasonOf(error.cause)}`);
  }
}
