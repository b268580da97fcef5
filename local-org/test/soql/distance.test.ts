import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { ApexDouble } from '../../src/values/double.ts';
import { fieldXml, objectXml, TestOrg } from '../store/testOrg.ts';

const HERE = 'GEOLOCATION(37.775, -122.418)';
const PICKLIST =
  '<valueSet><valueSetDefinition><sorted>false</sorted><value><fullName>a</fullName><default>false</default>' +
  '<label>Label A</label></value><value><fullName>b</fullName><default>false</default><label>Label B</label></value>' +
  '</valueSetDefinition></valueSet>';

/** Source: SOQL and SOSL Reference, Location-Based SOQL Queries and toLabel(). */
describe('DISTANCE, and toLabel in filters', () => {
  let org: TestOrg;
  before(() => {
    org = new TestOrg({
      'objects/Shop__c/Shop__c.object-meta.xml': objectXml('Shop'),
      'objects/Shop__c/fields/Place__c.field-meta.xml': fieldXml(
        'Place__c',
        'Location',
        '<scale>6</scale><displayLocationInDecimal>true</displayLocationInDecimal>',
      ),
      'objects/Shop__c/fields/Kind__c.field-meta.xml': fieldXml('Kind__c', 'Picklist', PICKLIST),
    });
    const at = (Name: string, Kind__c: string, latitude: number | null, longitude: number | null) => ({
      Name,
      Kind__c,
      Place__Latitude__s: latitude === null ? null : new ApexDouble(latitude),
      Place__Longitude__s: longitude === null ? null : new ApexDouble(longitude),
    });
    org.insert(
      'Shop__c',
      at('Los Angeles', 'a', 34.05, -118.24),
      at('San Francisco', 'b', 37.775, -122.418),
      at('nowhere', 'b', null, null),
      at('Oakland', 'a', 37.804, -122.271),
    );
  });

  const names = (rest: string, binds: readonly unknown[] = []) =>
    org.column(`SELECT Name FROM Shop__c ${rest}`, 'Name', binds);
  const problem = (query: string) => {
    const prepared = org.org.data.prepare(query);
    return 'message' in prepared ? prepared.message : 'accepted';
  };

  it('shouldFindWhatIsWithinOrBeyondADistance', () => {
    assert.deepEqual(names(`WHERE DISTANCE(Place__c, ${HERE}, 'mi') < 20 ORDER BY Name`), ['Oakland', 'San Francisco']);
    assert.deepEqual(names(`WHERE DISTANCE(Place__c, ${HERE}, 'km') > 20 ORDER BY Name`), ['Los Angeles']);
    assert.deepEqual(names(`WHERE DISTANCE(Place__c, ${HERE}, 'km') < 13.3 ORDER BY Name`), ['San Francisco']);
    const mine = "WHERE DISTANCE(Place__c, GEOLOCATION(:$0, :$1), 'mi') < 20 ORDER BY Name";
    assert.deepEqual(names(mine, [new ApexDouble(34), new ApexDouble(-118)]), ['Los Angeles']);
  });

  it('shouldOrderByDistanceAndShowIt', () => {
    assert.deepEqual(names(`WHERE Place__Latitude__s != null ORDER BY DISTANCE(Place__c, ${HERE}, 'mi') DESC`), [
      'Los Angeles',
      'Oakland',
      'San Francisco',
    ]);
    const [row] = org.query(
      `SELECT Name, DISTANCE(Place__c, ${HERE}, 'km') far, DISTANCE(Place__c, ${HERE}, 'mi') FROM Shop__c WHERE Name = 'Oakland'`,
    );
    const [far, miles] = ['far', 'expr0'].map((name) => (row?.getDynamic(name) as ApexDouble).value);
    assert.equal(far?.toFixed(1), '13.3');
    assert.equal(((far ?? 0) / (miles ?? 1)).toFixed(3), '1.609');
  });

  it('shouldFilterByLabels', () => {
    assert.deepEqual(names("WHERE toLabel(Kind__c) = 'label a' ORDER BY Name"), ['Los Angeles', 'Oakland']);
    assert.deepEqual(names("WHERE toLabel(Kind__c) LIKE '%B' ORDER BY Name"), ['nowhere', 'San Francisco']);
    assert.deepEqual(names("WHERE toLabel(Kind__c) = 'a'"), []);
  });

  for (const [query, message] of [
    [`WHERE DISTANCE(Place__c, ${HERE}, 'mi') = 20`, 'DISTANCE supports the operators < and > only'],
    [`WHERE DISTANCE(Place__c, ${HERE}, 'mi') IN (20)`, 'DISTANCE supports the operators < and > only'],
    [`WHERE DISTANCE(Place__c, ${HERE}, 'm') < 20`, "Invalid distance unit: use 'mi' or 'km'"],
    [`WHERE DISTANCE(Name, ${HERE}, 'mi') < 20`, 'DISTANCE needs a location field: Name'],
    [`WHERE DISTANCE(Place__c, Place__c, 'mi') < 20`, 'DISTANCE takes a location field, a GEOLOCATION and a unit'],
    ["WHERE DISTANCE(Place__c, GEOLOCATION('x', 1), 'mi') < 20", 'GEOLOCATION takes two numbers'],
    ['ORDER BY toLabel(Kind__c)', 'local-org does not support the function tolabel here'],
    ['GROUP BY toLabel(Kind__c)', 'local-org does not support the function tolabel here'],
  ] as const) {
    it(`shouldRefuse: ${query}`, () => {
      assert.equal(problem(`SELECT Id FROM Shop__c ${query}`), message);
    });
  }
});
