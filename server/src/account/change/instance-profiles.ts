/**
 * Instance profiles of a snapshot: `aws iam list-instance-profiles` gives them, and without that the roles in them tell
 * of theirs. What calls make of them is `perform-on.ts`'s.
 */
import type { InstanceProfileDetail, Snapshot } from "./snapshot-shape.js";

export function instanceProfilesOf({
  InstanceProfiles,
  RoleDetailList,
}: Snapshot): readonly InstanceProfileDetail[] {
  if (InstanceProfiles !== undefined) return InstanceProfiles;
  return RoleDetailList.flatMap(({ RoleName, InstanceProfileList }) =>
    InstanceProfileList.map(({ InstanceProfileName, Arn }) => ({
      InstanceProfileName,
      Arn,
      Roles: [{ RoleName }],
    })),
  );
}

/** The snapshot with other profiles, which its roles then tell of too. */
export function withInstanceProfiles(
  snapshot: Snapshot,
  profiles: readonly InstanceProfileDetail[],
): Snapshot {
  const listOf = (role: string) =>
    profiles
      .filter(({ Roles }) => Roles.some(({ RoleName }) => RoleName === role))
      .map(({ InstanceProfileName, Arn }) => ({ InstanceProfileName, Arn }));
  const RoleDetailList = snapshot.RoleDetailList.map((role) => {
    const InstanceProfileList = listOf(role.RoleName);
    const none = InstanceProfileList.length === 0 && role.InstanceProfileList.length === 0;
    return none ? role : { ...role, InstanceProfileList };
  });
  return { ...snapshot, RoleDetailList, InstanceProfiles: profiles };
}
