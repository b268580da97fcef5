import { platformClass } from '../define.ts';

class NetworkValue {
  static readonly apexName = 'System.Network';
}

/** Experience Cloud sites: a local org has none, so that nobody is ever in one. */
export const NetworkClass = platformClass(
  'System.Network',
  {
    'new ()': () => new NetworkValue(),
    'static String getNetworkId()': () => null,
    // Apex Reference, Network Class: null for what is no site.
    'static String getLoginUrl(String)': () => null,
    'static String getLogoutUrl(String)': () => null,
    'static String getSelfRegUrl(String)': () => null,
    // Source: the tests that the platform's own controllers of communities come with.
    'static PageReference communitiesLanding()': () => null,
    'static PageReference forwardToAuthPage(String)': () => null,
    'static PageReference forwardToAuthPage(String, String)': () => null,
  },
  {
    notBuilt: [
      'static Integer loadAllPackageDefaultNetworkDashboardSettings()',
      'static Integer loadAllPackageDefaultNetworkPulseSettings()',
      'static Integer loadAllPackageDefaultNetworkWorkspaceMetricSettings()',
    ],
  },
);
