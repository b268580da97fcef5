import { describe, it } from 'node:test';
import { acceptsStatements, refusesStatements, refusesUnits } from './harness.ts';

describe('statements that can be reached', () => {
  it('shouldFollow', () =>
    acceptsStatements(
      'if (true) { return; } Integer i;',
      'if (true) return; else { } Integer i;',
      'while (true) { }',
      'while (true) { Integer i; } Integer j;',
      'for (;;) { break; } Integer j;',
      'while (true) { break; Integer i; }',
      'while (true) { continue; Integer i; }',
      'do { return; } while (true); Integer j;',
      'try { return; } catch (Exception e) { } Integer i;',
      'try { return; } catch (DmlException e) { return; } catch (Exception e) { } Integer i;',
      'try { } catch (Exception e) { return; } Integer i;',
      'switch on 1 { when 1 { return; } } Integer i;',
    ));

  it('shouldBeRefusedUnlessTheyFollow', () =>
    refusesStatements({
      'return; Integer i;': '3:9 Unreachable statement',
      'if (true) { return; } else { return; } Integer i;': '3:40 Unreachable statement',
      'try { return; } finally { } Integer i;': '3:29 Unreachable statement',
      'try { return; } catch (Exception e) { throw e; } Integer i;': '3:50 Unreachable statement',
      'switch on 1 { when 1 { return; } when else { return; } } Integer i;': '3:58 Unreachable statement',
      'throw new DmlException(); Integer i;': '3:27 Unreachable statement',
      'break;': '3:1 Break statement must be in loop',
      'continue;': '3:1 Continue statement must be in loop',
      '{ return; } Integer i;': '3:13 Unreachable statement',
    }));

  const run = (statements: string): string => `public class T { Integer run(Boolean b) { ${statements} } }`;

  it('shouldNotMatterInClassesOfVersion41UnlessTheyEndABodyThatReturns', () =>
    refusesUnits(
      {
        [run('throw new DmlException(); return 1;')]: '',
        [run('if (b) { return 1; } else { return 2; } return 3;')]: '',
        [run('{ throw new DmlException(); } return 1;')]: '',
        [run('return 1; return 2;')]: '',
        [run('if (b) { return 1; Integer i; } return 2;')]: '',
        'public class T { void run() { return; run(); } T() { return; run(); } }': '',
        [run('return 1; run(b); run(b);')]: 'T.cls:1:61 Unreachable statement',
        [run('{ return 1; } run(b);')]: 'T.cls:1:57 Unreachable statement',
        [run('if (b) { return 1; run(b); } else { return 2; }')]: 'T.cls:1:43 Unreachable statement',
        [run('throw new DmlException(); run(b);')]: 'T.cls:1:69 Unreachable statement',
        [run('if (b) { return 1; }')]: 'T.cls:1:26 Missing return statement required return type: Integer',
        'public class T { Integer i { get { return 1; i = 2; } set; } }': 'T.cls:1:46 Unreachable statement',
      },
      41,
    ));

  it('shouldTakeUnreachableStatementsBeforeVersion41', () =>
    refusesUnits(
      { [run('return 1; return 2;')]: '', [run('{ throw new DmlException(); } b = true; return 1;')]: '' },
      40,
    ));

  it('shouldNotGoOnBehindAThrowSinceVersion42', () =>
    refusesUnits(
      {
        [run('throw new DmlException(); return 1;')]: 'T.cls:1:69 Unreachable statement',
        [run('if (b) { return 1; } else { return 2; } return 3;')]: 'T.cls:1:83 Unreachable statement',
      },
      42,
    ));
});
