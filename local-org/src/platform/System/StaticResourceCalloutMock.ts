import { current } from '../../engine/current.ts';
import type { ApexBlob } from '../../values/blob.ts';
import { raise, required } from '../../values/exception.ts';
import type { SObjectValue } from '../../values/sobject.ts';
import { platformClass } from '../define.ts';
import { uncharged } from '../transactionState.ts';
import type { HttpRequest } from './HttpRequest.ts';
import { HttpResponse } from './HttpResponse.ts';

/**
 * The content of a static resource.
 *
 * @throws System.CalloutException where the org has none of this name (unverified: type and text)
 */
export function staticResource(name: string): ApexBlob {
  const { data } = current.tx;
  const rows = uncharged((): SObjectValue[] => {
    const query = data.prepare('SELECT Body FROM StaticResource WHERE Name = :name');
    if ('message' in query) throw new Error(query.message);
    return data.query(query, [name], { mode: 'system', sharing: false });
  });
  const body = rows[0]?.get('Body') as ApexBlob | null | undefined;
  return body ?? raise('System.CalloutException', `Static Resource not found: ${name}`);
}

/** What both mocks answer with besides the body. */
class ResourceMock {
  readonly headers: [string, string][] = [];
  status: string | null = null;
  statusCode = 200;

  answer(resource: string): HttpResponse {
    const response = new HttpResponse();
    response.body = staticResource(resource);
    response.status = this.status;
    response.statusCode = this.statusCode;
    for (const [name, value] of this.headers) response.headers.set(name, value);
    return response;
  }
}

class StaticResourceCalloutMock extends ResourceMock {
  static readonly apexName = 'System.StaticResourceCalloutMock';
  resource: string | null = null;
}

class MultiStaticResourceCalloutMock extends ResourceMock {
  static readonly apexName = 'System.MultiStaticResourceCalloutMock';
  readonly resources = new Map<string, string>();
}

const common = {
  'void setHeader(String, String)': (mock: ResourceMock, name: string | null, value: string | null) =>
    void mock.headers.push([required(name), value ?? '']),
  'void setStatus(String)': (mock: ResourceMock, status: string | null) => void (mock.status = status),
  'void setStatusCode(Integer)': (mock: ResourceMock, code: number | null) => void (mock.statusCode = required(code)),
};

export const StaticResourceCalloutMockClass = platformClass('System.StaticResourceCalloutMock', {
  'new ()': () => new StaticResourceCalloutMock(),
  ...common,
  'void setStaticResource(String)': (mock: StaticResourceCalloutMock, name: string | null) =>
    void (mock.resource = required(name)),
  'HttpResponse respond(HttpRequest)': (mock: StaticResourceCalloutMock) => mock.answer(required(mock.resource)),
});

export const MultiStaticResourceCalloutMockClass = platformClass('System.MultiStaticResourceCalloutMock', {
  'new ()': () => new MultiStaticResourceCalloutMock(),
  ...common,
  'void setStaticResource(String, String)': (
    mock: MultiStaticResourceCalloutMock,
    endpoint: string | null,
    name: string | null,
  ) => void mock.resources.set(required(endpoint), required(name)),
  'HttpResponse respond(HttpRequest)': (mock: MultiStaticResourceCalloutMock, request: HttpRequest | null) => {
    const { endpoint } = required(request);
    const resource = mock.resources.get(endpoint ?? '');
    // unverified: the text.
    if (resource === undefined) return raise('System.CalloutException', `No static resource is set for ${endpoint}`);
    return mock.answer(resource);
  },
});
