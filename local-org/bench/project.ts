import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const META = (root: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<${root} xmlns="http://soap.sforce.com/2006/04/metadata">\n` +
  `  <apiVersion>67.0</apiVersion>\n  <status>Active</status>\n</${root}>\n`;

/** Writes an sfdx project with these sources, by file name (`Foo.cls`, `Bar.trigger`). */
export function writeProject(dir: string, sources: Readonly<Record<string, string>>): void {
  const classes = join(dir, 'force-app/main/default/classes');
  mkdirSync(classes, { recursive: true });
  writeFileSync(join(dir, 'sfdx-project.json'), '{"packageDirectories":[{"path":"force-app","default":true}]}');
  for (const [name, text] of Object.entries(sources)) {
    writeFileSync(join(classes, name), text);
    writeFileSync(join(classes, `${name}-meta.xml`), META(name.endsWith('.cls') ? 'ApexClass' : 'ApexTrigger'));
  }
}

/** Generated classes of 100 lines that call each other, query and write: `count` of them. */
export function generatedClasses(count: number): Record<string, string> {
  const sources: Record<string, string> = {};
  for (let i = 0; i < count; i++) sources[`Generated${i}.cls`] = generatedClass(i, (i + 1) % count);
  return sources;
}

function generatedClass(i: number, next: number): string {
  const methods = Array.from(
    { length: 6 },
    (_, m) => `
  /** Method ${m}. */
  public static Integer work${m}(List<Account> accounts, Map<String, Decimal> rates) {
    Integer total = 0;
    for (Account each : accounts) {
      String key = each.Name == null ? 'none' : each.Name.toLowerCase().trim();
      if (rates.containsKey(key) && rates.get(key) > ${m}.5) {
        total += key.length() * ${m + 1};
      } else if (each.AnnualRevenue != null) {
        total += (each.AnnualRevenue / 2).intValue();
      }
      switch on total {
        when 0, 1 { total++; }
        when else { total -= 1; }
      }
    }
    return total < 0 ? Generated${next}.work${m}(accounts, rates) : total;
  }`,
  );
  return `/** Generated for the benchmark. */
public with sharing class Generated${i} {
  public String name { get; set; }
  private static final Integer LIMITED = ${i};
${methods.join('\n')}

  public List<Account> load(Set<Id> ids) {
    List<Account> found = [SELECT Id, Name, AnnualRevenue FROM Account WHERE Id IN :ids WITH USER_MODE LIMIT 200];
    for (Account each : found) {
      each.Name = name + LIMITED;
    }
    return found;
  }
}
`;
}

/** What is measured on a running org. */
export const measuredSources: Readonly<Record<string, string>> = {
  'Bench.cls': `public without sharing class Bench {
  public static Integer loops(Integer n) {
    Integer total = 0;
    for (Integer i = 0; i < n; i++) {
      total += i;
    }
    return total;
  }
  public static Integer fires = 0;
  public static void insertLeads(Integer n) {
    List<Lead> leads = new List<Lead>();
    for (Integer i = 0; i < n; i++) {
      leads.add(new Lead(LastName = 'Lead ' + i, Company = 'Company ' + Math.mod(i, 100)));
      if (leads.size() == 200) {
        insert as system leads;
        leads.clear();
      }
    }
  }
  public static Integer byId(Id wanted, Integer times) {
    Integer found = 0;
    for (Integer i = 0; i < times; i++) {
      found += [SELECT Id FROM Account WHERE Id = :wanted WITH SYSTEM_MODE].size();
    }
    return found;
  }
  public static Integer scan() {
    return [SELECT COUNT() FROM Account WHERE AccountNumber LIKE '%needle%' WITH SYSTEM_MODE];
  }
}
`,
  'LeadBench.trigger': `trigger LeadBench on Lead (before insert, after insert) {
  for (Lead each : Trigger.new) {
    if (Trigger.isBefore) {
      each.Description = each.Company + ' ' + each.LastName;
    } else {
      Bench.fires++;
    }
  }
}
`,
};

/** Test classes with trivial tests: 20 methods each. */
export function trivialTests(count: number): Record<string, string> {
  const sources: Record<string, string> = {};
  for (let i = 0; i < count / 20; i++) {
    const methods = Array.from(
      { length: 20 },
      (_, m) => `  @IsTest\n  static void shouldAdd${m}() {\n    Assert.areEqual(${m + 1}, 1 + ${m});\n  }`,
    );
    sources[`Trivial${i}Test.cls`] = `@IsTest\nprivate class Trivial${i}Test {\n${methods.join('\n')}\n}\n`;
  }
  return sources;
}
