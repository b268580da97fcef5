import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';

// A third of a small project's time would go to compiling local-org's own sources; its threads take the place from the environment.
process.env['NODE_COMPILE_CACHE'] ??= fileURLToPath(new URL('../../../node_modules/.cache/local-org', import.meta.url));
enableCompileCache(process.env['NODE_COMPILE_CACHE']);
const { runCommand } = await import('./commandLine.ts');
process.exitCode = await runCommand(process.argv.slice(2));
