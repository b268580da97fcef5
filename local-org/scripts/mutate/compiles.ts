import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import type { Mutant } from './sample.ts';

/**
 * Whether a mutated file still compiles. What the type checker refuses is no mutant: nobody could write it unnoticed.
 * Clauses that only narrow a type (`parent === null ||`) are most of them.
 */
export class CompilerCheck {
  readonly #root: string;
  readonly #changed = new Map<string, { readonly text: string; readonly version: number }>();
  readonly #service: ts.LanguageService;
  #version = 0;

  /** @param root the folder of local-org, beside which the tsconfig.json lies. */
  constructor(root: string) {
    this.#root = root;
    const config = ts.readConfigFile(join(root, '..', 'tsconfig.json'), (path) => ts.sys.readFile(path));
    const parsed = ts.parseJsonConfigFileContent(config.config, ts.sys, join(root, '..'));
    const files = parsed.fileNames.filter((name) => name.startsWith(join(root, 'src')));
    this.#service = ts.createLanguageService({
      getCompilationSettings: () => parsed.options,
      getScriptFileNames: () => files,
      getScriptVersion: (name) => String(this.#changed.get(name)?.version ?? 0),
      getScriptSnapshot: (name) => {
        const text = this.#changed.get(name)?.text ?? ts.sys.readFile(name);
        return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
      },
      getCurrentDirectory: () => join(root, '..'),
      getDefaultLibFileName: (options) => ts.getDefaultLibFilePath(options),
      fileExists: (path) => ts.sys.fileExists(path),
      readFile: (path) => ts.sys.readFile(path),
      readDirectory: ts.sys.readDirectory.bind(ts.sys),
      directoryExists: (path) => ts.sys.directoryExists(path),
      getDirectories: (path) => ts.sys.getDirectories(path),
    });
  }

  accepts(mutant: Mutant): boolean {
    const file = join(this.#root, mutant.path);
    const text = readFileSync(file, 'utf8');
    const mutated = text.slice(0, mutant.start) + mutant.text + text.slice(mutant.end);
    this.#changed.set(file, { text: mutated, version: ++this.#version });
    try {
      return (
        this.#service.getSyntacticDiagnostics(file).length === 0 &&
        this.#service.getSemanticDiagnostics(file).length === 0
      );
    } finally {
      this.#changed.set(file, { text, version: ++this.#version });
    }
  }
}
