import type { MetadataFiles } from './projectFiles.ts';
import { readRoot } from './projectFiles.ts';
import type { Problem, XmlElement } from './xml.ts';

/** The custom labels of a project: their texts by lower-case name. */
export function readLabels(files: MetadataFiles, problems: Problem[]): ReadonlyMap<string, string> {
  const labels = new Map<string, string>();
  for (const file of files.get('labels') ?? []) {
    const root = readRoot(file, 'CustomLabels', problems);
    for (const label of root?.children ?? []) {
      const name = textOf(label, 'fullName');
      const value = textOf(label, 'value');
      if (label.name !== 'labels' || name === null || value === null) {
        problems.push({
          file: file.path,
          line: label.line,
          message: 'a label needs a fullName and a value',
          kind: 'invalid',
        });
      } else labels.set(name.toLowerCase(), value);
    }
  }
  return labels;
}

function textOf(element: XmlElement, name: string): string | null {
  return element.children.find((child) => child.name === name)?.text ?? null;
}
