import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { test } from 'node:test';
import { check, failure, run } from '../harness.ts';

check('shouldDigest', {
  "EncodingUtil.convertToHex(Crypto.generateDigest('SHA-256', Blob.valueOf('abc')))":
    'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  "EncodingUtil.convertToHex(Crypto.generateDigest('MD5', Blob.valueOf('abc')))": '900150983cd24fb0d6963f7d28e17f72',
  // RFC 4231, test case 2.
  "EncodingUtil.convertToHex(Crypto.generateMac('HmacSHA256', Blob.valueOf('what do ya want for nothing?'), Blob.valueOf('Jefe')))":
    '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
  "Crypto.verifyHmac('HmacSHA1', Blob.valueOf('a'), Blob.valueOf('k'), Crypto.generateMac('HmacSHA1', Blob.valueOf('a'), Blob.valueOf('k')))":
    'true',
  'Crypto.generateAesKey(256).size()': '32',
  'Crypto.getRandomInteger() != Crypto.getRandomInteger()': 'true',
});

test('shouldDecryptWhatWasEncrypted', () => {
  assert.deepEqual(
    run(`Blob key = Crypto.generateAesKey(128); Blob data = Blob.valueOf('secret'); Blob iv = Blob.valueOf('0123456789abcdef');
      System.debug(Crypto.decryptWithManagedIV('AES128', key, Crypto.encryptWithManagedIV('AES128', key, data)).toString());
      System.debug(Crypto.decrypt('AES128', key, iv, Crypto.encrypt('AES128', key, iv, data)).toString());
      try { Crypto.decryptWithManagedIV('AES128', Crypto.generateAesKey(128), Crypto.encryptWithManagedIV('AES128', key, data)); System.debug('opened'); }
      catch (SecurityException e) { System.debug(e.getTypeName()); }`),
    // One wrong key in 256 leaves padding that looks right.
    ['secret', 'secret', 'System.SecurityException'],
  );
});

test('shouldRefuseKeysOfTheWrongLength', () => {
  assert.equal(
    failure("Crypto.encryptWithManagedIV('AES256', Blob.valueOf('short'), Blob.valueOf('x'))"),
    'System.InvalidParameterValueException: Invalid private key. Must be 32 bytes.',
  );
});

test('shouldSignSoThatThePublicKeyVerifies', () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const secret = privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64');
  const open = publicKey.export({ format: 'der', type: 'spki' }).toString('base64');
  assert.deepEqual(
    run(`Blob data = Blob.valueOf('payload'); Blob signature = Crypto.sign('RSA-SHA256', data, EncodingUtil.base64Decode('${secret}'));
      System.debug(Crypto.verify('RSA-SHA256', data, signature, EncodingUtil.base64Decode('${open}')));
      System.debug(Crypto.verify('RSA-SHA256', Blob.valueOf('other'), signature, EncodingUtil.base64Decode('${open}')));`),
    ['true', 'false'],
  );
});

check('shouldEncode', {
  "EncodingUtil.base64Encode(Blob.valueOf('Hello'))": 'SGVsbG8=',
  "EncodingUtil.base64Decode('SGVsbG8=').toString()": 'Hello',
  "EncodingUtil.convertFromHex('4A4b').toString()": 'JK',
  "EncodingUtil.urlEncode('a b&c/é~*', 'UTF-8')": 'a+b%26c%2F%C3%A9%7E*',
  "EncodingUtil.urlDecode('a+b%26c%2F%C3%A9', 'UTF-8')": 'a b&c/é',
  "Blob.valueOf('é').size()": '2',
  "Blob.valueOf('abc')": 'Blob[3]',
});

test('shouldThrowStringExceptionWhenABlobIsNoText', () => {
  assert.equal(
    failure("EncodingUtil.convertFromHex('ff').toString()"),
    'System.StringException: BLOB is not a valid UTF-8 string',
  );
});
