// The analysis as it ships, for the tools that measure it.
import { shipped } from "../shipped.mjs";

/** A function from a text to its findings, with the recommended rules. */
export async function analyser({ preset = "recommended", kind } = {}) {
  const { analyse, readConfiguration, rules, catalogue } = await shipped({
    "workspace/analysis.ts": ["analyse"],
    "lint/configuration.ts": ["readConfiguration"],
    "lint/rules/index.ts": ["rules"],
  });
  const { configuration } = readConfiguration(JSON.stringify({ preset }), rules);
  const options = {
    language: "json",
    path: "policy.json",
    configuration,
    catalogue,
    kind,
    today: "2026-01-01",
  };
  return { rules, findingsOf: (text) => analyse({ ...options, text }).findings };
}
