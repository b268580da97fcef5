/**
 * `record.Field.addError('…')`: methods of values on paper, of a record's field in truth. The compiler resolves them on the
 * record, so that no value has an implementation.
 */
export const FIELD_ERRORS = [
  'void addError(Exception)',
  'void addError(Exception, Boolean)',
  'void addError(String)',
  'void addError(String, Boolean)',
] as const;
