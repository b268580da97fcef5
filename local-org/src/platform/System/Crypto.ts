import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  randomBytes,
  sign,
  timingSafeEqual,
  verify,
} from 'node:crypto';
import { ApexBlob } from '../../values/blob.ts';
import { raise, required } from '../../values/exception.ts';
import { platformClass } from '../define.ts';

type Text = string | null;
type Bytes = ApexBlob | null;

const DIGESTS: Readonly<Record<string, string>> = {
  MD5: 'md5',
  SHA1: 'sha1',
  'SHA-1': 'sha1',
  SHA256: 'sha256',
  'SHA-256': 'sha256',
  'SHA-384': 'sha384',
  SHA512: 'sha512',
  'SHA-512': 'sha512',
  'SHA3-256': 'sha3-256',
  'SHA3-384': 'sha3-384',
  'SHA3-512': 'sha3-512',
};
const MACS: Readonly<Record<string, string>> = {
  HMACMD5: 'md5',
  HMACSHA1: 'sha1',
  HMACSHA256: 'sha256',
  HMACSHA384: 'sha384',
  HMACSHA512: 'sha512',
};
const SIGNATURES: Readonly<Record<string, string>> = {
  RSA: 'sha1',
  'RSA-SHA1': 'sha1',
  'RSA-SHA256': 'sha256',
  'RSA-SHA384': 'sha384',
  'RSA-SHA512': 'sha512',
  'ECDSA-SHA256': 'sha256',
  'ECDSA-SHA384': 'sha384',
  'ECDSA-SHA512': 'sha512',
};

/** unverified: the type and text for a name that is none. */
function algorithm(table: Readonly<Record<string, string>>, name: Text): string {
  return (
    table[required(name).toUpperCase()] ?? raise('System.NoSuchElementException', `Unrecognized algorithm: ${name}`)
  );
}

function blob(bytes: Uint8Array): ApexBlob {
  return new ApexBlob(new Uint8Array(bytes));
}

function mac(name: Text, input: Bytes, key: Bytes): Buffer {
  return createHmac(algorithm(MACS, name), required(key).bytes).update(required(input).bytes).digest();
}

/** AES-CBC with PKCS#5 padding. @throws System.InvalidParameterValueException for a name or key of another length */
function cipherName(name: Text, key: ApexBlob): string {
  const bits = /^AES(128|192|256)$/i.exec(required(name))?.[1];
  if (!bits) return raise('System.InvalidParameterValueException', `Invalid algorithm: ${name}`);
  if (key.bytes.length * 8 !== Number(bits)) {
    raise('System.InvalidParameterValueException', `Invalid private key. Must be ${Number(bits) / 8} bytes.`);
  }
  return `aes-${bits}-cbc`;
}

function encrypt(name: Text, key: Bytes, iv: Uint8Array, data: Bytes): Uint8Array {
  const cipher = createCipheriv(cipherName(name, required(key)), required(key).bytes, checkedIv(iv));
  return Buffer.concat([cipher.update(required(data).bytes), cipher.final()]);
}

function decrypt(name: Text, key: Bytes, iv: Uint8Array, data: Uint8Array): Uint8Array {
  const decipher = createDecipheriv(cipherName(name, required(key)), required(key).bytes, checkedIv(iv));
  try {
    return Buffer.concat([decipher.update(data), decipher.final()]);
  } catch {
    return raise(
      'System.SecurityException',
      data.length % 16 === 0
        ? 'Given final block not properly padded. Such issues can arise if a bad key is used during decryption.'
        : 'Input length must be multiple of 16 when decrypting with padded cipher',
    );
  }
}

function checkedIv(iv: Uint8Array): Uint8Array {
  if (iv.length !== 16) {
    raise('System.InvalidParameterValueException', 'Invalid initialization vector. Must be 16 bytes.');
  }
  return iv;
}

/** A PKCS#8 private key. @throws System.InvalidParameterValueException where it is none (unverified: the text) */
function privateKey(key: Bytes) {
  try {
    return createPrivateKey({ key: Buffer.from(required(key).bytes), format: 'der', type: 'pkcs8' });
  } catch {
    return raise('System.InvalidParameterValueException', 'Invalid private key');
  }
}

function publicKey(key: Bytes) {
  try {
    return createPublicKey({ key: Buffer.from(required(key).bytes), format: 'der', type: 'spki' });
  } catch {
    return raise('System.InvalidParameterValueException', 'Invalid public key');
  }
}

export const CryptoClass = platformClass(
  'System.Crypto',
  {
    'static Blob encrypt(String, Blob, Blob, Blob)': (name: Text, key: Bytes, iv: Bytes, data: Bytes) =>
      blob(encrypt(name, key, required(iv).bytes, data)),
    'static Blob decrypt(String, Blob, Blob, Blob)': (name: Text, key: Bytes, iv: Bytes, data: Bytes) =>
      blob(decrypt(name, key, required(iv).bytes, required(data).bytes)),
    'static Blob encryptWithManagedIV(String, Blob, Blob)': (name: Text, key: Bytes, data: Bytes) => {
      const iv = randomBytes(16);
      return blob(Buffer.concat([iv, encrypt(name, key, iv, data)]));
    },
    'static Blob decryptWithManagedIV(String, Blob, Blob)': (name: Text, key: Bytes, data: Bytes) => {
      const { bytes } = required(data);
      return blob(decrypt(name, key, bytes.subarray(0, 16), bytes.subarray(16)));
    },
    'static Blob generateAesKey(Integer)': (bits: number | null) => {
      const size = required(bits);
      if (![128, 192, 256].includes(size)) {
        raise('System.InvalidParameterValueException', `Invalid key size. Must be 128, 192, or 256: ${size}`);
      }
      return blob(randomBytes(size / 8));
    },
    'static Blob generateDigest(String, Blob)': (name: Text, input: Bytes) =>
      blob(createHash(algorithm(DIGESTS, name)).update(required(input).bytes).digest()),
    'static Blob generateMac(String, Blob, Blob)': (name: Text, input: Bytes, key: Bytes) =>
      blob(mac(name, input, key)),
    'static Integer getRandomInteger()': () => randomBytes(4).readInt32LE(),
    'static Long getRandomLong()': () => randomBytes(8).readBigInt64LE(),
    'static Blob sign(String, Blob, Blob)': (name: Text, input: Bytes, key: Bytes) =>
      blob(sign(algorithm(SIGNATURES, name), required(input).bytes, privateKey(key))),
    'static Boolean verify(String, Blob, Blob, Blob)': (name: Text, data: Bytes, signature: Bytes, key: Bytes) =>
      verify(algorithm(SIGNATURES, name), required(data).bytes, publicKey(key), required(signature).bytes),
    'static Boolean verifyHmac(String, Blob, Blob, Blob)': (name: Text, input: Bytes, key: Bytes, given: Bytes) => {
      const expected = mac(name, input, key);
      return expected.length === required(given).bytes.length && timingSafeEqual(expected, required(given).bytes);
    },
  },
  {
    notBuilt: [
      'static Blob signWithCertificate(String, Blob, String)',
      'static void signXml(String, Dom.XmlNode, String, String)',
      'static void signXml(String, Dom.XmlNode, String, String, Dom.XmlNode)',
      'static Boolean verify(String, Blob, Blob, String)',
    ],
  },
);
