/** What generated names, companies and leads are made of. None of it is a real company or person. */

export const FIRST_NAMES: readonly string[] = [
  'Ada', 'Aksel', 'Alma', 'Anton', 'Bea', 'Bruno', 'Clara', 'Cosmo', 'Dana', 'Dario', 'Edda', 'Emil', 'Fay', 'Felix',
  'Greta', 'Gus', 'Hanna', 'Hugo', 'Ida', 'Ivo', 'Jana', 'Jonas', 'Kaya', 'Kurt', 'Lea', 'Linus', 'Mara', 'Milo',
  'Nell', 'Nils', 'Olga', 'Otto', 'Pia', 'Quinn', 'Rosa', 'Rune', 'Sara', 'Sten', 'Tess', 'Theo', 'Uma', 'Viggo',
  'Wanda', 'Xenia', 'Yara', 'Zeno',
]; // prettier-ignore

export const LAST_NAMES: readonly string[] = [
  'Abendrot', 'Birkwald', 'Copperfeld', 'Dunmore', 'Eskeland', 'Fernholt', 'Grauberg', 'Hartigan', 'Isenmoor',
  'Jarlsby', 'Kestrel', 'Lindqvist', 'Marchmont', 'Nordahl', 'Oakenshaw', 'Pennyworth', 'Quistgaard', 'Rosenbaum',
  'Sandvik', 'Thornbury', 'Ulvang', 'Vandermolen', 'Westerby', 'Yarrow', 'Zimtstern',
]; // prettier-ignore

export const COMPANY_FIRST: readonly string[] = [
  'Amber', 'Basalt', 'Cinder', 'Delta', 'Ember', 'Fjord', 'Granite', 'Harbor', 'Indigo', 'Juniper', 'Kelp', 'Lumen',
  'Maple', 'Nimbus', 'Onyx', 'Pebble', 'Quartz', 'Raven', 'Saffron', 'Timber', 'Umbra', 'Velvet', 'Willow', 'Zephyr',
]; // prettier-ignore

export const COMPANY_SECOND: readonly string[] = [
  'bridge', 'brook', 'cliff', 'field', 'forge', 'gate', 'grove', 'haven', 'hill', 'lake', 'mill', 'point', 'ridge',
  'shore', 'stone', 'vale', 'well', 'wood',
]; // prettier-ignore

/** Industries of the standard picklist that occur, with what their companies call themselves. */
export const INDUSTRIES: Readonly<Record<string, readonly string[]>> = {
  Technology: ['Systems', 'Software', 'Robotics'],
  Manufacturing: ['Works', 'Tools', 'Castings'],
  Healthcare: ['Clinics', 'Medical', 'Diagnostics'],
  Finance: ['Capital', 'Trust', 'Leasing'],
  Retail: ['Stores', 'Outfitters', 'Market'],
  Energy: ['Power', 'Grid', 'Solar'],
  Transportation: ['Freight', 'Logistics', 'Lines'],
  Education: ['Academy', 'Institute', 'Learning'],
};

export const PRODUCTS: readonly string[] = [
  'Integration Hub', 'Data Platform', 'Field Service', 'Analytics Suite', 'Security Gateway',
]; // prettier-ignore

/** Values of the standard picklist, with their shares. */
export const LEAD_SOURCES: readonly (readonly [string, number])[] = [
  ['Web', 0.5],
  ['Phone Inquiry', 0.2],
  ['Partner Referral', 0.2],
  ['Purchased List', 0.1],
];

/** The source whose leads the demo only shadows. */
export const SHADOWED_SOURCE = 'Purchased List';

export const JOB_TITLES: readonly string[] = [
  'Director of IT', 'Head of Operations', 'Chief Information Officer', 'IT Manager', 'Data Analyst', 'Purchasing Agent',
  'VP Engineering', 'Project Manager', 'Managing Director', 'Office Assistant',
]; // prettier-ignore

/** What people write in a form, by product. */
export const NEEDS: Readonly<Record<string, readonly string[]>> = {
  'Integration Hub': ['system integration', 'our ERP and CRM do not talk to each other'],
  'Data Platform': ['reports take days', 'one place for all our data'],
  'Field Service': ['technician scheduling', 'too many trips without the right part'],
  'Analytics Suite': ['forecasting', 'dashboards for the board'],
  'Security Gateway': ['audit findings', 'remote access for suppliers'],
};
