import { createHash } from 'node:crypto';
import { current } from '../../engine/current.ts';
import { raise, required, unsupported } from '../../values/exception.ts';
import { platformClass } from '../define.ts';
import { ApexTimeZone } from './TimeZone.ts';

/** A field of the running user's record as text; null where it is blank. */
function field(name: string): string | null {
  const value = current.tx.services.userRecord()[name];
  return typeof value === 'string' ? value : null;
}

/**
 * In a test, where nothing can be called with it: the organisation's id, `!` and 96 characters. Asynchronous code has no
 * session. Outside of tests the session would have to be one that the org's API accepts, which is not built.
 */
function sessionId(): string | null {
  const { tx } = current;
  if (tx.asynchronous) return null;
  if (!tx.test) return unsupported('UserInfo.getSessionId outside of tests');
  return `${tx.services.organizationId.slice(0, 15)}!${createHash('sha384').update(tx.user.id).digest('hex')}`;
}

/**
 * No managed package is installed, and of one that is not there licences cannot be asked. Source: Apex Reference, UserInfo,
 * names the exception. unverified: the text
 */
function noSuchPackage(name: string | null): never {
  return raise('System.TypeException', `No managed package is installed: ${required(name)}`);
}

export const UserInfoClass = platformClass(
  'System.UserInfo',
  {
    'static String getDefaultCurrency()': () => field('DefaultCurrencyIsoCode') ?? 'USD',
    'static String getFirstName()': () => field('FirstName'),
    'static String getLanguage()': () => current.tx.user.language,
    'static String getLastName()': () => field('LastName'),
    'static String getLocale()': () => current.tx.user.locale,
    'static String getName()': () => current.tx.user.name,
    'static String getOrganizationId()': () => current.tx.services.organizationId,
    'static String getOrganizationName()': () => current.tx.services.organizationName,
    // Automated Process has no profile.
    'static String getProfileId()': () => current.tx.user.profileId || null,
    'static String getSessionId()': sessionId,
    'static TimeZone getTimeZone()': () => new ApexTimeZone(current.tx.user.timeZone),
    'static String getUiTheme()': () => 'Theme4d',
    'static String getUiThemeDisplayed()': () => 'Theme4d',
    'static String getUserEmail()': () => field('Email'),
    'static String getUserId()': () => current.tx.user.id,
    'static String getUserName()': () => current.tx.user.username,
    'static String getUserRoleId()': () => current.tx.user.roleId,
    'static String getUserType()': () => current.tx.user.userType,
    'static Boolean hasPackageLicense(Id)': noSuchPackage,
    'static Boolean isCurrentUserLicensed(String)': noSuchPackage,
    'static Boolean isCurrentUserLicensedForPackage(Id)': noSuchPackage,
    'static Boolean isMultiCurrencyOrganization()': () => current.universe.sobject('CurrencyType') !== null,
  },
  { notBuilt: ['static String getCurrentUvid()'] },
);
