import { blobFromText, blobText } from '../../values/blob.ts';
import { ApexBlob } from '../../values/blob.ts';
import { required } from '../../values/exception.ts';
import { notTooLong } from '../../values/longText.ts';
import { platformClass } from '../define.ts';
import { pdfOf } from './pdf.ts';

export const BlobClass = platformClass('System.Blob', {
  'Integer size()': (blob: ApexBlob) => blob.bytes.length,
  'String toString()': (blob: ApexBlob) => notTooLong(blobText(blob)),
  'static Blob valueOf(String)': (text: string | null) => blobFromText(required(text)),
  'static Blob toPdf(String)': (text: string | null) => new ApexBlob(pdfOf(required(text))),
});
