import { current } from '../../engine/current.ts';
import type { ApexBlob } from '../../values/blob.ts';
import { blobFromText, blobText } from '../../values/blob.ts';
import { required } from '../../values/exception.ts';
import { ApexList } from '../../values/list.ts';
import { platformClass } from '../define.ts';
import { documentOf } from '../Dom/Document.ts';
import { HttpHeaders } from './httpHeaders.ts';
import { readerOf } from './XmlStreamReader.ts';

/** A System.HttpResponse. */
export class HttpResponse {
  static readonly apexName = 'System.HttpResponse';
  status: string | null = null;
  statusCode = 0;
  body: ApexBlob | null = null;
  readonly headers = new HttpHeaders();

  /** As debug prints it. */
  toString(): string {
    return `System.HttpResponse[Status=${this.status ?? 'null'}, StatusCode=${this.statusCode}]`;
  }
}

export const HttpResponseClass = platformClass('System.HttpResponse', {
  'new ()': () => new HttpResponse(),
  'String getBody()': (response: HttpResponse) => (response.body ? blobText(response.body) : ''),
  'Blob getBodyAsBlob()': (response: HttpResponse) => response.body ?? blobFromText(''),
  'String getHeader(String)': (response: HttpResponse, name: string | null) => response.headers.get(required(name)),
  'List<String> getHeaderKeys()': (response: HttpResponse) =>
    new ApexList(current.universe.listOf(current.universe.String), response.headers.names),
  'String getStatus()': (response: HttpResponse) => response.status,
  'Integer getStatusCode()': (response: HttpResponse) => response.statusCode,
  'void setBody(String)': (response: HttpResponse, body: string | null) => {
    response.body = body === null ? null : blobFromText(body);
  },
  'void setBodyAsBlob(Blob)': (response: HttpResponse, body: ApexBlob | null) => {
    response.body = body;
  },
  'void setHeader(String, String)': (response: HttpResponse, name: string | null, value: string | null) => {
    response.headers.set(required(name), value ?? '');
  },
  'void setStatus(String)': (response: HttpResponse, status: string | null) => {
    response.status = status;
  },
  'void setStatusCode(Integer)': (response: HttpResponse, code: number | null) => {
    response.statusCode = required(code);
  },
  'Dom.Document getBodyDocument()': (response: HttpResponse) => documentOf(response.body),
  'XmlStreamReader getXmlStreamReader()': (response: HttpResponse) =>
    readerOf(response.body ? blobText(response.body) : ''),
  'String toString()': (response: HttpResponse) => response.toString(),
});
