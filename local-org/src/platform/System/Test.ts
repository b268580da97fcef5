import { current } from '../../engine/current.ts';
import { raise, required } from '../../values/exception.ts';
import { conforms, hooks } from '../../values/invoke.ts';
import { typeOf } from '../../values/typeOf.ts';
import type { ApexList } from '../../values/list.ts';
import type { ApexType } from '../../values/apexType.ts';
import { platformClass } from '../define.ts';
import { invokeContinuationMethod, setContinuationResponse } from './Continuation.ts';
import { testBroker } from '../EventBus/TestBroker.ts';
import { pageState } from './ApexPages.ts';
import { testInstall, testUninstall } from './InstallContext.ts';
import type { PageReference } from './PageReference.ts';
import { fixSearchResults } from './Search.ts';
import { calculateGroup, loadData, setCreatedDate, standardPricebook } from './testData.ts';

/** Interfaces that `Test.setMock` takes. Source: Apex Reference, Test.setMock. */
const MOCKED = ['System.HttpCalloutMock', 'System.WebServiceMock'];

function setPage(page: PageReference | null): void {
  pageState().page = page;
}

export const TestClass = platformClass(
  'System.Test',
  {
    'static Boolean isRunningTest()': () => current.tx.test !== null,
    'static void startTest()': () => {
      current.tx.data.releaseAll();
      current.tx.services.startTest();
    },
    'static void stopTest()': () => {
      current.tx.data.releaseAll();
      current.tx.services.stopTest();
    },
    'static EventBus.TestBroker getEventBus()': () => testBroker,
    'static void calculatePermissionSetGroup(String)': (id: string | null) => calculateGroup(id),
    'static void calculatePermissionSetGroup(List<String>)': (ids: ApexList | null) => {
      for (const id of required(ids).items) calculateGroup(id as string | null);
    },
    'static void enableChangeDataCapture()': () => current.tx.services.enableChangeCapture(),
    'static void clearApexPageMessages()': () => void (pageState().messages.length = 0),
    'static Id getStandardPricebookId()': standardPricebook,
    'static List<SObject> loadData(Schema.SObjectType, String)': loadData,
    'static void setCreatedDate(Id, Datetime)': setCreatedDate,
    'static void setCurrentPage(PageReference)': setPage,
    'static void setCurrentPageReference(PageReference)': setPage,
    'static void setContinuationResponse(String, HttpResponse)': setContinuationResponse,
    'static Object invokeContinuationMethod(Object, Continuation)': invokeContinuationMethod,
    'static void setFixedSearchResults(List<String>)': (ids: ApexList | null) => fixSearchResults(ids),
    'static void testInstall(InstallHandler, Version)': testInstall,
    'static void testInstall(InstallHandler, Version, Boolean)': testInstall,
    'static void testUninstall(UninstallHandler)': testUninstall,
    'static Object createStub(Type, StubProvider)': (type: ApexType | null, provider: object | null) => {
      if (!current.tx.test) raise('System.TypeException', 'Test.createStub can only be called from a test');
      return hooks.stub(required(type).type, required(provider));
    },
    'static void setMock(Type, Object)': (type: ApexType | null, mock: object | null) => {
      const { test } = current.tx;
      if (!test) return raise('System.TypeException', 'Test.setMock can only be called from a test');
      const wanted = required(type).type;
      const instance = required(mock);
      const name = `${wanted.def.namespace}.${wanted.def.name}`;
      if (!MOCKED.includes(name)) {
        raise('System.TypeException', `local-org mocks ${MOCKED.join(', ')} and not ${name}`);
      }
      const actual = typeOf(instance);
      if (!actual || !conforms(actual, name)) {
        raise('System.TypeException', `${actual?.name ?? 'Object'} does not implement ${wanted.name}`);
      }
      test.mocks.set(wanted.name.toLowerCase(), instance);
    },
  },
  {
    // Savepoints survive both. Source: Apex Developer Guide, Transaction Control, Versioned Behavior Changes.
    before: {
      60: {
        'static void startTest()': () => current.tx.services.startTest(),
        'static void stopTest()': () => current.tx.services.stopTest(),
      },
    },
    notBuilt: [
      'static void createSoqlStub(Schema.SObjectType, SoqlStubProvider)',
      'static SObject createStubQueryRow(Schema.SObjectType, Map<String, Object>)',
      'static List<SObject> createStubQueryRows(Schema.SObjectType, List<Map<String, Object>>)',
      'static List<Id> enqueueBatchJobs(Integer)',
      'static List<Id> getFlexQueueOrder()',
      'static QuickAction.SendEmailQuickActionDefaults newSendEmailQuickActionDefaults(Id, Id)',
      'static void setReadOnlyApplicationMode(Boolean)',
      'static void testSandboxPostCopyScript(SandboxPostCopy, Id, Id, String)',
      'static void testSandboxPostCopyScript(SandboxPostCopy, Id, Id, String, Boolean)',
    ],
  },
);
