import { ApexBlob, base64Of, hexOf } from '../../values/blob.ts';
import { raise, required } from '../../values/exception.ts';
import { notTooLong } from '../../values/longText.ts';
import { platformClass } from '../define.ts';

type Text = string | null;

/** @throws System.StringException for text that is not Base64 (unverified: the message) */
export function base64Decode(text: string): ApexBlob {
  const plain = text.replace(/\s/g, '');
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(plain)) raise('System.StringException', `Unable to decode Base64: ${text}`);
  return new ApexBlob(new Uint8Array(Buffer.from(plain, 'base64')));
}

/** As Java's URLEncoder: letters, digits and `.-*_` stay, a space is a plus. */
function urlEncode(text: string, charset: string): string {
  const bytes = bytesOf(text, charset);
  let encoded = '';
  for (const byte of bytes) {
    const char = String.fromCharCode(byte);
    if (/[A-Za-z0-9.\-*_]/.test(char)) encoded += char;
    else encoded += char === ' ' ? '+' : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }
  return encoded;
}

function urlDecode(text: string, charset: string): string {
  const bytes: number[] = [];
  const plain = text.replaceAll('+', ' ');
  for (let at = 0; at < plain.length; at++) {
    const char = plain[at] as string;
    if (char !== '%') {
      bytes.push(...bytesOf(String.fromCodePoint(plain.codePointAt(at) ?? 0), charset));
      if ((plain.codePointAt(at) ?? 0) > 0xffff) at++;
      continue;
    }
    const hex = plain.slice(at + 1, at + 3);
    // unverified: the type; the text is Java's.
    if (!/^[0-9a-fA-F]{2}$/.test(hex)) {
      raise('System.IllegalArgumentException', `URLDecoder: Illegal hex characters in escape (%) pattern : ${hex}`);
    }
    bytes.push(parseInt(hex, 16));
    at += 2;
  }
  return new TextDecoder(labelOf(charset)).decode(new Uint8Array(bytes));
}

function labelOf(charset: string): 'utf-8' | 'latin1' | 'utf-16le' {
  switch (charset.toUpperCase()) {
    case 'UTF-8':
    case 'UTF8':
    case 'US-ASCII':
    case 'ASCII':
      return 'utf-8';
    case 'ISO-8859-1':
    case 'LATIN1':
      return 'latin1';
    case 'UTF-16LE':
      return 'utf-16le';
    default:
      // unverified: the type and text.
      return raise('System.InvalidParameterValueException', `Unsupported encoding: ${charset}`);
  }
}

function bytesOf(text: string, charset: string): Uint8Array {
  const label = labelOf(charset);
  return Buffer.from(text, label === 'utf-8' ? 'utf8' : label === 'latin1' ? 'latin1' : 'utf16le');
}

export const EncodingUtilClass = platformClass('System.EncodingUtil', {
  'static Blob base64Decode(String)': (text: Text) => base64Decode(required(text)),
  'static String base64Encode(Blob)': (blob: ApexBlob | null) => notTooLong(base64Of(required(blob))),
  'static Blob convertFromHex(String)': (text: Text) => {
    const hex = required(text);
    // unverified: the type and text.
    if (!/^(?:[0-9a-fA-F]{2})*$/.test(hex))
      raise('System.InvalidParameterValueException', `Invalid hex string: ${hex}`);
    return new ApexBlob(new Uint8Array(Buffer.from(hex, 'hex')));
  },
  'static String convertToHex(Blob)': (blob: ApexBlob | null) => hexOf(required(blob)),
  'static String urlDecode(String, String)': (text: Text, charset: Text) =>
    urlDecode(required(text), required(charset)),
  'static String urlEncode(String, String)': (text: Text, charset: Text) =>
    urlEncode(required(text), required(charset)),
});
