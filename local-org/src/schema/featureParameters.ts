import { ElementReader } from './elementReader.ts';
import { readRoot } from './projectFiles.ts';
import type { MetadataFiles } from './projectFiles.ts';
import type { Problem } from './xml.ts';

/** A feature parameter of a package: what it holds until it is set, as text. */
export interface FeatureParameter {
  readonly name: string;
  readonly type: 'Boolean' | 'Integer' | 'Date';
  readonly value: string;
}

/**
 * The feature parameters of a project by name in lower case. Source: Metadata API Developer Guide, FeatureParameterBoolean,
 * FeatureParameterDate and FeatureParameterInteger.
 */
export function readFeatureParameters(
  files: MetadataFiles,
  problems: Problem[],
): ReadonlyMap<string, FeatureParameter> {
  const parameters = new Map<string, FeatureParameter>();
  for (const type of ['Boolean', 'Integer', 'Date'] as const) {
    for (const file of files.get(`featureParameter${type}`) ?? []) {
      const element = readRoot(file, `FeatureParameter${type}`, problems);
      if (!element) continue;
      const reader = new ElementReader(element, file.path, problems);
      // Who sets it, the package's owner or its subscriber, is known by where the code runs.
      reader.ignore('dataflowDirection', 'masterLabel', 'fullName');
      parameters.set(file.fullName.toLowerCase(), { name: file.fullName, type, value: reader.required('value') });
      reader.finish();
    }
  }
  return parameters;
}
