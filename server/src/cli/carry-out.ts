/** Shows a plan, asks whether it is wanted, carries it out, and says how it went. What the plan is about, the commands know. */

import { type ApplyAs, type ApplyEvent, type ApplyOutcome, applyPlan } from "../account/change/apply-plan.js";
import type { CheckedPlan } from "../account/change/check-plan.js";
import { hasErrors } from "../account/change/plan.js";
import { describeFact } from "../account/change/recover.js";
import { counted } from "../policy/counted.js";
import type { PlannedChange } from "../workspace/planned-change.js";
import type { WorkspacePorts } from "../workspace/workspace.js";
import { type Arguments, oneOf } from "./arguments.js";
import type { ChangeCommandPorts, ChangeSetting } from "./change-target.js";
import { complainAboutConfigurations } from "./configurations.js";
import { planJson, reportPlanText } from "./reporters/plan.js";
import { EXIT, type ExitCode, painter, type Terminal, UsageError } from "./terminal.js";

export const EXIT_USAGE = `Exit 0: done, or nothing to do. 1: with --plan, there is something to do; otherwise it was refused, or stopped on its way.
2: wrong usage, something that cannot be read, or nobody to ask for confirmation.
`;

export async function carryOut(
  { target, whole, withoutDeletions }: PlannedChange,
  { journals, lock, workspace }: ChangeSetting,
  as: ApplyAs,
  values: Arguments["values"],
  terminal: Terminal,
  ports: WorkspacePorts & ChangeCommandPorts,
  signal: AbortSignal | undefined,
): Promise<ExitCode> {
  complainAboutConfigurations(workspace, terminal, ports.today());
  const json = oneOf("format", values["format"], ["text", "json"]) === "json";
  const isPlan = values["plan"] === true;
  const deletes = values["delete"] === true;
  // What is shown has the deletions in it, so that they can be confirmed; what nobody can confirm is withheld at once.
  const shown =
    deletes || isPlan || (terminal.ask !== undefined && values["yes"] !== true) ? whole : withoutDeletions();
  const view = { target: target.name, calls: values["calls"] === true, colours: terminal.colours };
  const show = (checked: CheckedPlan) => reportPlanText(checked, { ...view, catalogue: ports.catalogue() });
  const printJson = (checked: CheckedPlan, outcome: ApplyOutcome | undefined) =>
    terminal.out(
      `${JSON.stringify({ ...planJson(checked, target.name), ...resultJson(outcome) }, null, 2)}\n`,
    );
  if (!json) terminal.out(show(shown));

  const { plan } = shown;
  if (isPlan || hasErrors(plan) || plan.steps.length === 0) {
    if (json) printJson(shown, undefined);
    if (isPlan) return hasErrors(plan) || plan.steps.length > 0 ? EXIT.findings : EXIT.ok;
    if (hasErrors(plan)) terminal.err("Nothing was done: the errors above come first.\n");
    return hasErrors(plan) ? EXIT.findings : EXIT.ok;
  }
  const chosen = await confirm(shown, withoutDeletions, deletes, values["yes"] === true, terminal);
  if (chosen === undefined) {
    terminal.err("Nothing was done.\n");
    return EXIT.findings;
  }
  const outcome = await applyPlan(
    chosen.plan,
    target,
    {
      ...ports.change,
      lock,
      createJournal: (header) => journals.create(header),
      ...(signal === undefined ? {} : { signal }),
      progress: (event) => !json && terminal.out(progressText(event)),
    },
    as,
  );
  if (json) printJson(chosen, outcome);
  else terminal.out(outcomeText(outcome, chosen, terminal.colours));
  if (json && outcome.state !== "done") terminal.err(outcomeText(outcome, chosen, false));
  return outcome.state === "done" ? EXIT.ok : EXIT.findings;
}

/**
 * @returns what was confirmed; `undefined` for nothing
 * @throws UsageError where nobody can be asked
 */
async function confirm(
  shown: CheckedPlan,
  withoutDeletions: () => CheckedPlan,
  deletes: boolean,
  yes: boolean,
  { ask }: Terminal,
): Promise<CheckedPlan | undefined> {
  const count = (section: "change" | "delete") =>
    shown.plan.steps.filter((it) => it.section === section).length;
  if (yes) return shown;
  if (ask === undefined)
    throw new UsageError(
      "Nothing was done: there is no terminal to ask at. Look at the plan with --plan, and carry it out with --yes.",
    );
  const changes = count("change");
  if (changes > 0 && !/^y(?:es)?$/i.test(await ask(`Carry out ${counted(changes, "change")}? (yes/no) `)))
    return undefined;
  const deletions = count("delete");
  if (deletions === 0 || deletes) return shown;
  if ((await ask(`Delete ${counted(deletions, "thing")} too? (write delete) `)) === "delete") return shown;
  const rest = withoutDeletions();
  return rest.plan.steps.length === 0 ? undefined : rest;
}

function progressText(event: ApplyEvent): string {
  if (event.type === "begin") return "";
  if (event.type === "retry")
    return `      ${event.message} Trying again in ${(event.milliseconds / 1_000).toFixed(1)} s.\n`;
  return `${`${event.index + 1}/${event.count}`.padStart(7)} ${event.step.words}\n`;
}

function outcomeText(outcome: ApplyOutcome, { plan }: CheckedPlan, colours: boolean): string {
  const paint = painter(colours);
  if (outcome.state === "done") {
    const done = `Done: ${counted(plan.steps.length, "step")}.`;
    return outcome.journal === undefined
      ? `${done}\n`
      : `${paint("bold", done)} Take it back with \`iam-policy rollback ${outcome.journal}\`.\n`;
  }
  if (outcome.state === "moved") {
    const moved = outcome.moved.map(({ subject, part }) => `  ${describeFact(subject, part)}`);
    return `${paint("red", "Nothing was done")}: the account has changed since the plan was made.\n${moved.join("\n")}\nMake the plan anew.\n`;
  }
  if (outcome.state === "held") return `${paint("red", "Nothing was done")}: ${outcome.message}\n`;
  const { journal, done, failed, left, message } = outcome;
  const word = outcome.state === "cancelled" ? "Cancelled" : "Stopped";
  return [
    `${paint("red", word)} after ${done.length} of ${counted(plan.steps.length, "step")}.`,
    ...(failed === undefined ? [`  ${message}`] : [`  Not done: ${failed.words}. ${message}`]),
    ...left.map(({ words }) => `  Not begun: ${words}.`),
    "Go on with `iam-policy apply --resume`, with the same --account and --target.",
    `Take back what was done with \`iam-policy rollback ${journal}\`.`,
    "",
  ].join("\n");
}

function resultJson(outcome: ApplyOutcome | undefined): object {
  if (outcome === undefined) return {};
  if (outcome.state === "done") return { result: { state: "done", journal: outcome.journal ?? null } };
  if (outcome.state === "moved" || outcome.state === "held") return { result: outcome };
  const ids = (steps: readonly { readonly id: string }[]) => steps.map(({ id }) => id);
  const { state, journal, message, failed } = outcome;
  return {
    result: {
      state,
      journal,
      message,
      failed: failed?.id ?? null,
      done: ids(outcome.done),
      left: ids(outcome.left),
    },
  };
}
