import { current } from '../../engine/current.ts';
import type { ApexEnum } from '../../values/enum.ts';
import { enumValueOf } from '../../values/enum.ts';
import { required } from '../../values/exception.ts';
import type { ApexException } from '../../values/exception.ts';
import { listOf } from '../../values/list.ts';
import { platformClass } from '../define.ts';
import { perTransaction } from '../transactionState.ts';
import { PageReference } from './PageReference.ts';

/** An ApexPages.Message. */
class PageMessage {
  static readonly apexName = 'ApexPages.Message';
  readonly severity: ApexEnum | null;
  readonly summary: string | null;
  readonly detail: string | null;
  readonly component: string | null;

  constructor(
    severity: ApexEnum | null,
    summary: string | null,
    detail: string | null = null,
    component: string | null = null,
  ) {
    this.severity = severity;
    this.summary = summary;
    // A message without details shows its summary as them.
    this.detail = detail ?? summary;
    this.component = component;
  }

  toString(): string {
    return `ApexPages.Message["${this.summary ?? ''}"]`;
  }
}

/** The page that a transaction is about, and what it tells the user. */
export const pageState = perTransaction((): { page: PageReference | null; messages: PageMessage[] } => ({
  page: null,
  messages: [],
}));

/**
 * A test has a page before it sets one, of no address. Source: SiteLoginControllerTest and others that the platform's own
 * controllers come with, and visualforce-to-lwc; the reference does not say it.
 */
export function currentPage(): PageReference | null {
  const state = pageState();
  if (current.tx.test) state.page ??= new PageReference('');
  return state.page;
}

/**
 * `record.addError(…)` in a controller adds to the errors of the page (Apex Reference, SObject.addError); in a trigger it is the
 * DML that fails.
 */
export function addRecordError(text: string): void {
  if (current.tx.triggerDepth > 0 || !currentPage()) return;
  const error = enumValueOf(current.universe.platform('ApexPages.Severity'), 'ERROR');
  pageState().messages.push(new PageMessage(error, text));
}

function addExceptionMessages(exception: ApexException | null): void {
  const { dml, text } = required(exception);
  const error = enumValueOf(current.universe.platform('ApexPages.Severity'), 'ERROR');
  const texts = dml.length > 0 ? dml.map((row) => row.message) : [text];
  for (const each of texts) pageState().messages.push(new PageMessage(error, each));
}

export const ApexPagesClass = platformClass('System.ApexPages', {
  'static void addMessage(ApexPages.Message)': (message: PageMessage | null) =>
    void pageState().messages.push(required(message)),
  'static void addMessages(Exception)': addExceptionMessages,
  'static PageReference currentPage()': currentPage,
  'static List<ApexPages.Message> getMessages()': () =>
    listOf(current.universe.platform('ApexPages.Message'), [...pageState().messages]),
  'static Boolean hasMessages()': () => pageState().messages.length > 0,
  'static Boolean hasMessages(ApexPages.Severity)': (severity: ApexEnum | null) =>
    pageState().messages.some((message) => message.severity === severity),
});

type Args = ConstructorParameters<typeof PageMessage>;

export const PageMessageClass = platformClass('ApexPages.Message', {
  'new (ApexPages.Severity, String)': (...args: Args) => new PageMessage(...args),
  'new (ApexPages.Severity, String, String)': (...args: Args) => new PageMessage(...args),
  'new (ApexPages.Severity, String, String, String)': (...args: Args) => new PageMessage(...args),
  'String getComponentLabel()': (message: PageMessage) => message.component,
  'String getDetail()': (message: PageMessage) => message.detail,
  'ApexPages.Severity getSeverity()': (message: PageMessage) => message.severity,
  'String getSummary()': (message: PageMessage) => message.summary,
});
