/** `iamPolicy/sources`: the files that a document is made of, in this state of the files or in another one. */
import { ACCESS_TEST_FILE } from "../../account/access-test.js";
import type { Desk } from "../account-desk.js";
import type { SourcesParams } from "../account-questions.js";
import { pathOf } from "../file-uri.js";
import { holdsAccount } from "./asked-account.js";

export function sources(desk: Desk, { uri, texts }: SourcesParams): readonly string[] {
  const state = texts === undefined ? desk.now : desk.other({ texts });
  const path = pathOf(uri);
  if (path === undefined) return [uri];
  const account = ACCESS_TEST_FILE.test(path)
    ? state.files.accountPathOf(path)
    : holdsAccount(state, uri) || holdsAccount(desk.now, uri)
      ? path
      : undefined;
  const found = [path, ...(account === undefined ? [] : state.files.sources(account))];
  return [...new Set(found)].map((it) => state.uriOf(it));
}
