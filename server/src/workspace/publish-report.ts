/** What publishing a master copy would write, as Markdown: files with sizes, hashes and places, and how it is encrypted. */
import { MANIFEST, objectKey } from "../account/master-copy.js";
import { counted } from "../policy/counted.js";
import { type CopyPlace, shownPlace } from "./copy-place.js";
import type { CopyToPublish } from "./publish-copy.js";

export interface PublishHead {
  readonly place: CopyPlace;
  readonly kmsKey: string | undefined;
  /** The ARN of whoever publishes. */
  readonly by: string;
}

export function publishMarkdown(
  { account, files }: CopyToPublish,
  { place, kmsKey, by }: PublishHead,
): string {
  const sizes = files.map(({ text }) => Buffer.byteLength(text));
  const whole = sizes.reduce((sum, it) => sum + it, 0);
  const encryption =
    kmsKey === undefined
      ? ["with S3's own keys", "x-amz-server-side-encryption: AES256"]
      : [
          `with the KMS key \`${kmsKey}\``,
          `x-amz-server-side-encryption: aws:kms\` \`x-amz-server-side-encryption-aws-kms-key-id: ${kmsKey}`,
        ];
  return [
    `# Master copy in \`${shownPlace(place)}\``,
    "",
    "Nothing has been written yet.",
    "",
    "| | |",
    "| --- | --- |",
    `| Account | \`${account}\` |`,
    `| Files | ${counted(files.length, "file")}, ${sizeOf(whole)} |`,
    `| Written as | \`${by}\` |`,
    `| Encrypted | ${encryption[0]}: \`${encryption[1]}\` |`,
    `| The bucket must belong to | \`${account}\`: \`x-amz-expected-bucket-owner\` |`,
    "",
    "| File | Size | SHA-256 |",
    "| --- | ---: | --- |",
    ...files.map(
      ({ path, sha256 }, index) => `| \`${path}\` | ${sizeOf(sizes[index] ?? 0)} | \`${sha256}\` |`,
    ),
    "",
    `Each becomes the object \`${objectKey(place.prefix, "SHA-256")}\`, which is never overwritten with another text.`,
    `The manifest that names them is written last, as \`${place.prefix}${MANIFEST}\` and, to be kept, under \`${place.prefix}history/\`.`,
    "",
  ].join("\n");
}

function sizeOf(bytes: number): string {
  return bytes < 1_000 ? counted(bytes, "byte") : `${(bytes / 1_000).toFixed(1)} kB`;
}
