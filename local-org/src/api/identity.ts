import type { Request } from 'express';

/** The org's address as a caller names it. */
export function originOf(request: Request): string {
  return `${request.protocol}://${request.get('host') ?? 'localhost'}`;
}

/** Where to ask who somebody is. */
export function identityUrl(
  origin: string,
  user: { readonly organizationId: string; readonly userId: string },
): string {
  return `${origin}/id/${user.organizationId}/${user.userId}`;
}
