import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DocumentReader } from '../src/text/documents/documentReader.ts';
import type { DocumentLimits } from '../src/text/documents/documentReader.ts';
import { docx, line, pdf, zip } from './support/documents.ts';
import { aLead, aRequest } from './support/requests.ts';
import { startService } from './support/service.ts';

const PDF = 'application/pdf';
const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

interface SentDocument {
  name: string;
  media_type: string;
  base64: string;
}

function sent(mediaType: string, content: Buffer | string): SentDocument {
  return { name: 'd', media_type: mediaType, base64: Buffer.from(content).toString('base64') };
}

/** A busy machine takes its time: only where time is the point is it short. */
const LIMITS: DocumentLimits = {
  bytes: 2 * 1024 * 1024,
  pages: 50,
  characters: 200_000,
  ms: 60_000,
  megabytes: 256,
  unpackedBytes: 20 * 1024 * 1024,
};

async function textOf(document: SentDocument, limits: Partial<DocumentLimits> = {}, worker?: URL): Promise<string> {
  const reader = new DocumentReader({ ...LIMITS, ...limits }, worker);
  const ms = 120_000;
  return reader.read([document], { ms, endsAt: performance.now() + ms, check: () => {} });
}

function refuses(
  document: SentDocument,
  detail: RegExp,
  limits: Partial<DocumentLimits> = {},
  worker?: URL,
): Promise<void> {
  return assert.rejects(textOf(document, limits, worker), { status: 422, message: detail });
}

test('shouldReadTheTextOfPdfAndWordAndPlainFiles', async () => {
  assert.match(await textOf(sent(PDF, pdf(2, line('We need an integration')))), /We need an integration/);
  assert.match(await textOf(sent(DOCX, docx('Wir brauchen eine Schnittstelle'))), /Wir brauchen eine Schnittstelle/);
  assert.equal(await textOf(sent('text/plain; charset=utf-8', 'Ärger')), 'Ärger');
});

test('shouldRefuseADocumentAboveItsSize', () =>
  refuses(sent('text/plain', 'x'.repeat(2 * 1024 * 1024 + 1)), /must not be above 2097152 bytes/));

test('shouldRefuseAPdfOfTenThousandPages', async () => {
  const large = pdf(10_000, line('x'));
  assert.ok(large.length < LIMITS.bytes, 'only its pages are too many');
  await refuses(sent(PDF, large), /must not have more than 50 pages/);
  assert.match(await textOf(sent(PDF, pdf(50, line('last')))), /last/);
});

test('shouldRefuseAZipBombWhateverSizesItDeclares', async () => {
  const bomb = docx(Buffer.alloc(200 * 1024 * 1024, ' '));
  assert.ok(bomb.length < LIMITS.bytes, 'packed it is small');
  await refuses(sent(DOCX, bomb), /must not be above 20971520 bytes when it is unpacked/);
  // The same with a lie in the central directory and before the file: ten bytes.
  const lying = Buffer.from(bomb);
  for (const [signature, size] of [
    ['PK\x03\x04', 22],
    ['PK\x01\x02', 24],
  ] as const) {
    for (let at = lying.indexOf(signature, 0, 'latin1'); at >= 0; at = lying.indexOf(signature, at + 4, 'latin1')) {
      lying.writeUInt32LE(10, at + size);
    }
  }
  await refuses(sent(DOCX, lying), /must not be above 20971520 bytes when it is unpacked/);
});

test('shouldRefuseAPdfWhosePagesUnpackToMoreThanTheMemory', async () => {
  const bomb = pdf(1, Buffer.alloc(900 * 1024 * 1024, ' '));
  assert.ok(bomb.length < LIMITS.bytes, 'packed it is small');
  await refuses(sent(PDF, bomb), /needs too much memory|takes too long/, { megabytes: 128 });
});

test('shouldEndAParserThatHangs', async () => {
  const hanging = new URL(`data:text/javascript,${encodeURIComponent('for (;;);')}`);
  const started = performance.now();
  await refuses(sent('text/plain', 'x'), /takes too long to read/, { ms: 300 }, hanging);
  assert.ok(performance.now() - started >= 300);
});

test('shouldRefuseAParserThatDies', async () => {
  const dying = new URL(`data:text/javascript,${encodeURIComponent('process.exit(3)')}`);
  await refuses(sent('text/plain', 'x'), /can not be read/, {}, dying);
});

test('shouldCutATextThatIsTooLong', async () => {
  assert.equal((await textOf(sent('text/plain', 'x'.repeat(1000)), { characters: 100 })).length, 100);
});

test('shouldRefuseWhatIsNotWhatItSaysItIs', async () => {
  await refuses(sent(PDF, 'no pdf'), /can not be read as what it is declared to be/);
  await refuses(sent(DOCX, 'no zip'), /can not be read as what it is declared to be/);
  await refuses(sent(DOCX, zip({ 'other.txt': 'x' })), /can not be read as what it is declared to be/);
  await refuses(sent('text/plain', Buffer.from([0xff, 0xfe, 0xfd])), /can not be read as what it is declared to be/);
  await refuses(sent('image/png', 'x'), /must be one of/);
  await refuses({ ...sent(PDF, ''), base64: '' }, /is empty or no Base64/);
});

test('shouldFindNeedAndComplexityInADocumentOfALead', async () => {
  await using service = await startService();
  const text = 'We look for reporting and dashboards with SSO, SAML and an ERP migration to a data warehouse.';
  const answer = await service.routed(
    aRequest({ leads: [aLead({ form_data: { job_title: 'CIO' }, documents: [sent(PDF, pdf(1, line(text)))] })] }),
  );

  assert.equal(answer.results[0]?.need?.product_line, 'Analytics');
  const { body } = await service.ask('/v1/decisions/trace-1');
  const { leads } = body['input'] as { leads: { complexity: number }[] };
  assert.ok((leads[0]?.complexity ?? 0) >= 0.8, `complexity ${leads[0]?.complexity}`);
});
