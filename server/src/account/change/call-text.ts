/** A call as the line that makes it with AWS's own command line, quoted for a POSIX shell. */
import type { ApiCall } from "./api-call.js";

export function callText({ service, operation, input }: ApiCall): string {
  const command = ["aws", service === "s3" ? "s3api" : service, kebab(operation)];
  const options = Object.entries(input).flatMap(([key, value]: [string, unknown]) => {
    const name = `--${kebab(key)}`;
    if (typeof value === "boolean") return [value ? name : name.replace("--", "--no-")];
    if (Array.isArray(value) && value.every((it) => typeof it === "string"))
      return [name, ...value.map((it) => quoted(it))];
    return [name, quoted(typeof value === "string" ? value : JSON.stringify(value))];
  });
  return [...command, ...options].join(" ");
}

function kebab(name: string): string {
  return name.replace(/(?!^)[A-Z]/g, "-$&").toLowerCase();
}

function quoted(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
