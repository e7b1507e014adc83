/** `iamPolicy/useAws`, `iamPolicy/awsSession`, `iamPolicy/awsProfiles`: as whom AWS is asked. */
import { guarded } from "../guard.js";
import type { AwsChoice, AwsSession } from "../protocol.js";
import type { Session } from "../session.js";

export function awsSession(session: Session): void {
  const { connection, aws, log } = session;
  connection.onRequest(
    "iamPolicy/useAws",
    guarded("iamPolicy/useAws", log, null, (choice: AwsChoice) => {
      aws.choose(choice);
      session.live = undefined;
      return null;
    }),
  );
  connection.onRequest(
    "iamPolicy/awsSession",
    guarded("iamPolicy/awsSession", log, null as AwsSession | null, () => aws.session()),
  );
  connection.onRequest(
    "iamPolicy/awsProfiles",
    guarded("iamPolicy/awsProfiles", log, [] as readonly string[], () => aws.profiles()),
  );
  connection.onShutdown(() => aws.close());
}
