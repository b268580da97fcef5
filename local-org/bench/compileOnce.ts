import { compileProject } from '../src/compileProject.ts';

/** Compiles a project in a process of its own and prints time and memory as JSON. */
const [dir = '', cacheDir = ''] = process.argv.slice(2);
const started = performance.now();
const { allProblems, compilation } = await compileProject(dir, { cacheDir: cacheDir === '' ? null : cacheDir });
const ms = performance.now() - started;
const [problem] = allProblems;
if (problem) throw new Error(`${problem.file}:${problem.line}: ${problem.message}`);
console.log(JSON.stringify({ ms, rssMb: process.memoryUsage.rss() / 2 ** 20, files: compilation.units.length }));
