import { text } from 'node:stream/consumers';
import { hashSecret } from '../src/auth/clientSecret.ts';

/** Reads a client secret from stdin (so that it stands in no shell history) and prints the hash for CLIENT_SECRET. */
const secret = (await text(process.stdin)).trim();
if (secret.length < 16) {
  console.error(
    'The secret must have at least 16 characters; try: openssl rand -base64 32 | npm run -s -w scoring-service hash-secret',
  );
  process.exitCode = 1;
} else {
  console.log(await hashSecret(secret));
}
