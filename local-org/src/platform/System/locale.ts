import { languageTag } from '../../values/date.ts';

/** The day a locale's week begins with: 0 is Sunday. */
export function firstDayOfWeek(locale: string): number {
  const info = new Intl.Locale(languageTag(locale)) as Intl.Locale & { getWeekInfo?: () => { firstDay: number } };
  return (info.getWeekInfo?.().firstDay ?? 7) % 7;
}
