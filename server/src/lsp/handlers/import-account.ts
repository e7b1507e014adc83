/** `iamPolicy/importAccount`: the AWS account as files to work on. Nothing that is there is overwritten. */
import { fileURLToPath, pathToFileURL } from "node:url";
import { ErrorCodes, ResponseError } from "vscode-languageserver";
import { ACCOUNT_FILE } from "../../account/desired-account.js";
import { writeAccount } from "../../account/write-account.js";
import { guarded } from "../guard.js";
import { refusing } from "../live-aws.js";
import type { ChangeRequests } from "../protocol.js";
import type { Session } from "../session.js";
import { readAccount } from "./live-account.js";

const FEW = 5;

export function importAccount(session: Session): void {
  type Params = ChangeRequests["iamPolicy/importAccount"]["params"];
  const { connection, aws, files, log } = session;
  connection.onRequest(
    "iamPolicy/importAccount",
    guarded("iamPolicy/importAccount", log, "", async (params: Params, token) => {
      const folder = fileURLToPath(params.folder);
      const { snapshot, account } = await readAccount(session, params, token);
      const { target, region } = await aws.connection();
      const caller = await refusing(() => target.caller());
      const home = { accountId: account, partition: caller?.split(":")[1] ?? "aws" };
      const placed = writeAccount(snapshot, home, region).files.map(({ path, text }) => ({
        path: path.split("/").reduce(files.join, folder),
        text,
      }));
      const others = placed.filter(({ path, text }) => ![undefined, text].includes(files.readFile(path)));
      if (others.length > 0) {
        const names = others.slice(0, FEW).map(({ path }) => path);
        const more = others.length > FEW ? ` and ${others.length - FEW} more` : "";
        throw new ResponseError(
          ErrorCodes.InvalidRequest,
          `Nothing is written, because there are other texts already: ${names.join(", ")}${more}. Open an empty folder.`,
        );
      }
      await refusing(() => files.writeNew(placed.filter(({ path }) => files.readFile(path) === undefined)));
      return pathToFileURL(files.join(folder, ACCOUNT_FILE)).href;
    }),
  );
}
