/** `iam-policy apply`: makes an account what its file says, after showing what that changes for whom. */
import { runsOf } from "../../account/change/journal.js";
import { planApply, planRecover } from "../../workspace/planned-change.js";
import type { WorkspacePorts } from "../../workspace/workspace.js";
import { listOf, readArguments } from "../arguments.js";
import type { AwsPorts } from "../aws-flags.js";
import { carryOut, EXIT_USAGE } from "../carry-out.js";
import { CHANGE_FLAGS, CHANGE_USAGE, type ChangeCommandPorts, withTarget } from "../change-target.js";
import { type ExitCode, type Terminal, UsageError } from "../terminal.js";

export const usage = `usage: iam-policy apply
${CHANGE_USAGE}  --only ID…                 only user/NAME, policy/NAME, role/NAME/trust, bucket/NAME and the like
  --prune                    delete what the account file does not name; buckets never
  --resume                   go on with the last apply that did not come to its end
  --skip-moved               with --resume: leave alone what somebody has changed since
${EXIT_USAGE}`;

const FLAGS = {
  ...CHANGE_FLAGS,
  only: { type: "string", multiple: true },
  prune: { type: "boolean" },
  resume: { type: "boolean" },
  "skip-moved": { type: "boolean" },
} as const;

export async function applyCommand(
  args: readonly string[],
  terminal: Terminal,
  ports: WorkspacePorts & AwsPorts & ChangeCommandPorts,
): Promise<ExitCode> {
  const { values, positionals } = readArguments(args, FLAGS);
  const [extra] = positionals;
  if (extra !== undefined)
    throw new UsageError(`\`${extra}\` means nothing here. Name one part with --only.`);
  const signal = terminal.interruption?.();
  return withTarget(values, terminal, ports, async (setting) => {
    const { records, unreadable } = await setting.journals.list();
    for (const name of unreadable)
      terminal.err(`${setting.journals.place}/${name} is no journal that can be read.\n`);
    const stopped = runsOf(records).filter(({ state }) => state === "unfinished");
    const question = {
      ...setting,
      allowLockOut: values["allow-lock-out"] === true,
      ...(signal === undefined ? {} : { signal }),
      progress: (done: number, what: string) => terminal.progress?.(`${done} ${what} …`),
    };
    if (values["resume"] === true) {
      const run = stopped.at(-1);
      const [first] = run?.records ?? [];
      if (run === undefined || first === undefined)
        throw new UsageError(
          `There is nothing to resume: every apply in ${setting.journals.place} came to its end.`,
        );
      const planned = await planRecover(question, run, {
        direction: "resume",
        skipMoved: values["skip-moved"] === true,
      });
      terminal.progress?.("");
      return carryOut(planned, setting, { kind: "resume", of: first.id }, values, terminal, ports, signal);
    }
    for (const {
      records: [first],
    } of stopped)
      terminal.err(
        `The apply ${first?.id} did not come to its end: \`iam-policy apply --resume\` goes on with it, \`iam-policy rollback ${first?.id}\` takes it back.\n`,
      );
    const planned = await planApply(question, {
      only: listOf(values["only"]),
      prune: values["prune"] === true,
    });
    terminal.progress?.("");
    return carryOut(planned, setting, { kind: "apply" }, values, terminal, ports, signal);
  });
}
