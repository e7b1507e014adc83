/** `live/matrix`: the permission matrix with AWS's cells beside ours. Where AWS was not asked, ours stand for both. */
import { type Cell, together } from "../../account/matrix.js";
import { CELL_SYMBOLS } from "../../account/matrix-report.js";
import { findPrincipal } from "../../account/principal.js";
import { ownResource } from "../../account/question.js";
import { counted } from "../../policy/counted.js";
import type { Desk } from "../account-desk.js";
import type { LiveSteps } from "../live-questions.js";
import { accountAt } from "./asked-account.js";
import { matrix } from "./matrix.js";

export async function liveMatrix(
  desk: Desk,
  { asked: params, answered, notAsked }: LiveSteps["live/matrix"]["params"],
): Promise<LiveSteps["live/matrix"]["result"]> {
  const whole = await matrix({ ...desk, catalogue: desk.catalogue, part: undefined }, params);
  if ("ok" in whole) return whole;
  const asked = accountAt(desk.now, params.account);
  if (!asked.ok) return asked;
  const found = new Map<string, Cell[]>();
  const without = notAsked.map(({ why }) => why);
  for (const { as, action, resource, answer } of answered) {
    if ("refused" in answer) {
      without.push(answer.refused);
      continue;
    }
    for (const key of [keyOf(as, action), keyOf(as, action, resource)])
      found.set(key, [...(found.get(key) ?? []), answer.decision]);
  }
  const [first] = without;
  const left = first === undefined ? [] : [`${counted(without.length, "request")} not compared: ${first}`];
  const { head, rows } = whole;
  return {
    ok: true,
    matrix: {
      head: { ...head, compared: true, comparedWith: "AWS", problems: [...head.problems, ...left] },
      rows: rows.map((row) => {
        const { principal: as, resource, cells } = row;
        const who = findPrincipal(asked.account, as);
        const on = resource && who.ok ? ownResource(resource, who.principal) : resource;
        const before = [...cells].map((symbol, column) => {
          const said = found.get(keyOf(as, head.columns[column] ?? "", on));
          return said === undefined ? symbol : CELL_SYMBOLS[together(said)];
        });
        return { ...row, before: before.join("") };
      }),
    },
  };
}

function keyOf(as: string, action: string, resource = ""): string {
  return `${as}\n${action}\n${resource}`;
}
