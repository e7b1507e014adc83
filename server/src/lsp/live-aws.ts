/**
 * The connection to AWS that the user has chosen, kept while it is. Nothing is loaded, read or asked before a command
 * of the user's needs it, and nothing at all before the client has said that AWS may be asked.
 */
import { TargetError } from "../account/change/target.js";
import type { AwsConnection, ConnectAws } from "../workspace/aws-connection.js";
import type { AwsChoice, AwsSession } from "./protocol.js";
import { refusing } from "./refusal.js";

export interface AwsPorts {
  readonly connectAws: ConnectAws;
  readonly listProfiles: () => Promise<readonly string[]>;
}

export interface LiveAws {
  /** From now on; the connection before is closed. */
  choose(choice: AwsChoice): void;
  profiles(): Promise<readonly string[]>;
  /** @throws ResponseError, with words for the user */
  connection(): Promise<AwsConnection>;
  /**
   * As whom AWS is asked. Credentials that were good for the last command may have expired since: they are looked at anew.
   * @throws ResponseError, with words for the user
   */
  session(): Promise<AwsSession>;
  close(): void;
}

export function createLiveAws(
  ports: AwsPorts,
  askMfaCode: (serial: string) => Promise<string | null>,
): LiveAws {
  let choice: AwsChoice | undefined;
  let connection: Promise<AwsConnection> | undefined;

  const close = (): void => {
    connection?.then(
      (it) => it.close(),
      () => undefined,
    );
    connection = undefined;
  };
  const connect = async (): Promise<AwsConnection> => {
    if (choice === undefined) throw new TargetError("denied", NOT_CHOSEN);
    connection ??= ports.connectAws({
      ...choice,
      askMfaCode: async (serial) => {
        const code = await askMfaCode(serial);
        if (code === null) throw new TargetError("cancelled", "No MFA code was given.");
        return code;
      },
    });
    return await connection;
  };
  const whoAsks = async (): Promise<AwsSession> => {
    const { target, region, profile } = await connect();
    const accountId = await target.accountId({ anew: true });
    const arn = (await target.caller()) ?? "";
    return { profile: profile ?? null, accountId, region, arn };
  };
  return {
    choose(next) {
      close();
      choice = next;
    },
    profiles: () => refusing(ports.listProfiles),
    connection: () => refusing(connect),
    session: () =>
      refusing(async () => {
        const held = connection !== undefined;
        try {
          return await whoAsks();
        } catch (error) {
          // Whoever signs in next starts afresh, and whoever has done so meanwhile does now.
          close();
          if (!held || !(error instanceof TargetError) || error.kind !== "credentials") throw error;
          return await whoAsks();
        }
      }),
    close,
  };
}

const NOT_CHOSEN =
  "AWS is not asked before an editor says that it may be: trust the workspace, or send `iamPolicy/useAws`.";
