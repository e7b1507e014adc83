// The licences of the packages that the bundles carry, gathered from those packages. A licence that would bind who
// ships us fails the build; what is only used for building is not asked.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Trouble } from "./trouble.mjs";

const PERMISSIVE = ["0BSD", "Apache-2.0", "BlueOak-1.0.0", "BSD-2-Clause", "BSD-3-Clause", "ISC", "MIT"];
/** Those whose text is the same in every package: one that left it out can borrow it. */
const ALIKE = ["0BSD", "Apache-2.0", "BlueOak-1.0.0"];

/** The folders of the packages that something of is in a bundle. */
export function bundledPackages(metafiles) {
  const inputs = metafiles.flatMap(({ outputs }) => Object.values(outputs).flatMap(inputsOf));
  return [...new Set(inputs.flatMap((it) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(it) ?? []))];
}

function inputsOf({ inputs }) {
  return Object.keys(inputs).filter((path) => inputs[path].bytesInOutput > 0);
}

/** @throws Trouble that names each package whose licence is not permissive or has no text */
export function thirdPartyNotices(folders) {
  const packages = folders.map(readPackage).sort((a, b) => (a.name < b.name ? -1 : 1));
  const troubles = [];
  const byText = new Map();
  for (const it of packages) {
    const text = it.text ?? (ALIKE.includes(it.licence) ? borrowed(packages, it.licence) : undefined);
    if (!PERMISSIVE.includes(it.licence))
      troubles.push(`${it.name}: its licence, ${it.licence}, is none of ours.`);
    else if (text === undefined) troubles.push(`${it.name}: its folder has no text of its licence.`);
    else byText.set(text, [...(byText.get(text) ?? []), it]);
  }
  if (troubles.length > 0) throw new Trouble(`These packages cannot be shipped.\n${troubles.join("\n")}`);
  const sections = [...byText].map(([text, those]) => `${those.map(headline).join("\n")}\n\n${text}\n`);
  return `IAM Policy Studio carries these packages, each under its own licence.\n\n${sections.join(RULER)}`;
}

const RULER = `\n${"-".repeat(80)}\n\n`;

function headline({ name, version, licence }) {
  return `${name} ${version} (${licence})`;
}

function borrowed(packages, licence) {
  return packages.find((it) => it.licence === licence && it.text !== undefined)?.text;
}

function readPackage(folder) {
  const {
    name,
    version,
    license = "not stated",
  } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const files = readdirSync(folder).sort();
  const texts = (pattern) => files.filter((it) => pattern.test(it)).map((it) => textOf(join(folder, it)));
  const licences = texts(/^(?:licen[cs]e|copying)(?:\.(?:md|txt))?$/i);
  // What a package says about what it carries itself goes with it.
  const notices = texts(/^(?:notice|third-?party-?notices?)(?:\.(?:md|txt))?$/i);
  const text = licences.length === 0 ? undefined : [...licences, ...notices].join("\n\n");
  return { name, version, licence: String(license), text };
}

function textOf(path) {
  return readFileSync(path, "utf8").replaceAll("\r\n", "\n").trim();
}
