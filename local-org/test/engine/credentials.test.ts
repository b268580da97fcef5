import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { ExternalCredential, NamedCredential } from '../../src/engine/credentials/metadata.ts';
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

  describe('made for the case', () => {
    const external: ExternalCredential = {
      ...{ name: 'Ext', protocol: 'custom', clientAuthentication: 'basic', tokenUrl: 'https://t.example', scope: null },
      principals: ['One', 'Two'],
      headers: [['X-Key', 'k {!$Credential.Ext.Key} {! $credential.ext.other }'.replace('$credential', '$Credential')]],
    };
    const named: NamedCredential = {
      ...{
        name: 'Svc',
        url: 'https://svc.example',
        externalCredential: 'EXT',
        authorizationHeader: true,
        enabled: true,
      },
      headers: [['X-Fixed', '1']],
    };
    const made = (
      more: { named?: Partial<NamedCredential>; external?: Partial<ExternalCredential>; reads?: string[] },
      settings: object = { credentials: { eXt: { parameters: { key: 'v', OTHER: 'w' } } } },
    ) =>
      new Credentials(
        {
          named: new Map([['svc', { ...named, ...more.named }]]),
          external: new Map([['ext', { ...external, ...more.external }]]),
          grants: {
            principals: new Map([
              ['first', new Set(['ext-one'])],
              ['second', new Set(['ext-two'])],
              ['third', new Set(['other-one'])],
            ]),
            readsUserExternalCredentials: new Set(more.reads ?? ['first', 'second', 'third']),
          },
          remoteSites: ['https://a.example', 'https://b.example/x'],
        },
        credentialSettings.parse(settings),
      );
    const problem = (answer: ReturnType<Credentials['resolve']>) => ('problem' in answer ? answer.problem : answer);

    it('shouldFillParametersIntoHeadersOfProtocolCustom', () => {
      assert.deepEqual(made({}).resolve('SVC', ['First']), {
        url: 'https://svc.example',
        headers: [
          ['X-Fixed', '1'],
          ['X-Key', 'k v w'],
        ],
        oauth: null,
      });
    });

    for (const [formula, settings] of [
      ['$Credential.Ext.Key', { credentials: { Ext: { parameters: { other: 'x' } } } }],
      ['$Credential.Ext.Key', {}],
      ['$Credential.Other.Key', { credentials: { Ext: { parameters: { key: 'x' } } } }],
      ['$User.Id', { credentials: { Ext: { parameters: { key: 'x', id: 'x' } } } }],
    ] as const) {
      it(`shouldSayWhatItCannotFillIn: ${formula} with ${JSON.stringify(settings)}`, () => {
        assert.equal(
          problem(made({ external: { headers: [['X', `{!${formula}}`]] } }, settings).resolve('Svc', ['first'])),
          `The external credential "Ext" is not set up: local-org can't fill in {!${formula}}.`,
        );
      });
    }

    const noHeader = { url: 'https://svc.example', headers: [['X-Fixed', '1']], oauth: null };
    it('shouldSendNoTokenUnlessProtocolAndCredentialSaySo', () => {
      assert.deepEqual(made({ external: { protocol: 'none' } }).resolve('Svc', ['first']), noHeader);
      const oauth = { protocol: 'clientCredentials' } as const;
      const silent = made({ external: oauth, named: { authorizationHeader: false } });
      assert.deepEqual(silent.resolve('Svc', ['first']), noHeader);
      const missing = (client: object) =>
        problem(
          made({ external: { ...oauth, tokenUrl: null } }, { credentials: { Ext: client } }).resolve('Svc', ['first']),
        );
      const text = (what: string) => `The external credential "Ext" is not set up: its ${what} has not been entered.`;
      assert.equal(missing({}), text('clientId'));
      assert.equal(missing({ clientId: 'i' }), text('clientSecret'));
      assert.equal(missing({ clientId: 'i', clientSecret: 's' }), text('tokenUrl'));
      const tokenUrl = 'https://entered.example/t';
      const whole = made({ external: oauth }, { credentials: { Ext: { clientId: 'i', clientSecret: 's', tokenUrl } } });
      assert.deepEqual(whole.resolve('Svc', ['second', 'first']), {
        ...noHeader,
        oauth: {
          ...{ name: 'Ext-One', tokenUrl, clientId: 'i', clientSecret: 's', authentication: 'basic', scope: null },
        },
      });
    });

    it('shouldRefuseDisabledCredentialsAsIfThereWereNone', () => {
      const text =
        "The callout couldn't access the endpoint. You might not have the required permissions, or the named " +
        'credential "Svc" might not exist.';
      assert.equal(problem(made({ named: { enabled: false } }).resolve('Svc', ['first'])), text);
    });

    it('shouldNeedThePrincipalAndTheRightToReadExternalCredentials', () => {
      const text =
        "We couldn't access the credential(s). You might not have the required permissions, or the external " +
        'credential "EXT" might not exist.';
      assert.equal(problem(made({}).resolve('Svc', [])), text);
      assert.equal(problem(made({}).resolve('Svc', ['third'])), text, 'a principal of another credential');
      assert.equal(problem(made({ reads: ['second'] }).resolve('Svc', ['first'])), text, 'without the right to read');
      assert.notEqual(problem(made({ reads: ['third'] }).resolve('Svc', ['first', 'third'])), text, 'from another set');
      assert.equal(problem(made({ external: { principals: ['Three'] } }).resolve('Svc', ['first'])), text);
    });

    it('shouldAllowAddressesOfRemoteSitesAndBelow', () => {
      const allowed = (url: string) => made({}).allowsUrl(url);
      for (const url of ['https://a.example', 'HTTPS://A.example/', 'https://a.example/p?q', 'https://b.example/x/y']) {
        assert.equal(allowed(url), true, url);
      }
      for (const url of ['https://a.example.org', 'https://a.example:8443', 'http://a.example', 'https://b.example/']) {
        assert.equal(allowed(url), false, url);
      }
    });
  });
});
