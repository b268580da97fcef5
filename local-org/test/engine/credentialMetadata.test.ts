import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import { readCalloutMetadata } from '../../src/engine/credentials/metadata.ts';
import type { CalloutMetadata } from '../../src/engine/credentials/metadata.ts';
import { loadSchema } from '../../src/schema/loadSchema.ts';
import { metadataFiles } from '../../src/schema/projectFiles.ts';
import { xml } from '../store/testOrg.ts';

type Problem = Parameters<typeof readCalloutMetadata>[2][number];

/** Source: Metadata API Developer Guide, NamedCredential, ExternalCredential, RemoteSiteSetting. */
describe('metadata of callouts', () => {
  function read(path: string, text: string): { metadata: CalloutMetadata; problems: string[] } {
    const root = mkdtempSync(join(tmpdir(), 'local-org-credentials-'));
    try {
      writeFileSync(join(root, 'sfdx-project.json'), '{"packageDirectories":[{"path":"force-app","default":true}]}');
      const file = join(root, 'force-app/main/default', path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
      const problems: Problem[] = [];
      const metadata = readCalloutMetadata(metadataFiles(root, []), loadSchema(root).metadata, problems);
      return { metadata, problems: problems.map(({ message }) => message) };
    } finally {
      rmSync(root, { recursive: true });
    }
  }
  const named = (content: string) =>
    read('namedCredentials/N.namedCredential-meta.xml', xml('NamedCredential', content));
  const external = (content: string) =>
    read('externalCredentials/E.externalCredential-meta.xml', xml('ExternalCredential', content));
  const parameter = (kind: string, of: string, name: string, value: string) =>
    `<${kind}Parameters><parameterName>${name}</parameterName><parameterType>${of}</parameterType>` +
    `<parameterValue>${value}</parameterValue></${kind}Parameters>`;
  const secured = '<namedCredentialType>SecuredEndpoint</namedCredentialType>';

  it('shouldTakeLegacyCredentialsWithoutAuthenticationOnly', () => {
    const endpoint = '<endpoint>https://a.example</endpoint>';
    for (const protocol of ['', '<protocol>NoAuthentication</protocol>']) {
      const { metadata, problems } = named(endpoint + protocol);
      assert.deepEqual(problems, []);
      assert.equal(metadata.named.get('n')?.url, 'https://a.example');
    }
    const [problem, ...more] = named(`${endpoint}<protocol>Password</protocol>`).problems;
    assert.match(problem ?? '', /legacy named credentials with protocol Password/);
    assert.deepEqual(more, []);
  });

  it('shouldRefuseOtherTypesOfNamedCredentials', () => {
    const { problems } = named('<namedCredentialType>PrivateEndpoint</namedCredentialType>');
    assert.equal(problems.length, 1);
    assert.match(problems[0] ?? '', /named credentials of type PrivateEndpoint/);
  });

  it('shouldReadHeadersButNoFormulasInThem', () => {
    const header = (value: string) => named(secured + parameter('namedCredential', 'HttpHeader', 'X-A', value));
    const plain = header('1');
    assert.deepEqual(plain.problems, []);
    assert.deepEqual(plain.metadata.named.get('n')?.headers, [['X-A', '1']]);
    assert.match(header('{!$User.Id}').problems.join(), /formulas in the header X-A/);
  });

  it('shouldRefuseOtherParameters', () => {
    assert.match(
      named(secured + parameter('namedCredential', 'ClientCertificate', 'c', 'd')).problems.join(),
      /named credential parameters of type ClientCertificate/,
    );
    const custom = '<authenticationProtocol>Custom</authenticationProtocol>';
    const of = (kind: string, name: string) => external(custom + parameter('externalCredential', kind, name, 'v'));
    const scope = of('AuthParameter', 'Scope');
    assert.deepEqual([scope.problems, scope.metadata.external.get('e')?.scope], [[], 'v']);
    const header = of('AuthHeader', 'Authorization');
    assert.deepEqual([header.problems, header.metadata.external.get('e')?.headers], [[], [['Authorization', 'v']]]);
    assert.match(
      of('AuthParameter', 'Audience').problems.join(),
      /external credential parameters of type AuthParameter/,
    );
    assert.match(of('SigningCertificate', 'Scope').problems.join(), /parameters of type SigningCertificate/);
  });

  it('shouldTellHowTheClientIdentifiesItself', () => {
    const oauth = (variant: string) =>
      external(
        '<authenticationProtocol>Oauth</authenticationProtocol>' +
          parameter('externalCredential', 'AuthProtocolVariant', 'v', variant),
      );
    const of = (variant: string) => oauth(variant).metadata.external.get('e');
    assert.equal(of('ClientCredentialsClientSecretBody')?.clientAuthentication, 'body');
    assert.equal(of('ClientCredentialsClientSecret')?.clientAuthentication, 'basic');
    assert.equal(of('ClientCredentialsClientSecret')?.protocol, 'clientCredentials');
    assert.match(oauth('JwtBearer').problems.join(), /external credentials of protocol Oauth, JwtBearer/);
    assert.match(
      external('<authenticationProtocol>AwsSv4</authenticationProtocol>').problems.join(),
      /external credentials of protocol AwsSv4:/,
    );
  });

  it('shouldKnowActiveRemoteSitesOnly', () => {
    const sites = (active: boolean) =>
      read(
        'remoteSiteSettings/S.remoteSite-meta.xml',
        xml('RemoteSiteSetting', `<isActive>${active}</isActive><url>https://A.example/</url>`),
      ).metadata.remoteSites;
    assert.deepEqual([sites(true), sites(false)], [['https://a.example'], []]);
  });

  it('shouldKnowWhoMayReadExternalCredentials', () => {
    const rights = (object: string, read: boolean) =>
      `<objectPermissions><allowCreate>false</allowCreate><allowDelete>false</allowDelete><allowEdit>false</allowEdit>` +
      `<allowRead>${read}</allowRead><modifyAllRecords>false</modifyAllRecords><object>${object}</object>` +
      '<viewAllRecords>false</viewAllRecords></objectPermissions>';
    const readers = (permissions: string) =>
      [
        ...read('permissionsets/P.permissionset-meta.xml', xml('PermissionSet', `<label>P</label>${permissions}`))
          .metadata.grants.readsUserExternalCredentials,
      ].includes('p');
    assert.equal(readers(rights('UserExternalCredential', true)), true);
    assert.equal(readers(rights('Account', true) + rights('UserExternalCredential', true)), true);
    assert.equal(readers(rights('UserExternalCredential', false)), false);
    assert.equal(readers(rights('Account', true)), false);
    assert.equal(readers(''), false);
  });
});
