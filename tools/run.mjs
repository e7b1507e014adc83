// Runs other programs, npm among them, the same way on Linux, macOS and Windows. It needs nothing installed.
import { spawnSync } from "node:child_process";

/** Runs a program to its end with its output shown, and says whether it succeeded. */
export function run(command, args, options = {}) {
  const { status, error } = spawnSync(command, args, { stdio: "inherit", ...options });
  if (error) console.error(error.message);
  return status === 0;
}

export function npm(args, options = {}) {
  // Inside `npm start` and `npm test` npm says where it lives; its command on Windows is a script that needs a shell.
  const script = process.env.npm_execpath;
  return script && /npm-cli\.c?js$/.test(script)
    ? run(process.execPath, [script, ...args], options)
    : run("npm", args, { shell: process.platform === "win32", ...options });
}
