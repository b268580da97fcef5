import { current } from '../../engine/current.ts';
import { raise, required } from '../../values/exception.ts';
import type { ApexList } from '../../values/list.ts';
import { platformClass } from '../define.ts';
import { uncharged } from '../transactionState.ts';

/** The text is unverified. @throws System.InvalidParameterValueException where the menu has no such application */
function setItem(applicationId: string, fields: Readonly<Record<string, unknown>>): void {
  const { data, services } = current.tx;
  const id = uncharged(() => {
    const query = data.prepare('SELECT Id, ApplicationId FROM AppMenuItem');
    if ('message' in query) throw new Error(query.message);
    const rows = data.query(query, [], { mode: 'system', sharing: false });
    return rows.find((row) => row.fields['ApplicationId'] === applicationId)?.id ?? null;
  });
  if (id === null) raise('System.InvalidParameterValueException', `Invalid application id: ${applicationId}`);
  services.writeSystem('AppMenuItem', id, fields);
}

/** The order of a user's own menu needs UserAppMenuItem, which is not described. */
export const AppMenuClass = platformClass(
  'AppLauncher.AppMenu',
  {
    'static void setOrgSortOrder(List<Id>)': (ids: ApexList | null) => {
      for (const [index, id] of required(ids).items.entries()) {
        setItem(required(id as string | null), { SortOrder: index });
      }
    },
    'static void setAppVisibility(Id, Boolean)': (id: string | null, visible: boolean | null) =>
      setItem(required(id), { IsVisible: required(visible) }),
  },
  { notBuilt: ['static void setUserSortOrder(List<Id>)'] },
);
