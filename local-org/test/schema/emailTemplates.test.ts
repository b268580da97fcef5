import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { loadProject, xml } from '../store/testOrg.ts';

/** Source: Metadata API, EmailTemplate and EmailFolder. */
describe('e-mail templates of a project', () => {
  const template = (rest: string) => xml('EmailTemplate', `<available>false</available><name>One</name>${rest}`);

  it('shouldReadATextAndItsFolder', () => {
    const { metadata, problems } = loadProject({
      'email/Shop/One.email-meta.xml': template('<subject>S</subject><type>text</type>'),
      'email/Shop/One.email': 'Hello',
      'email/Shop.emailFolder-meta.xml': xml('EmailFolder', '<accessType>Public</accessType><name>The Shop</name>'),
    });
    assert.deepEqual(problems, []);
    const [one] = metadata.emailTemplates;
    assert.deepEqual(
      [one?.developerName, one?.folder, one?.subject, one?.body, one?.html, one?.available],
      ['One', 'Shop', 'S', 'Hello', null, false],
    );
    assert.deepEqual([...metadata.emailFolders], [['Shop', 'The Shop']]);
  });

  it('shouldTellWhatIsWrongWithATemplate', () => {
    const { problems } = loadProject({
      'email/Shop/One.email-meta.xml': template('<type>paper</type>'),
      'email/Shop/One.email': '',
      'email/Shop/Two.email-meta.xml': template('<type>text</type>'),
      'email/Shop/Three.email-meta.xml': template(''),
      'email/Shop/Three.email': '',
    });
    assert.deepEqual(
      problems.map(({ file, message }) => `${file.replace(/.*\//, '')}: ${message}`),
      [
        'One.email-meta.xml: type paper is none of text, html, custom, visualforce',
        'Three.email-meta.xml: Required field is missing: type',
        'Three.email-meta.xml: type  is none of text, html, custom, visualforce',
        'Two.email-meta.xml: e-mail template Two has no file beside its metadata',
      ],
    );
  });
});
