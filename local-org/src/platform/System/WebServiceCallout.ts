import { current } from '../../engine/current.ts';
import { required, unsupported } from '../../values/exception.ts';
import { invoke } from '../../values/invoke.ts';
import type { ApexList } from '../../values/list.ts';
import { platformClass } from '../define.ts';
import { admitCallout, calloutMock } from './callouts.ts';

/** What the classes that are generated from a WSDL pass: endpoint, SOAPAction, request's namespace and name … */
const PARTS = 7;

/**
 * In a test the mock fills the response; SOAP over the network is not built. Source: Apex Developer Guide, "Test Web
 * Service Callouts".
 */
function invokeService(stub: unknown, request: unknown, response: object | null, info: ApexList | null): void {
  const parts = required(info).items;
  if (parts.length !== PARTS) unsupported(`WebServiceCallout.invoke with ${parts.length} texts in place of ${PARTS}`);
  admitCallout();
  if (!current.tx.test) unsupported('SOAP callouts outside of tests');
  const [endpoint, action, , requestName, responseNamespace, responseName, responseType] = parts;
  const texts = [endpoint, action, requestName, responseNamespace, responseName, responseType];
  invoke(calloutMock('WebServiceMock'), 'doInvoke', [stub, request, required(response), ...texts]);
}

export const WebServiceCalloutClass = platformClass(
  'System.WebServiceCallout',
  { 'static void invoke(Object, Object, Map<String, Object>, List<String>)': invokeService },
  {
    notBuilt: [
      'static Object beginInvoke(Object, Object, Object, Object, List<String>)',
      'static Object endInvoke(Object)',
    ],
  },
);
