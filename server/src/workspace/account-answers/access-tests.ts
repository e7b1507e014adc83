/** `iamPolicy/accessTests`: which access tests there are, and where. Running them is `run-access-tests.ts`'s. */
import { ACCESS_TEST_FILE } from "../../account/access-test.js";
import type { Desk } from "../account-desk.js";
import type { AccessTestFileAnswer } from "../account-questions.js";
import { pathOf } from "../file-uri.js";
import { positionsIn } from "../positions.js";

export async function accessTests(
  desk: Desk,
  { uri }: { readonly uri?: string },
): Promise<readonly AccessTestFileAnswer[]> {
  const { now } = desk;
  const named = uri === undefined ? desk.files().filter((it) => ACCESS_TEST_FILE.test(it)) : [pathOf(uri)];
  const found: AccessTestFileAnswer[] = [];
  for (const path of named) {
    const text = path === undefined ? undefined : now.read(path);
    if (path === undefined || text === undefined) continue;
    const { tests, problems } = now.files.accessTests(path);
    const positions = positionsIn(text);
    found.push({
      uri: now.uriOf(path),
      name: now.shown(path),
      tests: tests.map((test) => ({ pointer: test.pointer, name: test.name, range: positions.range(test) })),
      problems: problems.map((it) => now.problem(it)),
    });
    if (!(await desk.goOn())) break;
  }
  return found;
}
