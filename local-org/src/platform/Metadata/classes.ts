import { current } from '../../engine/current.ts';
import { loadNamespace, parseProperty, typeText } from '../../signatures/load.ts';
import type { PlatformType } from '../../signatures/load.ts';
import { raise, unsupported } from '../../values/exception.ts';
import { listOf } from '../../values/list.ts';
import { dataClass } from '../dataClasses.ts';
import { classesOnDemand } from '../define.ts';
import './DeployCallbackContext.ts';
import './DeployContainer.ts';

/**
 * Metadata that Apex makes holds what is put into it, its lists being there from the beginning (Apex Reference,
 * CustomMetadata class, the example). It is not deployed to a local org.
 */
classesOnDemand('Metadata', (qualifiedName) => {
  const type = loadNamespace('Metadata')?.get(qualifiedName);
  return type ? dataClass(type, { call: (text) => () => call(text), initial: () => emptyLists(type) }) : null;
});

function emptyLists({ properties = [] }: PlatformType): [string, unknown][] {
  return properties
    .map((text) => parseProperty(text))
    .filter(({ type }) => type.name === 'List')
    .map(({ name, type }) => {
      const element = current.universe.lookup(type.args.map(typeText).join()) ?? current.universe.Object;
      return [name, listOf(element, [])];
    });
}

/** unverified: the text; the reference has tests call the callback themselves ("Testing Metadata Deployments"). */
function call(signature: string): never {
  if (current.tx.test && signature.includes('enqueueDeployment')) {
    raise('System.AsyncException', 'Metadata cannot be deployed from within a test');
  }
  return unsupported(`Metadata.Operations: ${signature}`);
}
