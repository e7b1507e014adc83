// Completion as it ships, for the tools that measure it.
import { shipped } from "../shipped.mjs";

export function completer() {
  return shipped({
    "assist/completion/complete.ts": ["complete"],
    "assist/usage.ts": ["readUsage"],
  });
}
