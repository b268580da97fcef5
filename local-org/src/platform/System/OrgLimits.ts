import { current } from '../../engine/current.ts';
import { listOf } from '../../values/list.ts';
import { ApexMap } from '../../values/map.ts';
import { platformClass } from '../define.ts';

/** A limit of the org for a day or for all time. */
class OrgLimitValue {
  static readonly apexName = 'System.OrgLimit';
  readonly name: string;
  readonly limit: number;

  constructor(name: string, limit: number) {
    this.name = name;
    this.limit = limit;
  }
}

/** Allocations of a Developer Edition org (REST API Developer Guide, Limits). A local org consumes none of them. */
export const LIMITS = {
  AnalyticsExternalDataSizeMB: 40960,
  ConcurrentAsyncGetReportInstances: 200,
  ConcurrentSyncReportRuns: 20,
  DailyApiRequests: 15000,
  DailyAsyncApexExecutions: 250000,
  DailyAsyncApexTests: 500,
  DailyBulkApiBatches: 15000,
  DailyBulkV2QueryFileStorageMB: 976562,
  DailyBulkV2QueryJobs: 10000,
  DailyDurableGenericStreamingApiEvents: 10000,
  DailyDurableStreamingApiEvents: 10000,
  DailyGenericStreamingApiEvents: 10000,
  DailyStandardVolumePlatformEvents: 10000,
  DailyStreamingApiEvents: 10000,
  DailyWorkflowEmails: 1000,
  DataStorageMB: 5,
  DurableStreamingApiConcurrentClients: 20,
  FileStorageMB: 20,
  HourlyAsyncReportRuns: 1200,
  HourlyDashboardRefreshes: 200,
  HourlyDashboardResults: 5000,
  HourlyDashboardStatuses: 999999999,
  HourlyLongTermIdMapping: 100000,
  HourlyODataCallout: 1000,
  HourlyPublishedPlatformEvents: 50000,
  HourlyPublishedStandardVolumePlatformEvents: 1000,
  HourlyShortTermIdMapping: 100000,
  HourlySyncReportRuns: 500,
  HourlyTimeBasedWorkflow: 50,
  MassEmail: 10,
  MonthlyPlatformEvents: 300000,
  Package2VersionCreates: 6,
  PermissionSets: 1500,
  SingleEmail: 15,
  StreamingApiConcurrentClients: 20,
} satisfies Readonly<Record<string, number>>;

function all(): OrgLimitValue[] {
  return Object.entries(LIMITS).map(([name, limit]) => new OrgLimitValue(name, limit));
}

export const OrgLimitsClass = platformClass('System.OrgLimits', {
  'static List<OrgLimit> getAll()': () => listOf(current.universe.platform('System.OrgLimit'), all()),
  'static Map<String, OrgLimit> getMap()': () => {
    const { universe } = current;
    const map = new ApexMap(universe.mapOf(universe.String, universe.platform('System.OrgLimit')));
    for (const limit of all()) map.put(limit.name, limit);
    return map;
  },
});

export const OrgLimitClass = platformClass('System.OrgLimit', {
  'String getName()': ({ name }: OrgLimitValue) => name,
  'Integer getLimit()': ({ limit }: OrgLimitValue) => limit,
  'Integer getValue()': (_limit: OrgLimitValue) => 0,
});
