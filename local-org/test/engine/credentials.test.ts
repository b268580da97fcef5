import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { readCalloutMetadata } from '../../src/engine/credentials/metadata.ts';
import { Credentials, credentialSettings } from '../../src/engine/credentials/resolve.ts';
import { loadSchema } from '../../src/schema/loadSchema.ts';
import { metadataFiles } from '../../src/schema/projectFiles.ts';

const projectDir = join(import.meta.dirname, 'project');
const metadata = readCalloutMetadata(metadataFiles(projectDir, []), loadSchema(projectDir).metadata, []);
const secrets = { guarded: { clientId: 'id', clientSecret: 'secret' } };
const credentials = (settings: object) => new Credentials(metadata, credentialSettings.parse(settings));

describe('named credentials', () => {
  it('shouldGiveAnybodyTheAddressWhenThereIsNoExternalCredential', () => {
    assert.deepEqual(credentials({}).resolve('open', []), {
      url: 'https://open.example.com',
      headers: [],
      oauth: null,
    });
  });

  it('shouldGiveTheClientToAUserWithThePrincipalAndNameTheAddressThatWasEntered', () => {
    const endpoints = { Guarded: 'http://127.0.0.1:9' };
    assert.deepEqual(credentials({ credentials: secrets, endpoints }).resolve('Guarded', ['Admin', 'Caller']), {
      url: 'http://127.0.0.1:9',
      headers: [],
      oauth: {
        name: 'Guarded-Caller',
        tokenUrl: 'https://guarded.example.com/token',
        clientId: 'id',
        clientSecret: 'secret',
        authentication: 'basic',
        scope: null,
      },
    });
  });

  it('shouldRefuseWhenTheUserHasNoPermissionSetWithThePrincipal', () => {
    assert.deepEqual(credentials({ credentials: secrets }).resolve('Guarded', ['Admin']), {
      problem:
        "We couldn't access the credential(s). You might not have the required permissions, or the external credential " +
        '"Guarded" might not exist.',
    });
  });

  it('shouldRefuseWhenThereIsNoSuchCredential', () => {
    const answer = credentials({}).resolve('Nowhere', ['Caller']);
    assert.match('problem' in answer ? answer.problem : '', /named credential "Nowhere" might not exist/);
  });

  it('shouldSayWhatIsMissingWhenNoSecretWasEntered', () => {
    const answer = credentials({ credentials: { Guarded: { clientId: 'id' } } }).resolve('Guarded', ['Caller']);
    assert.match('problem' in answer ? answer.problem : '', /"Guarded" is not set up: its clientSecret/);
  });
});
