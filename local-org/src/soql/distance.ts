import type { FieldReader } from '../store/row.ts';
import { ApexDouble } from '../values/double.ts';
import { ApexLocation, distance } from '../values/location.ts';
import type { CallNode, OperandNode } from './ast.ts';
import { comparable } from './comparable.ts';
import type { QueryContext } from './context.ts';
import type { Measure, Operand } from './plan.ts';
import { QueryError } from './problem.ts';

/**
 * What `DISTANCE(Place__c, GEOLOCATION(37.7, -122.4), 'mi')` measures from and in. Source: SOQL and SOSL Reference, Location-Based
 * SOQL Queries: the field comes first, the unit is mi or km and no bind. unverified: the texts
 *
 * @param bind is told of each variable
 */
export function measureOf(node: CallNode, bind: (name: string, offset: number) => void): Measure {
  const [, to, unit] = node.args;
  if (
    node.args.length !== 3 ||
    to?.kind !== 'call' ||
    to.name.toLowerCase() !== 'geolocation' ||
    to.args.length !== 2
  ) {
    throw new QueryError(`${node.name} takes a location field, a GEOLOCATION and a unit`, node.offset);
  }
  if (unit?.kind !== 'string' || !/^(mi|km)$/i.test(unit.value)) {
    throw new QueryError("Invalid distance unit: use 'mi' or 'km'", node.offset);
  }
  const degrees = (argument: CallNode['args'][number] | undefined): Operand => {
    if (argument?.kind === 'bind') {
      bind(argument.name, argument.offset);
      return { kind: 'bind', node: argument };
    }
    if (argument?.kind === 'number')
      return { kind: 'constant', value: Number((argument as OperandNode & { text: string }).text) };
    throw new QueryError('GEOLOCATION takes two numbers', to.offset);
  };
  const [latitude, longitude] = to.args;
  return { latitude: degrees(latitude), longitude: degrees(longitude), unit: unit.value.toLowerCase() };
}

/** Reads how far a row's place is from the measure's; null where it has none. */
export function distanceReader(read: FieldReader, measure: Measure, context: QueryContext): FieldReader {
  const degrees = (operand: Operand): number | null => {
    const value =
      operand.kind === 'bind' ? context.bind(operand.node.name) : operand.kind === 'constant' ? operand.value : null;
    const number = comparable('number', value);
    return typeof number === 'number' ? number : null;
  };
  const from = new ApexLocation(degrees(measure.latitude), degrees(measure.longitude));
  return (row) => {
    const place = read(row);
    const far = place instanceof ApexLocation ? distance(place, from, measure.unit) : null;
    return far === null ? null : new ApexDouble(far);
  };
}
