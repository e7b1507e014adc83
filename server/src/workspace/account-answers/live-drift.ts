/** `live/drift`: which files are not as an account was when it was read. They are taken as they are saved, as by a plan. */
import type { Desk } from "../account-desk.js";
import { type Drift, type DriftQuestion, liveDrift } from "../live-drift.js";

export function driftOfFiles(desk: Desk, { paths, live }: DriftQuestion): Drift {
  return liveDrift(desk.other("saved").files, paths, live);
}
