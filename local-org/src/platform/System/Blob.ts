import { blobFromText, blobText } from '../../values/blob.ts';
import type { ApexBlob } from '../../values/blob.ts';
import { required } from '../../values/exception.ts';
import { platformClass } from '../define.ts';

export const BlobClass = platformClass(
  'System.Blob',
  {
    'Integer size()': (blob: ApexBlob) => blob.bytes.length,
    'String toString()': blobText,
    'static Blob valueOf(String)': (text: string | null) => blobFromText(required(text)),
  },
  { notBuilt: ['static Blob toPdf(String)'] },
);
