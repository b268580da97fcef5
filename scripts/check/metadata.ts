import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { z } from 'zod';
import type { Checker, Finding } from './finding.ts';
import { loadMetadataTypes } from './metadataTypes.ts';
import type { Element, MetadataTypes } from './metadataTypes.ts';

const NAMESPACE = 'http://soap.sforce.com/2006/04/metadata';
const SOURCE_ROOT = 'force-app';
const NAMESPACE_ATTRIBUTE = '@xmlns';
/** LWC bundles have metadata of their own form, which the LWC compiler checks. */
const NOT_METADATA_API = /\.js-meta\.xml$/;

const nodeSchema = z.record(z.string(), z.unknown());
const projectSchema = z.object({ sourceApiVersion: z.string() });

/**
 * Metadata as the Metadata API takes it: well-formed XML, elements that their type has, values of the right kind,
 * nothing required missing, and Apex at the project's API version. `sf project convert source` sees only the first.
 */
export const metadata: Checker = {
  name: 'metadata',
  what: 'elements and values of the metadata',
  check(root) {
    const types = loadMetadataTypes();
    const files = globSync(`${SOURCE_ROOT}/**/*-meta.xml`, { cwd: root }).filter(
      (file) => !NOT_METADATA_API.test(file),
    );
    const apiVersion = projectSchema.parse(JSON.parse(readFileSync(join(root, 'sfdx-project.json'), 'utf8')));
    const findings = files.sort().flatMap((file) => {
      const text = readFileSync(join(root, file), 'utf8');
      return new MetadataFile(file, text, types).check(apiVersion.sourceApiVersion);
    });
    return Promise.resolve([...findings, ...withoutMetadata(root)]);
  },
};

/** Apex without its -meta.xml is not deployed at all. */
function withoutMetadata(root: string): Finding[] {
  const sources = globSync(`${SOURCE_ROOT}/**/*.{cls,trigger}`, { cwd: root });
  const described = new Set(globSync(`${SOURCE_ROOT}/**/*.{cls,trigger}-meta.xml`, { cwd: root }));
  return sources
    .filter((file) => !described.has(`${file}-meta.xml`))
    .map((file) => ({ file, line: 0, rule: 'metadata', message: `has no ${basename(file)}-meta.xml` }));
}

class MetadataFile {
  readonly #file: string;
  readonly #text: string;
  readonly #types: MetadataTypes;
  readonly #findings: Finding[] = [];

  constructor(file: string, text: string, types: MetadataTypes) {
    this.#file = file;
    this.#text = text;
    this.#types = types;
  }

  check(apiVersion: string): Finding[] {
    const validity = XMLValidator.validate(this.#text);
    if (validity !== true) {
      this.#findings.push({ file: this.#file, line: validity.err.line, rule: 'xml', message: validity.err.msg });
      return this.#findings;
    }
    const parser = new XMLParser({
      ignoreAttributes: false,
      attributeNamePrefix: '@',
      ignoreDeclaration: true,
      parseTagValue: false,
    });
    const document = nodeSchema.parse(parser.parse(this.#text));
    for (const [typeName, content] of Object.entries(document)) this.#checkRoot(typeName, content, apiVersion);
    return this.#findings;
  }

  #checkRoot(typeName: string, content: unknown, apiVersion: string): void {
    const node = nodeSchema.safeParse(content);
    if (!node.success) {
      this.#report(typeName, `<${typeName}> is empty`);
      return;
    }
    if (node.data[NAMESPACE_ATTRIBUTE] !== NAMESPACE) {
      this.#report(typeName, `<${typeName}> must have the namespace ${NAMESPACE}`);
    }
    this.#checkNode(typeName, typeName, node.data);
    if (/^Apex(Class|Trigger)$/.test(typeName) && node.data['apiVersion'] !== apiVersion) {
      this.#report('apiVersion', `apiVersion must be ${apiVersion}, as in sfdx-project.json`);
    }
  }

  #checkNode(typeName: string, element: string, node: Record<string, unknown>): void {
    const elements = this.#types(typeName);
    if (elements === undefined) {
      this.#report(element, `there is no metadata type ${typeName}; a newer one belongs in config/metadata-types.json`);
      return;
    }
    for (const [name, value] of Object.entries(node)) {
      if (name.startsWith('@')) continue;
      const known = elements.get(name);
      if (known === undefined) {
        this.#report(name, `${typeName} has no element <${name}>`);
      } else {
        this.#checkValues(name, value, known);
      }
    }
    for (const [name, { isOptional }] of elements) {
      if (!isOptional && !(name in node))
        this.#report(element, `<${element}> lacks <${name}>, which ${typeName} requires`);
    }
  }

  #checkValues(name: string, value: unknown, { type, isList }: Element): void {
    const values: unknown[] = Array.isArray(value) ? value : [value];
    if (values.length > 1 && !isList) this.#report(name, `<${name}> stands ${values.length} times, and may once`);
    for (const each of values) this.#checkValue(name, each, type);
  }

  #checkValue(name: string, value: unknown, type: string): void {
    if (type === 'string' || type === 'boolean' || type === 'number' || type === 'any') {
      if (typeof value !== 'string') {
        this.#report(name, `<${name}> must hold a ${type} and no elements`);
      } else if (type === 'boolean' && value !== 'true' && value !== 'false') {
        this.#report(name, `<${name}> must be true or false, not ${value}`);
      } else if (type === 'number' && (value.trim() === '' || Number.isNaN(Number(value)))) {
        this.#report(name, `<${name}> must be a number, not ${value}`);
      }
      return;
    }
    const node = nodeSchema.safeParse(value);
    if (node.success) this.#checkNode(type, name, node.data);
    else this.#report(name, `<${name}> must hold the elements of ${type}`);
  }

  /** The parser keeps no positions; the first line with the element is where to look. */
  #report(element: string, message: string): void {
    const at = this.#text.search(new RegExp(`<${element}[\\s/>]`));
    const line = at < 0 ? 0 : this.#text.slice(0, at).split('\n').length;
    this.#findings.push({ file: this.#file, line, rule: 'metadata', message });
  }
}
