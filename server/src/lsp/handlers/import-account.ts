/** `iamPolicy/importAccount`: the AWS account as files to work on. Nothing that is there is overwritten. */
import { fileURLToPath, pathToFileURL } from "node:url";
import { ACCOUNT_FILE } from "../../account/desired-account.js";
import { writeAccount } from "../../account/write-account.js";
import { liveHome } from "../../workspace/live-home.js";
import { guarded } from "../guard.js";
import type { ChangeRequests } from "../protocol.js";
import { readLiveAccount } from "../read-live-account.js";
import { refusal, refusing } from "../refusal.js";
import type { Session } from "../session.js";

const FEW = 5;

export function importAccount(session: Session): void {
  type Params = ChangeRequests["iamPolicy/importAccount"]["params"];
  const { connection, aws, files, log } = session;
  connection.onRequest(
    "iamPolicy/importAccount",
    guarded("iamPolicy/importAccount", log, "", async (params: Params, token) => {
      const folder = fileURLToPath(params.folder);
      const { snapshot } = await readLiveAccount(session, params, token);
      const { target, region, regionChosen } = await aws.connection();
      const home = await refusing(() => liveHome(target));
      const placed = writeAccount(snapshot, home, regionChosen ? region : undefined).files.map(
        ({ path, text }) => ({
          path: path.split("/").reduce(files.join, folder),
          text,
        }),
      );
      const others = placed.filter(({ path, text }) => ![undefined, text].includes(files.readFile(path)));
      if (others.length > 0) {
        const names = others.slice(0, FEW).map(({ path }) => path);
        const more = others.length > FEW ? ` and ${others.length - FEW} more` : "";
        throw refusal(
          `Nothing is written, because there are other texts already: ${names.join(", ")}${more}. Open an empty folder.`,
        );
      }
      await refusing(() => files.writeAll(placed.filter(({ path }) => files.readFile(path) === undefined)));
      return pathToFileURL(files.join(folder, ACCOUNT_FILE)).href;
    }),
  );
}
