import { platformClass } from '../define.ts';

/** What tells of the site that a request came through. */
const OF_THE_SITE = [
  ...['String getAdminEmail()', 'Id getAdminId()', 'String getAnalyticsTrackingCode()', 'String getBaseCustomUrl()'],
  ...['String getBaseInsecureUrl()', 'String getBaseRequestUrl()', 'String getBaseSecureUrl()', 'String getBaseUrl()'],
  ...['String getCurrentSiteUrl()', 'String getCustomWebAddress()', 'String getDomain()', 'String getMasterLabel()'],
  ...['String getErrorDescription()', 'String getErrorMessage()', 'String getExperienceId()', 'String getName()'],
  ...['String getOriginalUrl()', 'String getPathPrefix()', 'String getPrefix()', 'Id getSiteId()'],
  ...['String getSiteType()', 'String getSiteTypeLabel()', 'PageReference getTemplate()'],
];

/** What guests of a site do; without a site nothing is done, and null is the answer. */
const FOR_GUESTS = [
  'PageReference changePassword(String, String)',
  'PageReference changePassword(String, String, String)',
  'PageReference login(String, String, String)',
  ...['SObject, String', 'SObject, String, String', 'SObject, String, String, Boolean'].flatMap((params) => [
    `Id createExternalUser(${params})`,
    `Id createPortalUser(${params})`,
  ]),
  'Id createPersonAccountPortalUser(SObject, String, String)',
  'Id createPersonAccountPortalUser(SObject, String, String, String)',
];

const REFUSED = [
  ...['forgotPassword(String)', 'forgotPassword(String, String)', 'isLoginEnabled()', 'isPasswordExpired()'],
  'isRegistrationEnabled()',
];

function each(signatures: readonly string[], answer: () => unknown): Record<string, () => unknown> {
  return Object.fromEntries(signatures.map((signature) => [`static ${signature}`, answer]));
}

/**
 * Sites: a local org has none, so that nobody is ever in one. Source: the tests that the platform's own site controllers
 * come with (SiteLoginControllerTest, ForgotPasswordControllerTest …); the reference does not say it of each method.
 */
export const SiteClass = platformClass(
  'System.Site',
  {
    ...each(OF_THE_SITE, () => null),
    ...each(FOR_GUESTS, () => null),
    ...each(
      REFUSED.map((name) => `Boolean ${name}`),
      () => false,
    ),
    'static void setExperienceId(String)': () => undefined,
  },
  {
    notBuilt: [
      'static String getPasswordPolicyStatement()',
      'static Boolean isValidUsername(String)',
      'static PageReference passwordlessLogin(Id, List<Auth.VerificationMethod>, String)',
      'static void setPortalUserAsAuthProvider(SObject, String)',
      'static void validatePassword(SObject, String, String)',
    ],
  },
);
