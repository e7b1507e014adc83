/** File globs of the configuration: `*` within a folder, `**` across folders, `?`, `{a,b}`. Paths with forward slashes. */

const compiled = new Map<string, RegExp>();

/** A glob without a slash matches the file's name anywhere. */
export function matchesGlob(glob: string, path: string): boolean {
  let pattern = compiled.get(glob);
  if (pattern === undefined) {
    pattern = toRegExp(glob.includes("/") ? glob.replace(/^\.?\//, "") : `**/${glob}`);
    compiled.set(glob, pattern);
  }
  return pattern.test(path.replaceAll("\\", "/").replace(/^\.\//, ""));
}

/** Another file can match every other glob. */
export function namesOneFile(glob: string): boolean {
  return glob.includes("/") && !/[*?{]/.test(glob);
}

function toRegExp(glob: string): RegExp {
  let source = "";
  let braces = 0;
  for (let i = 0; i < glob.length; i++) {
    const char = glob[i] as string;
    if (glob.startsWith("**/", i)) {
      source += "(?:[^/]+/)*";
      i += 2;
    } else if (glob.startsWith("**", i)) {
      source += ".*";
      i += 1;
    } else if (char === "*") source += "[^/]*";
    else if (char === "?") source += "[^/]";
    else if (char === "{") {
      braces++;
      source += "(?:";
    } else if (char === "}" && braces > 0) {
      braces--;
      source += ")";
    } else if (char === "," && braces > 0) source += "|";
    else source += char.replace(/[.+^$()|[\]\\{}]/g, "\\$&");
  }
  return new RegExp(`^${source}${")".repeat(braces)}$`);
}
