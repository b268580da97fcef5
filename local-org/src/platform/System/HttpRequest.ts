import type { ApexBlob } from '../../values/blob.ts';
import { blobFromText, blobText } from '../../values/blob.ts';
import { raise, required } from '../../values/exception.ts';
import { platformClass } from '../define.ts';
import { documentOf } from '../Dom/Document.ts';
import type { XmlDocument } from '../Dom/Document.ts';
import { HttpHeaders } from './httpHeaders.ts';

/** Milliseconds. Source: Apex Developer Guide, Callout Limits and Limitations. */
const DEFAULT_TIMEOUT_MS = 10_000;
const LONGEST_TIMEOUT_MS = 120_000;

/** A System.HttpRequest. */
export class HttpRequest {
  static readonly apexName = 'System.HttpRequest';
  method: string | null = null;
  endpoint: string | null = null;
  body: ApexBlob | null = null;
  /**
   * What the body was set from, which is also what it is read as: that the two are the same rests on
   * adtennant/apex-http-request-builder alone.
   */
  document: XmlDocument | null = null;
  compressed = false;
  /** Name of a certificate of the org to authenticate with; there are none here, so only a mock can answer. */
  certificate: string | null = null;
  timeoutMs = DEFAULT_TIMEOUT_MS;
  readonly headers = new HttpHeaders();

  /** As debug prints it. */
  toString(): string {
    return `System.HttpRequest[Endpoint=${this.endpoint ?? 'null'}, Method=${this.method ?? 'null'}]`;
  }
}

export const HttpRequestClass = platformClass(
  'System.HttpRequest',
  {
    'new ()': () => new HttpRequest(),
    'String getBody()': (request: HttpRequest) => (request.body ? blobText(request.body) : ''),
    'Blob getBodyAsBlob()': (request: HttpRequest) => request.body,
    'Dom.Document getBodyDocument()': (request: HttpRequest) => request.document ?? documentOf(request.body),
    'void setBodyDocument(Dom.Document)': (request: HttpRequest, document: XmlDocument | null) => {
      request.document = required(document);
      request.body = blobFromText(request.document.text);
    },
    'Boolean getCompressed()': (request: HttpRequest) => request.compressed,
    'String getEndpoint()': (request: HttpRequest) => request.endpoint,
    'String getHeader(String)': (request: HttpRequest, name: string | null) => request.headers.get(required(name)),
    'String getMethod()': (request: HttpRequest) => request.method,
    'void setBody(String)': (request: HttpRequest, body: string | null) => {
      request.document = null;
      request.body = blobFromText(required(body));
    },
    'void setBodyAsBlob(Blob)': (request: HttpRequest, body: ApexBlob | null) => {
      request.document = null;
      request.body = required(body);
    },
    'void setClientCertificateName(String)': (request: HttpRequest, name: string | null) => {
      request.certificate = required(name);
    },
    'void setCompressed(Boolean)': (request: HttpRequest, compressed: boolean | null) => {
      request.compressed = required(compressed);
    },
    'void setEndpoint(String)': (request: HttpRequest, endpoint: string | null) => {
      request.endpoint = required(endpoint);
    },
    'void setHeader(String, String)': (request: HttpRequest, name: string | null, value: string | null) => {
      request.headers.set(required(name), value ?? '');
    },
    'void setMethod(String)': (request: HttpRequest, method: string | null) => {
      request.method = required(method);
    },
    'void setTimeout(Integer)': (request: HttpRequest, ms: number | null) => {
      const timeout = required(ms);
      if (timeout < 1 || timeout > LONGEST_TIMEOUT_MS) {
        raise('System.CalloutException', `Timeout must be between 1 and ${LONGEST_TIMEOUT_MS} milliseconds`);
      }
      request.timeoutMs = timeout;
    },
    'String toString()': (request: HttpRequest) => request.toString(),
  },
  {
    notBuilt: ['void setClientCertificate(String, String)'],
  },
);
