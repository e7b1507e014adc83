/** What an identity policy hangs on, as CloudFormation names it, where the document around it tells. */
interface IdentityType {
  readonly kind: "identity";
  readonly type: string;
}

export const USER: IdentityType = { kind: "identity", type: "AWS::IAM::User" };
export const GROUP: IdentityType = { kind: "identity", type: "AWS::IAM::Group" };
export const ROLE: IdentityType = { kind: "identity", type: "AWS::IAM::Role" };
export const MANAGED: IdentityType = { kind: "identity", type: "AWS::IAM::ManagedPolicy" };
export const PERMISSION_SET: IdentityType = { kind: "identity", type: "AWS::SSO::PermissionSet" };
