import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { faultsOf } from '../../scripts/plant/faults.ts';
import { parseApex } from '../../src/apex/parse/parse.ts';

const SOURCE = `public class Shop {
  private Integer open = 1;
  public String name(Integer count, Item item) {
    if (closed) {
      return null;
    }
    String text = String.join(names, ', ');
    return item.label(text, count).trim();
  }
}`;

/** The lines that planted errors leave, without those of other kinds. */
function planted(kind: string): string[] {
  const { unit } = parseApex(SOURCE, 'Shop.cls', 'class-file');
  assert.ok(unit);
  return faultsOf(unit, SOURCE)
    .filter((fault) => fault.kind === kind)
    .map(({ start, end, text, line, declared }) => {
      const lines = (SOURCE.slice(0, start) + text + SOURCE.slice(end)).split('\n');
      return `${declared ? 'declared ' : ''}${line}: ${lines[line - 1]?.trim() ?? ''}`;
    });
}

describe('planted errors', () => {
  it('shouldRenameWhatIsUsed', () => {
    assert.deepEqual(planted('unknown method'), [
      `7: String text = String.joinZq(names, ', ');`,
      '8: return item.label(text, count).trimZq();',
      '8: return item.labelZq(text, count).trim();',
    ]);
    assert.ok(planted('unknown variable').includes('4: if (closedZq) {'));
    assert.ok(planted('unknown type').includes(`7: StringZq text = String.join(names, ', ');`));
  });

  it('shouldKnowWhatOtherFilesSee', () => {
    assert.deepEqual(planted('renamed method'), ['declared 3: public String nameZq(Integer count, Item item) {']);
    assert.deepEqual(planted('renamed field'), ['declared 2: private Integer openZq = 1;']);
    assert.ok(planted('unknown type').includes('declared 3: public String name(Integer count, ItemZq item) {'));
    assert.deepEqual(planted('renamed variable'), [`7: String textZq = String.join(names, ', ');`]);
  });

  it('shouldSpoilArguments', () => {
    assert.deepEqual(planted('one argument too few'), [
      `7: String text = String.join(', ');`,
      '8: return item.label(count).trim();',
    ]);
    assert.ok(planted('one argument too many').includes('8: return item.label(null, text, count).trim();'));
    assert.ok(planted('wrong argument').includes(`7: String text = String.join(names, Blob.valueOf('x'));`));
  });

  it('shouldSpoilWhatIsReturned', () => {
    assert.deepEqual(planted('return without a value'), ['5: return ;']);
    assert.deepEqual(planted('wrong return value'), [`5: return Blob.valueOf('x');`]);
    assert.deepEqual(planted('missing return'), ['8: ']);
    assert.deepEqual(planted('wrong value'), [`2: private Integer open = Blob.valueOf('x');`]);
  });
});
