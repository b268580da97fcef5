import { readFileSync, realpathSync } from 'node:fs';
import { join, relative } from 'node:path';
import { CodeAnalyzer, CodeAnalyzerConfig, EventType, LogLevel } from '@salesforce/code-analyzer-core';
import type { EngineLogEvent } from '@salesforce/code-analyzer-core';
import { createEnginePlugin } from '@salesforce/code-analyzer-pmd-engine';
import { z } from 'zod';
import type { Checker, Finding } from './finding.ts';
import { withoutKnown } from './knownFindings.ts';
import { javaCommand } from './tool.ts';

const CONFIG_FILE = 'config/pmd.json';

const configSchema = z.strictObject({
  /** Rules that do not fit this project at all. All others are on. */
  rulesLeftOut: z.array(z.strictObject({ rule: z.string().min(1), reason: z.string().min(1) })),
  /** Findings of one rule in one file that are accepted. */
  suppressions: z.array(
    z.strictObject({ file: z.string().min(1), rule: z.string().min(1), reason: z.string().min(1) }),
  ),
});

/** All rules of PMD for Apex but those that config/pmd.json leaves out, each with its reason. */
export const pmd: Checker = {
  name: 'pmd',
  what: 'PMD rules for Apex',
  async check(root) {
    const workspace = realpathSync(root);
    const config = configSchema.parse(JSON.parse(readFileSync(join(workspace, CONFIG_FILE), 'utf8')));
    const { findings, ruleNames } = await run(workspace, new Set(config.rulesLeftOut.map(({ rule }) => rule)));
    const unknown = config.rulesLeftOut.filter(({ rule }) => !ruleNames.has(rule));
    return [
      ...withoutKnown(findings, config.suppressions, CONFIG_FILE),
      ...unknown.map(({ rule }) => ({
        file: CONFIG_FILE,
        line: 0,
        rule: 'stale entry',
        message: `PMD has no rule ${rule}; remove it`,
      })),
    ];
  },
};

async function run(workspace: string, leftOut: Set<string>): Promise<{ findings: Finding[]; ruleNames: Set<string> }> {
  const engines = {
    pmd: { java_command: await javaCommand(), rule_languages: ['apex'] },
    cpd: { disable_engine: true },
  };
  const analyzer = new CodeAnalyzer(CodeAnalyzerConfig.fromObject({ engines }));
  const problems: Finding[] = [];
  analyzer.onEvent<EngineLogEvent>(EventType.EngineLogEvent, ({ logLevel, message }) => {
    // A file that PMD cannot parse is only logged, and would otherwise pass unchecked.
    if (logLevel <= LogLevel.Warn) problems.push({ file: '', line: 0, rule: 'pmd engine', message });
  });
  await analyzer.addEnginePlugin(createEnginePlugin());
  const target = await analyzer.createWorkspace([join(workspace, 'force-app')]);
  const rules = await analyzer.selectRules(['pmd'], { workspace: target });
  const results = await analyzer.run(rules, { workspace: target });
  const findings = results.getViolations().map((violation) => {
    const location = violation.getPrimaryLocation();
    const file = location.getFile();
    return {
      file: file === undefined ? '' : relative(workspace, realpathSync(file)),
      line: location.getStartLine() ?? 0,
      rule: violation.getRule().getName(),
      message: violation.getMessage(),
    };
  });
  const ruleNames = new Set(rules.getRulesFor('pmd').map((rule) => rule.getName()));
  return { findings: [...problems, ...findings.filter(({ rule }) => !leftOut.has(rule))], ruleNames };
}
