import { current } from '../../engine/current.ts';
import { platformClass } from '../define.ts';
import { ApexTimeZone } from './TimeZone.ts';

/** A field of the running user's record as text; null where it is blank. */
function field(name: string): string | null {
  const value = current.tx.services.userRecord()[name];
  return typeof value === 'string' ? value : null;
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
    'static String getProfileId()': () => current.tx.user.profileId,
    'static TimeZone getTimeZone()': () => new ApexTimeZone(current.tx.user.timeZone),
    'static String getUiTheme()': () => 'Theme4d',
    'static String getUiThemeDisplayed()': () => 'Theme4d',
    'static String getUserEmail()': () => field('Email'),
    'static String getUserId()': () => current.tx.user.id,
    'static String getUserName()': () => current.tx.user.username,
    'static String getUserRoleId()': () => current.tx.user.roleId,
    'static String getUserType()': () => current.tx.user.userType,
    'static Boolean isMultiCurrencyOrganization()': () => false,
  },
  {
    notBuilt: [
      'static String getCurrentUvid()',
      'static String getSessionId()',
      'static Boolean hasPackageLicense(Id)',
      'static Boolean isCurrentUserLicensed(String)',
      'static Boolean isCurrentUserLicensedForPackage(Id)',
    ],
  },
);
