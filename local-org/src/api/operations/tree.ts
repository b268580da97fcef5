import { z } from 'zod';
import type { ObjectDescriptor } from '../../schema/descriptor.ts';
import { RestError } from '../restError.ts';
import { parsed } from './body.ts';
import { objectOf } from './context.ts';
import type { RestContext, RestRequest, RestResult } from './context.ts';
import { RollBack } from './rollBack.ts';
import { candidate, save } from './save.ts';

/** Source: REST API Developer Guide, sObject Tree. */
const MOST_RECORDS = 200;
const MOST_LEVELS = 5;

const record = z.looseObject({ attributes: z.looseObject({ type: z.string(), referenceId: z.string() }) });
const records = z.object({ records: z.array(record).min(1) });

interface Node {
  readonly object: ObjectDescriptor;
  readonly referenceId: string;
  readonly fields: Record<string, unknown>;
  /** The record above, and the lookup that names it. */
  readonly parent: { readonly node: Node; readonly field: string } | null;
  id: string | null;
}

interface Fault {
  readonly referenceId: string;
  readonly errors: readonly { statusCode: string; message: string; fields: readonly string[] }[];
}

/** `POST /composite/tree/Account`: records with their children, all or none of them. */
export function createTree(context: RestContext, request: RestRequest, objectName: string): RestResult {
  const object = objectOf(context, objectName);
  const levels: Node[][] = [];
  collect(context, object, parsed(records, request.body).records, null, levels, 0);
  const nodes = levels.flat();
  if (nodes.length > MOST_RECORDS) throw refused(`The request has ${nodes.length} records: at most ${MOST_RECORDS}`);
  const doubled = nodes.find(({ referenceId }, at) => nodes.findIndex((one) => one.referenceId === referenceId) < at);
  if (doubled) throw refused(`Duplicate ReferenceId provided in the request: ${doubled.referenceId}`, 'INVALID_INPUT');
  for (const level of levels) {
    const faults = saveLevel(context, request, level);
    if (faults.length > 0) throw new RollBack({ status: 400, body: { hasErrors: true, results: faults } });
  }
  const results = nodes.map(({ referenceId, id }) => ({ referenceId, id }));
  return { status: 201, body: { hasErrors: false, results } };
}

function collect(
  context: RestContext,
  object: ObjectDescriptor,
  given: readonly z.output<typeof record>[],
  parent: Node['parent'],
  levels: Node[][],
  depth: number,
): void {
  if (depth >= MOST_LEVELS) throw refused(`The request is nested deeper than ${MOST_LEVELS} levels`);
  const level = (levels[depth] ??= []);
  for (const json of given) {
    const { attributes, ...rest } = json;
    if (attributes.type.toLowerCase() !== object.name.toLowerCase()) {
      throw refused(`The record ${attributes.referenceId} is no ${object.name}`, 'INVALID_INPUT');
    }
    const fields: Record<string, unknown> = {};
    const node: Node = { object, referenceId: attributes.referenceId, fields, parent, id: null };
    level.push(node);
    for (const [name, value] of Object.entries(rest)) {
      const children = object.children.get(name.toLowerCase());
      if (!children) fields[name] = value;
      else {
        const below = parsed(records, value).records;
        collect(context, objectOf(context, children.object), below, { node, field: children.field }, levels, depth + 1);
      }
    }
  }
}

function saveLevel(context: RestContext, request: RestRequest, level: readonly Node[]): Fault[] {
  const candidates = level.map(({ object, fields, parent }) =>
    candidate(context, object, parent ? { ...fields, [parent.field]: parent.node.id } : fields),
  );
  const { outcomes } = save(context, request, 'insert', candidates, { allOrNone: false });
  return level.flatMap((node, at) => {
    const outcome = outcomes[at];
    node.id = outcome?.id ?? null;
    if (!outcome || outcome.success) return [];
    const errors = outcome.errors.map(({ status, message, fields }) => ({ statusCode: status, message, fields }));
    return [{ referenceId: node.referenceId, errors }];
  });
}

function refused(message: string, code = 'LIMIT_EXCEEDED'): RestError {
  return new RestError(400, code, message);
}
