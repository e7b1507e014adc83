/**
 * The templates that there are: those that ship, and those of folders that the user keeps. One of the user's takes the
 * place of a shipped one of the same name. What a template is, is `scaffold`'s.
 */
import type { AccountProblem } from "../account/problem.js";
import { readTemplate, type TemplateFolder } from "../scaffold/read-template.js";
import type { Template } from "../scaffold/template.js";

/** Where a workspace keeps templates of its own, relative to its folder. */
export const OWN_TEMPLATES = ".iam-policy/templates";

export interface TemplatePorts {
  /** Those that ship, by name. */
  readonly shippedTemplates: () => ReadonlyMap<string, TemplateFolder>;
  /** Those in the folders directly below a folder, by name; none where it is not there. */
  readonly templatesIn: (folder: string) => ReadonlyMap<string, TemplateFolder>;
}

export interface TemplateLibrary {
  /** Sorted by name. */
  readonly templates: readonly Template[];
  /** Of templates that cannot be used. */
  readonly problems: readonly AccountProblem[];
}

export interface OwnTemplates {
  readonly folder: string;
  /** As shown to the user. */
  readonly shown: string;
}

export function readTemplates(ports: TemplatePorts, own: readonly OwnTemplates[]): TemplateLibrary {
  const found = new Map<string, Template>();
  const problems: AccountProblem[] = [];
  const add = (folders: ReadonlyMap<string, TemplateFolder>, shown: string) => {
    for (const [name, folder] of folders) {
      const read = readTemplate(name, folder, `${shown}/${name}`);
      problems.push(...read.problems);
      if (read.template !== undefined) found.set(name, read.template);
    }
  };
  add(ports.shippedTemplates(), "templates");
  for (const { folder, shown } of own) add(ports.templatesIn(folder), shown);
  const templates = [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  return { templates, problems };
}
