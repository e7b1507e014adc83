/**
 * An answer in words, as Markdown: what was asked, how it was decided, on which statements that rests and what could
 * change it. It decides nothing; places become links by the caller's own rule.
 */
import type { DecisionWord } from "../evaluate/decide.js";
import { SOURCE_NAMES } from "../evaluate/explain.js";
import type { Cell } from "./matrix.js";
import { CELL_SYMBOLS, CELL_WORDS, CELLS } from "./matrix-report.js";
import type { Context } from "./question.js";
import { decidingReasons } from "./run-access-tests.js";
import type { LocatedReason } from "./verdict.js";

export interface Explained {
  /** As the question calls who asks. */
  readonly as: string;
  readonly action: string;
  readonly resource: string;
  readonly context: Context;
  readonly decision: DecisionWord;
  readonly reasons: readonly LocatedReason[];
  readonly missingContext: readonly string[];
  /** Whose answer it is, such as `AWS`; ours unless said. */
  readonly saidBy?: string;
  /** Sentences about the answer as a whole. */
  readonly notes?: readonly string[];
  /** How the same turns out on other resources, where nobody named one. */
  readonly elsewhere: readonly { readonly resource: string; readonly cell: Cell }[];
}

/** Such as: ✖ user/ana may not s3:PutObject on arn:aws:s3:::logs/x: denied */
export function headline({ as, action, resource, decision, saidBy }: Explained): string {
  const may = decision === "allowed" ? "may" : "may not";
  return `${CELL_SYMBOLS[decision]} ${as} ${may} ${action} on ${resource}: ${CELL_WORDS[decision]}${saying(saidBy)}`;
}

/** @param link the Markdown of a place, such as a link to it */
export function explanationOf(explained: Explained, link: (file: string, pointer: string) => string): string {
  const { as, action, resource, context, decision, reasons, missingContext, elsewhere } = explained;
  const { saidBy, notes = [] } = explained;
  const deciding = new Set(decidingReasons(decision, reasons));
  const others = reasons.filter((it) => !deciding.has(it));
  const section = (title: string, list: readonly LocatedReason[]) =>
    list.length === 0 ? [] : [`## ${title}`, "", ...list.flatMap((it) => [`- ${reasonLine(it, link)}`, ""])];
  const keys = Object.entries(context);
  return [
    `# ${CELL_SYMBOLS[decision]} ${capital(CELL_WORDS[decision])}${saying(saidBy)}`,
    "",
    ...notes.flatMap((it) => [it, ""]),
    ...(elsewhere.some(({ cell }) => cell !== decision)
      ? ["On other resources it is decided otherwise, see below.", ""]
      : []),
    `- Who: ${code(as)}`,
    `- Action: ${code(action)}`,
    `- Resource: ${code(resource)}`,
    ...keys.map(([key, value]) => `- ${code(key)}: ${[value].flat().map(String).map(code).join(" ")}`),
    "",
    ...section(
      TITLES[decision],
      [...deciding].filter(({ statement }) => decision !== "implicitDeny" || statement === undefined),
    ),
    ...(decision === "implicitDeny"
      ? section(
          "Came near",
          [...deciding].filter(({ statement }) => statement !== undefined),
        )
      : []),
    ...(missingContext.length === 0
      ? []
      : [
          "## Could turn out otherwise",
          "",
          `The request does not say ${missingContext.map(code).join(", ")}: with a value it could be decided otherwise.`,
          "",
        ]),
    ...section("Also about this action", others),
    ...(elsewhere.length === 0 ? [] : ["## On other resources", "", ...elsewhereLines(elsewhere), ""]),
  ].join("\n");
}

/** Of each kind of decision a few, in the order of the symbols. */
function elsewhereLines(elsewhere: Explained["elsewhere"]): readonly string[] {
  return CELLS.flatMap((cell) => {
    const own = elsewhere.filter((it) => it.cell === cell).map(({ resource }) => resource);
    const more = own.length - SHOWN;
    return [
      ...own.slice(0, SHOWN).map((it) => `- ${CELL_SYMBOLS[cell]} ${code(it)}: ${CELL_WORDS[cell]}`),
      ...(more > 0 ? [`- ${CELL_SYMBOLS[cell]} and ${more} more: ${CELL_WORDS[cell]}`] : []),
    ];
  });
}

const SHOWN = 10;

const TITLES: Readonly<Record<DecisionWord, string>> = {
  allowed: "Allowed by",
  explicitDeny: "Denied by",
  implicitDeny: "Why not",
};

function reasonLine(
  { source, policy, statement, sid, effect, matched, because, file, pointer }: LocatedReason,
  link: (file: string, pointer: string) => string,
): string {
  if (statement === undefined) return because;
  const place = file === undefined || pointer === undefined ? "" : ` · ${link(file, pointer)}`;
  const mark = matched ? (effect === "Deny" ? "✖" : "✔") : "○";
  return `${mark} **${effect}** ${code(sid ?? `statement ${statement + 1}`)} of ${code(policy)} (${SOURCE_NAMES[source]})${place}  \n  ${because}`;
}

function saying(saidBy: string | undefined): string {
  return saidBy === undefined ? "" : `, says ${saidBy}`;
}

function code(text: string): string {
  return `\`${text}\``;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
