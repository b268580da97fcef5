import { platformClass } from '../define.ts';
import type { Implementation } from '../define.ts';
import { properties, PropertyBag } from '../properties.ts';

/** What a single sign-on hands to a registration handler or an authentication provider: classes that hold values. */
function valueClass(name: string, declared: readonly string[], constructors: Readonly<Record<string, string>>): void {
  const bag = class extends PropertyBag {
    static readonly apexName = name;
  };
  const members: Record<string, Implementation> = properties(...declared);
  for (const [text, order] of Object.entries(constructors)) {
    members[`new ${text}`] = (...values: never[]) => {
      const object = new bag();
      for (const [index, key] of order.split(', ').entries()) object.values.set(key, values[index] ?? null);
      return object;
    };
  }
  const notBuilt = name === 'Auth.UserData' ? [USER_DATA_WITH_TOKENS] : [];
  platformClass(name, members, { notBuilt });
}

const USER_DATA = `(${'String, '.repeat(10)}Map<String, String>)`;
/** Which of the three texts of tokens its last two parameters are the reference does not say. */
const USER_DATA_WITH_TOKENS = `new (${'String, '.repeat(10)}Map<String, String>, String, String)`;

// Parameters in the order of the Apex Reference, UserData class and the classes of AuthProviderPlugin.
valueClass(
  'Auth.UserData',
  [
    'String identifier',
    'String firstName',
    'String lastName',
    'String fullName',
    'String email',
    'String link',
    'String username',
    'String locale',
    'String provider',
    'String siteLoginUrl',
    'Map<String, String> attributeMap',
    'String idToken',
    'String userInfoJSONString',
    'String idTokenJSONString',
  ],
  {
    [USER_DATA]:
      'identifier, firstName, lastName, fullName, email, link, username, locale, provider, siteLoginUrl, attributeMap',
  },
);
valueClass(
  'Auth.AuthProviderTokenResponse',
  ['String oauthSecretOrRefreshToken', 'String oauthToken', 'String provider', 'String state', 'String idToken'],
  {
    '(String, String, String, String)': 'provider, oauthToken, oauthSecretOrRefreshToken, state',
    '(String, String, String, String, String)': 'provider, oauthToken, oauthSecretOrRefreshToken, state, idToken',
  },
);
valueClass(
  'Auth.AuthProviderCallbackState',
  ['String body', 'Map<String, String> headers', 'Map<String, String> queryParameters'],
  { '(Map<String, String>, String, Map<String, String>)': 'headers, body, queryParameters' },
);
valueClass('Auth.OAuthRefreshResult', ['String accessToken', 'String error', 'String refreshToken'], {
  '(String, String, String)': 'accessToken, refreshToken, error',
  '(String, String)': 'accessToken, refreshToken',
});
