import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { clean } from '../maven/clean.ts';
import { daysBetween, readAmount, readDay } from '../maven/cells.ts';
import { groupProblems } from '../maven/dataProblem.ts';
import type { DataProblem } from '../maven/dataProblem.ts';
import { nearest, typingErrors } from '../maven/nearest.ts';
import {
  accountOwners,
  closedDeals,
  leadRecord,
  mavenPeople,
  mavenRouting,
  opportunityRecord,
} from '../maven/orgRecords.ts';
import { FILES, parseTable, readTables } from '../maven/readTables.ts';
import type { FileName, MavenTables } from '../maven/readTables.ts';

const GOOD: Record<FileName, string> = {
  'accounts.csv': `account,sector,year_established,revenue,employees,office_location,subsidiary_of
Acme,technology,1996,1100.04,2822,United States,
Bluth,retail,1992,0.5,30,Kenya,Acme
`,
  'products.csv': 'product,series,sales_price\nGTX Pro,GTX,4821\nMG Special,MG,55\n',
  'sales_teams.csv': `sales_agent,manager,regional_office
Moses Frase,Dustin Brinkmann,Central
Carl Lin,Summer Sewald,West
`,
  'sales_pipeline.csv': `opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value
D1,Moses Frase,GTX Pro,Acme,Won,10/20/2016,3/1/2017,1054
D2,Carl Lin,MG Special,Bluth,Lost,1/5/2017,1/9/2017,0
D3,Carl Lin,GTX Pro,Acme,Engaging,1/5/2017,,
`,
};

const folders: string[] = [];
after(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

/** A folder with the files, changed as asked; null leaves a file out. */
function folderWith(changes: Partial<Record<FileName, string | null>> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'maven-'));
  folders.push(folder);
  for (const [file, text] of Object.entries({ ...GOOD, ...changes })) {
    if (text !== null) writeFileSync(join(folder, file), text);
  }
  return folder;
}

function tables(changes: Partial<Record<FileName, string>> = {}): MavenTables {
  return readTables(folderWith(changes));
}

/** The pipeline with one more line. */
function withDeal(line: string): MavenTables {
  return tables({ 'sales_pipeline.csv': `${GOOD['sales_pipeline.csv']}${line}\n` });
}

const withoutFile = ({ line, field, value, taken_as }: DataProblem): unknown[] => [line, field, value, taken_as];

describe('readTables', () => {
  const refusal = (folder: string): Error => {
    try {
      readTables(folder);
    } catch (error) {
      assert.ok(error instanceof Error);
      assert.equal((error as Error & { exitCode?: number }).exitCode, 2);
      return error;
    }
    return assert.fail('The folder should have been refused');
  };

  it('shouldNameTheFolderWhenThereIsNone', () => {
    assert.match(refusal('/no/such/folder').message, /There is no folder \/no\/such\/folder.*--dir/);
  });

  it('shouldNameTheFileWhenItIsMissing', () => {
    for (const file of Object.keys(FILES)) {
      assert.match(refusal(folderWith({ [file]: null })).message, new RegExp(`${file} can't be read`));
    }
  });

  it('shouldNameTheColumnWhenItIsMissing', () => {
    const text = GOOD['products.csv'].replace('sales_price', 'price');
    assert.match(refusal(folderWith({ 'products.csv': text })).message, /products\.csv has no column sales_price/);
  });

  it('shouldSayWhereTheFileIsNoCsv', () => {
    const text = `${GOOD['products.csv']}"GTK 500,GTK,26768\n`;
    assert.match(refusal(folderWith({ 'products.csv': text })).message, /products\.csv is no CSV: .*line/i);
  });

  it('shouldReadAnEmptyFileAsOneWithoutColumns', () => {
    assert.match(refusal(folderWith({ 'accounts.csv': '' })).message, /no column account, sector.*it has none/);
  });
});

describe('parseTable', () => {
  it('shouldReadByteOrderMarkQuotesWindowsLinesAndAnyOrderOfColumns', () => {
    const rows = parseTable('\uFEFFb,A\r\n"x, ""y""",1\r\n\r\n z ,2\r\n', 'f.csv', ['a', 'b']);
    assert.deepEqual(
      rows.map(({ line, cells }) => [line, cells.a, cells.b]),
      [
        [2, '1', 'x, "y"'],
        [4, '2', 'z'],
      ],
    );
  });
});

describe('nearest', () => {
  const products = ['GTX Basic', 'GTX Pro', 'MG Special', 'GTX Plus Pro'];

  it('shouldFindTheTermThatWasMeant', () => {
    assert.equal(nearest('GTXPro', products), 'GTX Pro');
    assert.equal(nearest('mg  special', products), 'MG Special');
    assert.equal(nearest('GTX Basci', products), 'GTX Basic');
    assert.equal(nearest('technolgy', ['Technology', 'Biotechnology']), 'Technology');
    assert.equal(nearest('Philipines', ['Philippines', 'Palau']), 'Philippines');
  });

  it('shouldFindNothingWhenNothingIsNear', () => {
    assert.equal(nearest('Quantum Drive', products), null);
    assert.equal(nearest('', products), null);
    assert.equal(nearest('Mali', ['Bali']), 'Bali');
    assert.equal(nearest('Mal', ['Bal']), null, 'In three letters one error is too many');
  });

  it('shouldFindNothingWhenTwoAreEquallyNear', () => {
    assert.equal(nearest('Area B', ['Area A', 'Area C']), null);
  });
});

describe('typingErrors', () => {
  it('shouldCountAWrongAMissingASurplusAndASwappedLetterAsOneEach', () => {
    assert.deepEqual(
      [
        typingErrors('abcd', 'abxd'),
        typingErrors('abcd', 'abd'),
        typingErrors('abcd', 'abccd'),
        typingErrors('abcd', 'acbd'),
      ],
      [1, 1, 1, 1],
    );
    assert.equal(typingErrors('kitten', 'sitting'), 3);
    assert.equal(typingErrors('', 'abc'), 3);
  });
});

describe('readDay and readAmount', () => {
  it('shouldReadMonthDayYear', () => {
    assert.equal(
      readDay('3/1/2017', 'd', 1, () => assert.fail()),
      '2017-03-01',
    );
    assert.equal(
      readDay('', 'd', 1, () => assert.fail()),
      null,
    );
  });

  it('shouldNoteADayThatDoesNotExist', () => {
    const noted: unknown[] = [];
    for (const text of ['2/30/2017', '13/1/2017', '2017-03-01', 'soon']) {
      assert.equal(
        readDay(text, 'close_date', 5, (...note) => noted.push(note)),
        null,
      );
    }
    assert.equal(noted.length, 4);
    assert.deepEqual(noted[0], [5, 'close_date', '2/30/2017', 'unknown']);
  });

  it('shouldReadAmountsWithThousandsAndNoteWhatIsNone', () => {
    assert.equal(
      readAmount('12,345.50', 'v', 1, () => assert.fail()),
      12_345.5,
    );
    const noted: unknown[] = [];
    for (const text of ['', '-3', 'n/a', '1e999']) {
      assert.equal(
        readAmount(text, 'v', 9, (...note) => noted.push(note)),
        null,
      );
    }
    assert.equal(noted.length, 4);
  });

  it('shouldCountDaysOverAYearsEnd', () => {
    assert.equal(daysBetween('2016-12-30', '2017-01-02'), 3);
  });
});

describe('clean', () => {
  it('shouldNoteNothingWhenAllIsAsItShouldBe', () => {
    const data = clean(tables());
    assert.deepEqual(data.problems, []);
    assert.deepEqual(
      data.accounts.map(({ name, industry, revenue, parent }) => [name, industry, revenue, parent]),
      [
        ['Acme', 'Technology', 1_100_040_000, null],
        ['Bluth', 'Retail', 500_000, 'Acme'],
      ],
    );
    assert.deepEqual(data.deals[0], {
      id: 'D1',
      rep: data.reps[0],
      product: 'GTX Pro',
      account: data.accounts[0],
      stage: 'Won',
      engagedOn: '2016-10-20',
      closedOn: '2017-03-01',
      value: 1054,
    });
  });

  it('shouldMendTypingErrorsAndReportFileLineFieldAndValue', () => {
    const data = clean(withDeal('D4,Moses Frase,GTXPro,acme,won,1/1/2017,1/2/2017,5'));
    assert.deepEqual(data.problems, [
      { file: 'sales_pipeline.csv', line: 5, field: 'deal_stage', value: 'won', taken_as: 'Won' },
      { file: 'sales_pipeline.csv', line: 5, field: 'account', value: 'acme', taken_as: 'Acme' },
      { file: 'sales_pipeline.csv', line: 5, field: 'product', value: 'GTXPro', taken_as: 'GTX Pro' },
    ]);
    assert.equal(data.deals[3]?.account?.name, 'Acme');
  });

  it('shouldKeepADealWhoseAccountAgentAndProductAreNotKnown', () => {
    const data = clean(withDeal('D4,Nobody Known,Flux,,Prospecting,,,'));
    assert.deepEqual(data.problems.map(withoutFile), [
      [5, 'account', '', 'unknown'],
      [5, 'sales_agent', 'Nobody Known', 'unknown'],
      [5, 'product', 'Flux', 'unknown'],
    ]);
    assert.deepEqual(
      [data.deals[3]?.account, data.deals[3]?.rep, data.deals[3]?.product, data.deals[3]?.stage],
      [null, null, null, 'Prospecting'],
    );
  });

  it('shouldLeaveOutADealOfAnUnknownStageAndASecondOneOfTheSameNumber', () => {
    const data = clean(withDeal('D4,Moses Frase,GTX Pro,Acme,Maybe,,,\nD1,Moses Frase,GTX Pro,Acme,Lost,,1/1/2017,3'));
    assert.deepEqual(
      data.deals.map(({ id }) => id),
      ['D1', 'D2', 'D3'],
    );
    assert.deepEqual(data.problems.map(withoutFile), [
      [6, 'opportunity_id', 'D1', 'left out'],
      [5, 'deal_stage', 'Maybe', 'left out'],
    ]);
  });

  it('shouldNotBelieveADealThatClosedBeforeItBegan', () => {
    const data = clean(withDeal('D4,Moses Frase,GTX Pro,Acme,Won,2/1/2017,1/1/2017,5'));
    assert.deepEqual(data.problems.map(withoutFile), [[5, 'close_date', '1/1/2017', 'unknown']]);
    assert.equal(data.deals[3]?.closedOn, null);
  });

  it('shouldReportAmbiguousAndMistypedCountriesAndKeepAnIndustryThatNobodyKnows', () => {
    const accounts = `${GOOD['accounts.csv']}C,cheesemaking,1990,1,1,Korea,\nD,technolgy,1990,1,1,Philipines,Acmee\n`;
    const data = clean(tables({ 'accounts.csv': accounts }));
    assert.deepEqual(data.problems.map(withoutFile), [
      [4, 'office_location', 'Korea', 'South Korea'],
      [5, 'sector', 'technolgy', 'Technology'],
      [5, 'office_location', 'Philipines', 'Philippines'],
      [5, 'subsidiary_of', 'Acmee', 'Acme'],
    ]);
    assert.equal(data.accounts[2]?.industry, 'Cheesemaking');
  });

  it('shouldReportLinesThatAreTooShortOrTooLong', () => {
    const data = clean(tables({ 'products.csv': `${GOOD['products.csv']}GTK 500\nX,Y,3,4\n` }));
    assert.deepEqual(data.problems.map(withoutFile), [
      [4, '', '2 cells are missing at the end', 'blank'],
      [5, '', '1 cells too many at the end', 'left out'],
      [4, 'sales_price', '', 'unknown'],
    ]);
  });
});

describe('records of the data set', () => {
  const data = clean(tables());
  const [won, , open] = data.deals;
  assert.ok(won && open);

  it('shouldTurnAClosedDealIntoAnOpportunity', () => {
    assert.deepEqual(opportunityRecord(won, '2017-12-31'), {
      Name: 'Acme – GTX Pro (D1)',
      StageName: 'Closed Won',
      CloseDate: '2017-03-01',
      Amount: 1054,
      Description: 'Engaged on 2016-10-20.',
    });
    const undated = opportunityRecord({ ...won, engagedOn: null, closedOn: null }, '2017-12-31');
    assert.equal(undated['CloseDate'], '2017-12-31', 'An opportunity can not be without a day');
  });

  it('shouldTurnAnOpenDealIntoALeadOfItsRegion', () => {
    const lead = leadRecord(open);
    assert.equal(lead['Company'], 'Acme');
    assert.equal(lead['State'], 'West');
    assert.equal(leadRecord({ ...open, account: null })['Company'], 'Unknown company of deal D3');
  });

  it('shouldMakeATerritoryAndARoleOfEachRegionAndManager', () => {
    const routing = mavenRouting(data);
    assert.deepEqual(
      routing.territories.map(({ Code__c }) => Code__c),
      ['CENTRAL', 'WEST'],
    );
    assert.deepEqual(routing.reps[1]?.territories, { WEST: 'Primary' });
    const people = mavenPeople(data);
    const moses = people.persons.find(({ key }) => key === 'Moses Frase');
    assert.equal(moses?.managerKey, 'mgr-Dustin_Brinkmann');
    assert.equal(moses?.username, 'moses.frase@maven-crm.example.com');
  });

  it('shouldGiveAnAccountToTheAgentWithMostDealsThere', () => {
    const more = clean(withDeal('D4,Carl Lin,GTX Pro,Acme,Prospecting,,,\nD5,Nobody Known,GTX Pro,,Prospecting,,,'));
    assert.deepEqual(
      [...accountOwners(more)],
      [
        ['Acme', 'Carl Lin'],
        ['Bluth', 'Carl Lin'],
      ],
    );
    assert.equal(accountOwners(data).get('Acme'), 'Moses Frase', 'Between equals the first in the file');
  });

  it('shouldMakeRecordsOfClosedDealsOnly', () => {
    assert.deepEqual(
      closedDeals(data).map(({ repKey, won: isWon, daysToClose }) => [repKey, isWon, daysToClose]),
      [
        ['Moses Frase', true, 132],
        ['Carl Lin', false, 4],
      ],
    );
  });
});

describe('groupProblems', () => {
  it('shouldCountTheSameValueTogetherAndPutTheMostFrequentFirst', () => {
    const problem = (line: number, value: string): DataProblem => ({
      file: 'f.csv',
      line,
      field: 'product',
      value,
      taken_as: 'x',
    });
    const groups = groupProblems([problem(1, 'a'), problem(2, 'b'), problem(3, 'b')]);
    assert.deepEqual(
      groups.map(({ problem: { value, line }, count }) => [value, line, count]),
      [
        ['b', 2, 2],
        ['a', 1, 1],
      ],
    );
  });
});
