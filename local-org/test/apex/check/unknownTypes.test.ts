import { describe, it } from 'node:test';
import { refusesStatements } from './harness.ts';

describe('types that are missing', () => {
  it('shouldBeTheOnlyProblem', () =>
    refusesStatements({
      'Missing m; m[0] = 1;': '3:1 Invalid type: Missing',
      'Missing m; Integer i = m[0];': '3:1 Invalid type: Missing',
      'Integer i = 1; Integer j = i[0];': '3:28 Expression must be a list type: Integer',
      "Missing m; Missing n = new Missing(m.x, 'a' + nope);":
        '3:1 Invalid type: Missing\n3:12 Invalid type: Missing\n3:28 Invalid type: Missing\n3:47 Variable does not exist: nope.',
      'Object o = new Missing(a = 1, b = nope);': '3:16 Invalid type: Missing\n3:35 Variable does not exist: nope.',
      'Missing m; insert m;': '3:1 Invalid type: Missing',
      'List<Missing> m; insert m;': '3:6 Invalid type: Missing',
      'Missing m; for (Integer i : m) { }': '3:1 Invalid type: Missing',
      'Integer m = 1; for (Integer i : m) { }': '3:16 Loop must iterate over collection: Integer',
      'Missing m; Boolean b = m instanceof String;': '3:1 Invalid type: Missing',
      "String m = ''; Boolean b = m instanceof Missing;": '3:41 Invalid type: Missing',
      'Missing m; Object o = (String) m;': '3:1 Invalid type: Missing',
      'String m; Object o = (Missing) m;': '3:23 Invalid type: Missing',
      "Missing m; Object o = true ? m : 'a';": '3:1 Invalid type: Missing',
      "Missing m; Object o = true ? 'a' : m;": '3:1 Invalid type: Missing',
      'Missing m; Boolean b = !m;': '3:1 Invalid type: Missing',
      'Missing m; Integer i = -m;': '3:1 Invalid type: Missing',
      'Missing m; Integer i = ~m;': '3:1 Invalid type: Missing',
      'Missing m; m++;': '3:1 Invalid type: Missing',
      'Missing m; switch on m { when 1 { } }': '3:1 Invalid type: Missing',
      'Missing m; switch on 1 { when nope { } }': '3:1 Invalid type: Missing\n3:31 Variable does not exist: nope.',
      'Missing m; System.runAs(m) { }': '3:1 Invalid type: Missing',
      "Missing m; String s = m + 'a';": '3:1 Invalid type: Missing',
      'Missing m; Boolean b = m == 1;': '3:1 Invalid type: Missing',
      'List<Missing> m = new List<Missing>(); List<Missing> n = new List<Missing>(m);':
        '3:6 Invalid type: Missing\n3:28 Invalid type: Missing\n3:45 Invalid type: Missing\n3:67 Invalid type: Missing',
      'Set<Missing> m = new Set<Missing>{ nope };':
        '3:5 Invalid type: Missing\n3:26 Invalid type: Missing\n3:36 Variable does not exist: nope.',
      "Map<String, Missing> m = new Map<String, Missing>{ 'a' => nope };":
        '3:13 Invalid type: Missing\n3:42 Invalid type: Missing\n3:59 Variable does not exist: nope.',
      'Missing m = new Missing[1];': '3:1 Invalid type: Missing\n3:17 Invalid type: Missing[]',
      'Set<String> s = new Set<Missing>();': '3:25 Invalid type: Missing',
    }));
});
