import { current } from '../../engine/current.ts';
import type { ApexBlob } from '../../values/blob.ts';
import { required } from '../../values/exception.ts';
import { mapOf } from '../../values/map.ts';
import type { ApexMap } from '../../values/map.ts';
import { platformClass } from '../define.ts';
import { perTransaction } from '../transactionState.ts';

/** A System.RestRequest. */
export class RestRequest {
  static readonly apexName = 'System.RestRequest';
  headers: ApexMap | null = textMap();
  params: ApexMap | null = textMap();
  httpMethod: string | null = null;
  remoteAddress: string | null = null;
  requestBody: ApexBlob | null = null;
  requestURI: string | null = null;
  resourcePath: string | null = null;
}

/** A System.RestResponse. */
export class RestResponse {
  static readonly apexName = 'System.RestResponse';
  headers: ApexMap | null = textMap();
  responseBody: ApexBlob | null = null;
  statusCode: number | null = null;
}

/** What `RestContext` shows: of a call of Apex REST the server fills it, in tests the test does. */
export const restContext = perTransaction((): { request: RestRequest | null; response: RestResponse | null } => ({
  request: null,
  response: null,
}));

function textMap(): ApexMap {
  return mapOf(current.universe.String, current.universe.String);
}

export const RestContextClass = platformClass(
  'System.RestContext',
  {
    'static get RestRequest request': () => restContext().request,
    'static set RestRequest request': (request: RestRequest | null) => void (restContext().request = request),
    'static get RestResponse response': () => restContext().response,
    'static set RestResponse response': (response: RestResponse | null) => void (restContext().response = response),
  },
  { notBuilt: ['new ()'] },
);

export const RestRequestClass = platformClass('System.RestRequest', {
  'new ()': () => new RestRequest(),
  'get Map<String, String> headers': (request: RestRequest) => request.headers,
  'set Map<String, String> headers': (request: RestRequest, headers: ApexMap | null) =>
    void (request.headers = headers),
  'get String httpMethod': (request: RestRequest) => request.httpMethod,
  'set String httpMethod': (request: RestRequest, method: string | null) => void (request.httpMethod = method),
  'get Map<String, String> params': (request: RestRequest) => request.params,
  'set Map<String, String> params': (request: RestRequest, params: ApexMap | null) => void (request.params = params),
  'get String remoteAddress': (request: RestRequest) => request.remoteAddress,
  'set String remoteAddress': (request: RestRequest, address: string | null) => void (request.remoteAddress = address),
  'get Blob requestBody': (request: RestRequest) => request.requestBody,
  'set Blob requestBody': (request: RestRequest, body: ApexBlob | null) => void (request.requestBody = body),
  'get String requestURI': (request: RestRequest) => request.requestURI,
  'set String requestURI': (request: RestRequest, uri: string | null) => void (request.requestURI = uri),
  'get String resourcePath': (request: RestRequest) => request.resourcePath,
  'set String resourcePath': (request: RestRequest, path: string | null) => void (request.resourcePath = path),
  'void addHeader(String, String)': (request: RestRequest, name: string | null, value: string | null) =>
    void request.headers?.put(required(name), value),
  'void addParameter(String, String)': (request: RestRequest, name: string | null, value: string | null) =>
    void request.params?.put(required(name), value),
});

export const RestResponseClass = platformClass('System.RestResponse', {
  'new ()': () => new RestResponse(),
  'get Map<String, String> headers': (response: RestResponse) => response.headers,
  'set Map<String, String> headers': (response: RestResponse, headers: ApexMap | null) =>
    void (response.headers = headers),
  'get Blob responseBody': (response: RestResponse) => response.responseBody,
  'set Blob responseBody': (response: RestResponse, body: ApexBlob | null) => void (response.responseBody = body),
  'get Integer statusCode': (response: RestResponse) => response.statusCode,
  'set Integer statusCode': (response: RestResponse, code: number | null) => void (response.statusCode = code),
  'void addHeader(String, String)': (response: RestResponse, name: string | null, value: string | null) =>
    void response.headers?.put(required(name), value),
});
