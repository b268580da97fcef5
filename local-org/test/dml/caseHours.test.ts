import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { TestOrg } from '../store/testOrg.ts';

describe('business hours of cases', () => {
  it('shouldGiveACaseTheDefaultHoursWhereItNamesNone', () => {
    const org = new TestOrg();
    const [hours] = org.query('SELECT Id FROM BusinessHours WHERE IsDefault = TRUE');
    const [other] = org.insert('BusinessHours', { Name: 'Other', TimeZoneSidKey: 'GMT', IsActive: true });
    org.insert('Case', { Subject: 'a' }, { Subject: 'b', BusinessHoursId: other?.id });
    assert.deepEqual(org.column('SELECT BusinessHoursId FROM Case ORDER BY Subject', 'BusinessHoursId'), [
      hours?.id,
      other?.id,
    ]);
  });
});
