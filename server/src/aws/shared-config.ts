/**
 * The profiles of the shared configuration files, as far as we look at them ourselves: their names, where they send
 * requests, and how they sign in. Credentials are the SDK's business and are not read here.
 * See https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html
 */
import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

type Environment = Readonly<Record<string, string | undefined>>;

export interface SharedConfig {
  /** Sorted, without repetition. */
  readonly profiles: readonly string[];
  /** A setting of a profile, such as `region`; never one that is secret. */
  readonly setting: (profile: string, key: Setting) => string | undefined;
}

/** What may be asked for. Keys, tokens and the text of `credential_process` are not. */
const SETTINGS = [
  "region",
  "endpoint_url",
  "sso_session",
  "sso_start_url",
  "login_session",
  "role_arn",
  "mfa_serial",
  "source_profile",
  "credential_source",
  "web_identity_token_file",
] as const;
export type Setting = (typeof SETTINGS)[number];

/** Files that cannot be read have no profiles. */
export function readSharedConfig(env: Environment): SharedConfig {
  const folder = join(env["HOME"] ?? env["USERPROFILE"] ?? homedir(), ".aws");
  const config = sectionsOf(textOf(env["AWS_CONFIG_FILE"] ?? join(folder, "config")));
  const credentials = sectionsOf(textOf(env["AWS_SHARED_CREDENTIALS_FILE"] ?? join(folder, "credentials")));
  const profiles = new Map<string, Settings>();
  for (const [title, settings] of config) {
    const name = title === "default" ? title : /^profile\s+(.+)$/.exec(title)?.[1];
    if (name !== undefined) profiles.set(unquoted(name), settings);
  }
  for (const [name, settings] of credentials) {
    profiles.set(name, new Map([...(profiles.get(name) ?? []), ...settings]));
  }
  return {
    profiles: [...profiles.keys()].sort(),
    setting: (profile, key) => profiles.get(profile)?.get(key),
  };
}

type Settings = ReadonlyMap<string, string>;

function sectionsOf(text: string): ReadonlyMap<string, Settings> {
  const sections = new Map<string, Map<string, string>>();
  let current: Map<string, string> | undefined;
  for (const line of text.split(/\r?\n/)) {
    const title = /^\s*\[\s*([^\]]+?)\s*\]/.exec(line)?.[1];
    if (title !== undefined) {
      current = sections.get(title) ?? new Map();
      sections.set(title, current);
      continue;
    }
    // Indented lines belong to the setting above them.
    const [, key, value] = /^([\w.-]+)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
    if (key !== undefined && value !== undefined && SETTINGS.includes(key as Setting))
      current?.set(key, value);
  }
  return sections;
}

function unquoted(name: string): string {
  return /^(["'])(.*)\1$/.exec(name)?.[2] ?? name;
}

function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
