/** A reporter of node:test that ends the process at the first test that fails: one is enough to catch a mutant. */
export default async function* failFast(source) {
  for await (const { type } of source) if (type === 'test:fail') process.exit(1);
  yield '';
}
