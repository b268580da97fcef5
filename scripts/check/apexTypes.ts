import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { join, relative } from 'node:path';
import { z } from 'zod';
import type { Checker, Finding } from './finding.ts';
import { withoutKnown } from './knownFindings.ts';
import { javaCommand, runTool, TOOLS_ROOT } from './tool.ts';

const KNOWN_FILE = 'config/apex-ls-known.json';
const CLASSPATH = 'node_modules/@salesforce/code-analyzer-pmd-engine/dist/java-lib';

const reportSchema = z.object({
  files: z.array(
    z.object({
      path: z.string(),
      messages: z.array(z.object({ start: z.object({ line: z.number() }), category: z.string(), message: z.string() })),
    }),
  ),
});

/** Holes in the type data of apex-ls: exact file, line and message of what it refuses and Salesforce takes. */
const knownSchema = z.array(
  z.strictObject({
    file: z.string().min(1),
    line: z.int().positive(),
    message: z.string().min(1),
    reason: z.string().min(1),
  }),
);

/**
 * The type check of all Apex by apex-ls, as Salesforce's compiler would do it. It does not see SOQL field names, a class
 * without the interface that enqueueJob or executeBatch asks for, and implicit downcasts: `local-org check` does.
 */
export const apexTypes: Checker = {
  name: 'apex-types',
  what: 'types of all Apex, by apex-ls',
  async check(root) {
    const workspace = realpathSync(root);
    const knownFile = join(workspace, KNOWN_FILE);
    const known = existsSync(knownFile) ? knownSchema.parse(JSON.parse(readFileSync(knownFile, 'utf8'))) : [];
    return withoutKnown(await apexLsFindings(workspace), known, KNOWN_FILE);
  },
};

/** All that apex-ls says of a project whose path has no symbolic links. */
export async function apexLsFindings(workspace: string): Promise<Finding[]> {
  const java = await javaCommand();
  const classpath = join(TOOLS_ROOT, CLASSPATH, '*');
  const program = 'io.github.apexdevtools.apexls.CheckForIssues';
  // The parser is recursive: without the larger stack it overflows on long expressions.
  const args = ['-Xss8m', '-cp', classpath, program, '-n', '-d', 'warnings', '-f', 'json', '-w', workspace];
  const { stdout, stderr } = await runTool(java, args, workspace);
  let report;
  try {
    report = reportSchema.parse(JSON.parse(stdout));
  } catch (error) {
    throw new Error(`apex-ls gave no report: ${stderr}${stdout}`.slice(0, 2000), { cause: error });
  }
  return report.files.flatMap(({ path, messages }) =>
    messages.map(({ start, category, message }) => ({
      file: relative(workspace, path),
      line: start.line,
      rule: category,
      message,
    })),
  );
}
