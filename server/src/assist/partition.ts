/** The partitions of AWS by name. Which of them exist is the catalogue's. */

const NAMES: Readonly<Record<string, string>> = {
  aws: "AWS's commercial Regions",
  "aws-cn": "Regions in China",
  "aws-us-gov": "AWS GovCloud (US)",
  "aws-iso": "AWS Secret and Top Secret Regions",
  "aws-iso-b": "AWS Secret Regions",
  "aws-iso-e": "AWS European isolated Regions",
  "aws-iso-f": "AWS isolated Regions",
  "aws-eusc": "AWS European Sovereign Cloud",
};

export function partitionName(partition: string): string | undefined {
  return Object.hasOwn(NAMES, partition) ? NAMES[partition] : undefined;
}
