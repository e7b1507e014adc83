/** The flags that say as whom and where AWS is asked, the same for every command that does. */
import type { AwsConnection, ConnectAws } from "../workspace/aws-connection.js";
import type { Arguments } from "./arguments.js";
import { type Terminal, UsageError } from "./terminal.js";

export const AWS_FLAGS = {
  profile: { type: "string" },
  region: { type: "string" },
  "endpoint-url": { type: "string" },
} as const;

export const AWS_USAGE = `  --profile NAME             profile of the shared AWS configuration (AWS_PROFILE)
  --region REGION            (AWS_REGION, or the profile's)
  --endpoint-url URL         another server in AWS's place (AWS_ENDPOINT_URL)
`;

export interface AwsPorts {
  readonly connectAws: ConnectAws;
}

/** Runs with a connection, which is closed at the end. Nothing is asked before `use` asks. */
export async function withAws<T>(
  values: Arguments["values"],
  { ask }: Terminal,
  { connectAws }: AwsPorts,
  use: (aws: AwsConnection) => Promise<T>,
): Promise<T> {
  const aws = await connectAws({
    profile: textOf(values["profile"]),
    region: textOf(values["region"]),
    endpointUrl: endpointOf(values["endpoint-url"]),
    ...(ask && { askMfaCode: (serial: string) => ask(`MFA code of ${serial}: `) }),
  });
  try {
    return await use(aws);
  } finally {
    aws.close();
  }
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** @throws UsageError */
function endpointOf(value: unknown): string | undefined {
  const text = textOf(value);
  if (text === undefined || /^https?:\/\/./.test(text)) return text;
  throw new UsageError(`--endpoint-url: \`${text}\` is not an address that starts with http:// or https://.`);
}
