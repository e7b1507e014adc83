/** `iamPolicy/templates`, `iamPolicy/expandTemplate`: which templates there are, and what one makes of a folder. */

import { ACCOUNT_FILE } from "../../account/desired-account.js";
import { describeProblem } from "../../account/problem.js";
import { chooseValues, proposedValue, rememberedValues } from "../../scaffold/choose-values.js";
import { lineDiff } from "../../scaffold/line-diff.js";
import { type PlannedFile, planScaffold, type ScaffoldPlan } from "../../scaffold/plan-scaffold.js";
import type { Template } from "../../scaffold/template.js";
import { uriOf } from "../../workspace/file-uri.js";
import { scaffoldSite } from "../../workspace/scaffold-site.js";
import { OWN_TEMPLATES, readTemplates, type TemplateLibrary } from "../../workspace/template-library.js";
import { guarded } from "../guard.js";
import type { ExpandedFile, ExpandedTemplate, ExpandParams, TemplateView } from "../protocol.js";
import { pathOf, type Session, textAt } from "../session.js";
import { replacement } from "../workspace-edit.js";

export function templates(session: Session): void {
  const { connection, log } = session;
  connection.onRequest(
    "iamPolicy/templates",
    guarded("iamPolicy/templates", log, { templates: [], problems: [] } as object, () => {
      const library = libraryOf(session);
      return { templates: library.templates.map(viewOf), problems: library.problems.map(describeProblem) };
    }),
  );
  connection.onRequest(
    "iamPolicy/expandTemplate",
    guarded("iamPolicy/expandTemplate", log, null as ExpandedTemplate | null, (params: ExpandParams) =>
      expand(session, params),
    ),
  );
}

function libraryOf({ workspace, templates: ports, files }: Session): TemplateLibrary {
  const own = workspace.folders.map((folder) => ({
    folder: files.join(folder, OWN_TEMPLATES),
    shown: OWN_TEMPLATES,
  }));
  return readTemplates(ports, own);
}

function viewOf({ name, title, kind, description, variables }: Template): TemplateView {
  return {
    name,
    title,
    kind,
    description,
    variables: variables.map((it) => ({
      name: it.name,
      title: it.title,
      example: it.example,
      list: it.list,
      ...(it.description !== undefined && { description: it.description }),
    })),
  };
}

function expand(
  session: Session,
  { template: name, folder: uri, values: given }: ExpandParams,
): ExpandedTemplate | null {
  const folder = pathOf(uri);
  const template = libraryOf(session).templates.find((it) => it.name === name);
  if (folder === undefined || template === undefined) return null;
  const { workspace, files } = session;
  const site = scaffoldSite(folder, workspace, files, (path) => textAt(session, path));
  const remembered = rememberedValues(site.read(ACCOUNT_FILE) ?? "");
  const entries = new Map(Object.entries(given));
  const { values, missing, problems } = chooseValues(template, entries, remembered, workspace.catalogue);
  const proposed = Object.fromEntries(
    template.variables.flatMap((it) => {
      const value = proposedValue(it, remembered);
      return value === undefined ? [] : [[it.name, value]];
    }),
  );
  const ready = missing.length + problems.length === 0;
  const plan = ready ? planScaffold(template, values, site) : NOTHING;
  return {
    proposed,
    missing: missing.map((it) => it.name),
    problems,
    files: plan.files.map((it) => fileView(it, files.join(folder, it.path))),
    suppressions: plan.suppressions,
    conflicts: plan.conflicts,
    sound: plan.sound,
  };
}

const NOTHING: ScaffoldPlan = { files: [], suppressions: [], conflicts: [], sound: false };

function fileView({ path, state, text, before }: PlannedFile, place: string): ExpandedFile {
  const difference = before === undefined ? undefined : lineDiff(before, text);
  return {
    uri: uriOf(place),
    path,
    state,
    text,
    ...(state === "changed" && before !== undefined && { edit: replacement(before, text) }),
    ...(difference !== undefined && { difference }),
  };
}
