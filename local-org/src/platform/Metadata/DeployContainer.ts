import { current } from '../../engine/current.ts';
import { required } from '../../values/exception.ts';
import { listOf } from '../../values/list.ts';
import { platformClass } from '../define.ts';
import type { PropertyBag } from '../properties.ts';

/** A Metadata.DeployContainer: what is to be deployed together. */
class DeployContainer {
  static readonly apexName = 'Metadata.DeployContainer';
  items: PropertyBag[] = [];

  /** Keeps what the test holds for; whether anything went. */
  keep(test: (item: PropertyBag) => boolean): boolean {
    const before = this.items.length;
    this.items = this.items.filter(test);
    return this.items.length < before;
  }
}

/** Source: Apex Reference, DeployContainer class. */
export const DeployContainerClass = platformClass('Metadata.DeployContainer', {
  'new ()': () => new DeployContainer(),
  'void addMetadata(Metadata.Metadata)': (container: DeployContainer, item: PropertyBag | null) =>
    void container.items.push(required(item)),
  'List<Metadata.Metadata> getMetadata()': ({ items }: DeployContainer) =>
    listOf(current.universe.platform('Metadata.Metadata'), [...items]),
  'Boolean removeMetadata(Metadata.Metadata)': (container: DeployContainer, item: PropertyBag | null) =>
    container.keep((other) => other !== item),
  'Boolean removeMetadataByFullName(String)': (container: DeployContainer, name: string | null) =>
    container.keep((item) => item.values.get('fullName') !== name),
});
