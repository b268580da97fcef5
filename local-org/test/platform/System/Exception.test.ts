import assert from 'node:assert/strict';
import { test } from 'node:test';
import { current } from '../../../src/engine/current.ts';
import { failure, run } from '../harness.ts';

test('shouldTellTypeMessageAndCause', () => {
  assert.deepEqual(
    run(
      `try { throw new MyException('outer', new MathException('inner')); } catch (Exception e) {
         System.debug(e.getTypeName() + ' ' + e.getMessage() + ' ' + e.getCause().getTypeName() + ' ' + e.getCause().getMessage());
         System.debug(e); System.debug('' + e.getCause()); }
       System.debug(new MyException().getMessage()); System.debug(new StringException().getMessage());
       MyException m = new MyException('a'); m.setMessage('b'); m.initCause(new ListException('c')); System.debug(m.getMessage() + m.getCause().getMessage());`,
      'class MyException extends Exception {}',
    ),
    [
      'T.MyException outer System.MathException inner',
      'MyException:[]: outer',
      'System.MathException: inner',
      'Script-thrown exception',
      'Script-thrown exception',
      'bc',
    ],
  );
});

test('shouldTellTheLineAndTheStack', () => {
  assert.deepEqual(
    run(
      `try {
         deep();
       } catch (Exception e) { System.debug(e.getLineNumber()); System.debug(e.getStackTraceString()); }`,
      'static void deep() { Integer zero = 0; Integer x = 1 / zero; }',
    ),
    ['2', 'Class.T.deep: line 2, column 1\nClass.T.run: line 5, column 1'],
  );
});

test('shouldTellTheWholeStackOfADeepCall', () => {
  const [lines] = run(
    `System.debug(deep(40).getStackTraceString().split('\\n').size());`,
    'static Exception deep(Integer n) { return n == 0 ? new DmlException() : deep(n - 1); }',
  );
  assert.equal(lines, '42');
});

test('shouldHideTheMessageOfAuraHandledExceptionUntilItIsSet', () => {
  assert.deepEqual(
    run(
      `AuraHandledException e = new AuraHandledException('for the client'); System.debug(e.getMessage()); e.setMessage('x'); System.debug(e.getMessage());`,
    ),
    ['Script-thrown exception', 'x'],
  );
});

test('shouldHaveNoDmlRowsUnlessDmlFailed', () => {
  assert.deepEqual(run("System.debug(new DmlException('x').getNumDml());"), ['0']);
});

test('shouldFailAssertionsWithTheTextsOfThePlatform', () => {
  const cases: Record<string, string> = {
    'System.assertEquals(1, 2);': 'Assertion Failed: Expected: 1, Actual: 2',
    "System.assertEquals(1, 2, 'sum');": 'Assertion Failed: sum: Expected: 1, Actual: 2',
    "System.assertEquals('a', 'A');": 'Assertion Failed: Expected: a, Actual: A',
    'System.assertNotEquals(1, 1);': 'Assertion Failed: Same value: 1',
    'System.assert(false);': 'Assertion Failed',
    "System.assert(false, 'why');": 'Assertion Failed: why',
    'Assert.areEqual(new List<Integer>{ 1 }, new List<Integer>());': 'Assertion Failed: Expected: (1), Actual: ()',
    "Assert.fail('no');": 'Assertion Failed: no',
    'Assert.isTrue(false);': 'Assertion Failed',
    'Assert.isNull(1);': 'Assertion Failed: Expected: null, Actual: 1',
    'Assert.isNotNull(null);': 'Assertion Failed: Same value: null',
    'Assert.isInstanceOfType(1, String.class);': 'Assertion Failed: Expected: String, Actual: Integer',
  };
  for (const [statement, text] of Object.entries(cases)) {
    assert.equal(failure(statement), `System.AssertException: ${text}`, statement);
  }
});

test('shouldCompareNumbersByValueInAssertions', () => {
  assert.deepEqual(
    run(`System.assertEquals(1, 1L); System.assertEquals(1.0, 1); System.assertEquals(1.50, 1.5d); System.assertEquals(Date.newInstance(2024, 1, 1), Date.newInstance(2024, 1, 1));
      Assert.areNotEqual('1', (Object) 1); Assert.isInstanceOfType('x', Object.class); Assert.isFalse(false);`),
    [],
  );
});

test('shouldRunNeitherCatchNorFinallyAfterAFailedAssertion', () => {
  assert.deepEqual(
    run(
      "try { System.assert(false); } catch (Exception e) { System.debug('caught'); } finally { System.debug('finally'); }",
    ),
    ['System.AssertException: Assertion Failed'],
  );
  assert.equal(current.dead, true);
});

/** Built-in exceptions that nothing but a throw statement raises here. */
const THROWN_BY_CODE = (
  'BigObjectException CanvasException DataWeaveScriptException EmailTemplateRenderException ExternalObjectException ' +
  'FatalCursorException FlowException FormulaEvaluationException InvalidHeaderException InvalidReadOnlyUserDmlException ' +
  'LicenseException NoDataFoundException PlatformCacheException ProcedureException RequiredFeatureMissingException ' +
  'SearchException SerializationException TouchHandledException TransientCursorException WaveTemplateException'
).split(' ');

for (const name of THROWN_BY_CODE) {
  test(`shouldCatch${name}ByItsTypeAndByNoOther`, () => {
    assert.deepEqual(
      run(
        `try { throw new ${name}('why', new MathException('cause')); }
         catch (ListException e) { System.debug('another'); }
         catch (System.${name} e) { System.debug(e.getTypeName() + ': ' + e.getMessage() + ' ' + e.getCause().getMessage()); }
         System.debug(new ${name}('alone').getCause()); System.debug(new ${name}().getMessage());
         Exception plain = new ${name}(new MathException('cause')); System.debug(plain.getMessage());
         System.debug(plain instanceof ${name}); System.debug(plain instanceof ListException);`,
      ),
      [`System.${name}: why cause`, 'null', 'Script-thrown exception', 'Script-thrown exception', 'true', 'false'],
    );
  });
}

test('shouldRefuseASecondCause', () => {
  assert.equal(
    failure("Exception e = new MathException('a', new ListException('b')); e.initCause(new ListException('c'));"),
    "System.TypeException: Can't overwrite cause",
  );
});

test('shouldFindLevelsOfDebugByName', () => {
  assert.deepEqual(
    run("System.debug(LoggingLevel.NONE.ordinal()); System.debug(LoggingLevel.valueOf('error').ordinal());"),
    ['0', '8'],
  );
  assert.equal(
    failure('LoggingLevel.valueOf(null);'),
    'System.NoSuchElementException: No enum value found called null',
  );
});
