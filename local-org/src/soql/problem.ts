/** What the API calls the mistake. */
export type QueryErrorCode =
  'MALFORMED_QUERY' | 'INVALID_FIELD' | 'INVALID_TYPE' | 'INVALID_QUERY_FILTER_OPERATOR' | 'INVALID_ID_FIELD';

/** A query that Salesforce would refuse, with the place of the mistake. */
export class QueryError extends Error {
  override readonly name = 'QueryError';
  /** Offset in the text, from 0. */
  readonly offset: number;
  readonly code: QueryErrorCode;

  constructor(message: string, offset: number, code: QueryErrorCode = 'MALFORMED_QUERY') {
    super(message);
    this.offset = offset;
    this.code = code;
  }
}

const REFERENCE = 'Please reference your WSDL or the describe call for the appropriate names.';

export function noSuchColumn(column: string, entity: string, offset: number): QueryError {
  return new QueryError(
    `No such column '${column}' on entity '${entity}'. If you are attempting to use a custom field, be sure to append ` +
      `the '__c' after the custom field name. ${REFERENCE}`,
    offset,
    'INVALID_FIELD',
  );
}

export function noSuchObject(name: string, offset: number): QueryError {
  return new QueryError(
    `sObject type '${name}' is not supported. If you are attempting to use a custom object, be sure to append the ` +
      `'__c' after the entity name. ${REFERENCE}`,
    offset,
    'INVALID_TYPE',
  );
}

export function noSuchRelationship(
  name: string,
  place: 'field path' | 'FROM part of query call',
  offset: number,
): QueryError {
  return new QueryError(
    `Didn't understand relationship '${name}' in ${place}. If you are attempting to use a custom relationship, be ` +
      `sure to append the '__r' after the custom relationship name. ${REFERENCE}`,
    offset,
    place === 'field path' ? 'INVALID_FIELD' : 'INVALID_TYPE',
  );
}
