import { current } from '../../engine/current.ts';
import { findEnum } from '../../values/enum.ts';
import { platformClass } from '../define.ts';
import { currentPage } from './ApexPages.ts';
import { passwordMembers } from './passwords.ts';
import { systemAsyncMembers, systemAsyncNotBuilt } from './systemAsync.ts';
import { systemMembers } from './systemPure.ts';

export const SystemClass = platformClass(
  'System.System',
  {
    ...systemMembers,
    ...systemAsyncMembers,
    ...passwordMembers,
    'static PageReference currentPageReference()': currentPage,
    // Read-only mode is that of maintenance of the platform.
    'static ApplicationReadWriteMode getApplicationReadWriteMode()': () =>
      findEnum(current.universe.platform('System.ApplicationReadWriteMode'), 'DEFAULT'),
  },
  {
    notBuilt: [
      ...systemAsyncNotBuilt,
      'static void changeOwnPassword(String, String)',
      'static String getQuiddityShortCode(Quiddity)',
      'static void movePassword(Id, Id)',
      'static List<Id> process(List<Id>, String, String, String)',
      'static Version requestVersion()',
      'static ResetPasswordResult resetPasswordWithEmailTemplate(Id, Boolean, String)',
      'static List<Id> submit(List<Id>, String, String)',
    ],
  },
);
