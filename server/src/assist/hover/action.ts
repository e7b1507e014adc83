/** What a hover says about one action: what it grants, on what, under which conditions, with what else. */
import type { Action, Catalogue } from "../../catalogue/catalogue.js";
import { actionPage } from "../reference-page.js";
import { bullets, code, link, paragraphs } from "./markdown.js";
import { goneText, retiredText } from "./retired.js";

const MOST_KEYS = 30;

export function actionText(catalogue: Catalogue, name: string): string | undefined {
  const action = catalogue.action(name);
  if (action === undefined) return retiredText(catalogue, name);
  const service = catalogue.service(action.service);
  const retired = catalogue.retired(name);
  return paragraphs(
    `**${action.fullName}** · ${action.accessLevel}`,
    retired && goneText(retired),
    sentence(action.description),
    resources(catalogue, action),
    keys(action),
    dependencies(action),
    service && link(`${service.name} in AWS's reference`, actionPage(service, action)),
  );
}

/** AWS's texts say `Grants permission to …` without a final period. */
function sentence(description: string): string {
  const text = description.trim();
  return text === "" || /[.!?]$/.test(text) ? text : `${text}.`;
}

function resources(catalogue: Catalogue, { service, resourceTypes }: Action): string {
  if (resourceTypes.length === 0) return "Takes no resource: `Resource` must be `*`.";
  const types = catalogue.service(service)?.resourceTypes;
  const lines = resourceTypes.map(({ name, required }) => {
    const arn = types?.get(name.toLowerCase())?.arn;
    return `${name}${required ? " (required)" : ""}${arn === undefined ? "" : `: ${code(arn)}`}`;
  });
  return `Works on:\n${bullets(lines)}`;
}

function keys({ conditionKeys, resourceTypes }: Action): string | undefined {
  const all = [...new Set([...conditionKeys, ...resourceTypes.flatMap((it) => it.conditionKeys)])].sort();
  if (all.length === 0) return undefined;
  const more = all.length > MOST_KEYS ? ` and ${all.length - MOST_KEYS} more` : "";
  return `Condition keys: ${all.slice(0, MOST_KEYS).map(code).join(", ")}${more}`;
}

function dependencies({ dependentActions, resourceTypes }: Action): string | undefined {
  const all = [...new Set([...dependentActions, ...resourceTypes.flatMap((it) => it.dependentActions)])];
  return all.length === 0 ? undefined : `Also needs: ${all.map(code).join(", ")}`;
}
