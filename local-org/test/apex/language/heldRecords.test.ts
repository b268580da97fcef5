import assert from 'node:assert/strict';
import { test } from 'node:test';
import { run } from '../../platform/harness.ts';

const HOLDER = `
  public class Holder {
    public Contact who;
    public Account property { get; set; }
    public String bare() { return who.LastName; }
    public String named() { return this.who.LastName; }
  }`;

/** What `statement` prints, or the exception it ends with. */
function ends(statement: string): string {
  return run(statement, HOLDER).join(' | ');
}

const NULL = 'System.NullPointerException: Attempt to de-reference a null object';

// Source: Salesforce Stack Exchange 135750; the reference speaks of relationships only.
test('shouldReadFieldsOfARecordThatAnObjectDoesNotHoldAsNull', () => {
  assert.equal(ends('Holder h = new Holder(); System.debug(h.who.LastName);'), 'null');
  assert.equal(ends('Holder h = new Holder(); System.debug(h.who.Account.Name);'), 'null');
  assert.equal(ends('Holder h = new Holder(); System.debug(h.property.Name);'), 'null');
  assert.equal(ends('System.debug(new Holder().named());'), 'null');
});

test('shouldThrowWhereTheRecordIsAVariableOrItsIdIsReadOrAFieldIsWritten', () => {
  assert.equal(ends('Contact c; System.debug(c.LastName);'), NULL);
  assert.equal(ends('System.debug(new Holder().bare());'), NULL);
  assert.equal(ends('Holder h = new Holder(); System.debug(h.who.Id);'), NULL);
  assert.equal(ends("Holder h = new Holder(); h.who.LastName = 'x';"), NULL);
  assert.equal(ends('Holder h; System.debug(h.who.LastName);'), NULL);
  assert.equal(ends("Holder h = new Holder(); System.debug(h.who.get('LastName'));"), NULL);
});
