/** A field of a body that is not as it should be: where, and what is wrong. */
export interface FieldProblem {
  /** Path in the body, such as `leads[3].company.employee_count`. */
  path: string;
  detail: string;
}

/** An error that the caller is told about, as an RFC 9457 problem document. `detail` is written for the caller. */
export class ProblemError extends Error {
  override readonly name: string = 'ProblemError';
  readonly status: number;
  readonly title: string;
  /** Last part of the problem's `type` URI. */
  readonly code: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly members: Readonly<Record<string, unknown>>;

  constructor(
    status: number,
    code: string,
    title: string,
    detail: string,
    extra: { headers?: Record<string, string>; members?: Record<string, unknown> } = {},
  ) {
    super(detail);
    this.status = status;
    this.code = code;
    this.title = title;
    this.headers = extra.headers ?? {};
    this.members = extra.members ?? {};
  }
}

/** 400: the body (or a header) is not of the shape that the contract gives. Names every bad field. */
export class InvalidRequestError extends ProblemError {
  constructor(fields: readonly FieldProblem[]) {
    super(400, 'invalid-request', 'The request is not valid', firstOf(fields), { members: { errors: fields } });
  }
}

/** 422: valid JSON that makes no sense, such as a candidate that names no representative. */
export class SenselessRequestError extends ProblemError {
  constructor(fields: readonly FieldProblem[]) {
    super(422, 'senseless-request', 'The request makes no sense', firstOf(fields), { members: { errors: fields } });
  }
}

const NAMED = 3;

/** The first problems in a sentence; the path of the body itself is empty. */
function firstOf(fields: readonly FieldProblem[]): string {
  const named = fields.slice(0, NAMED).map(({ path, detail }) => (path === '' ? detail : `${path}: ${detail}`));
  return named.join('; ') + (fields.length > NAMED ? ` (and ${fields.length - NAMED} more)` : '');
}

/** 401: no token, or one that is not ours or no longer valid. */
export class UnauthorizedError extends ProblemError {
  constructor(detail: string) {
    super(401, 'unauthorized', 'A valid access token is needed', detail, {
      headers: { 'www-authenticate': 'Bearer error="invalid_token"' },
    });
  }
}

/** 403: the token is valid but may not do this. */
export class ForbiddenError extends ProblemError {
  constructor(scope: string) {
    super(403, 'wrong-scope', 'The access token may not do this', `The scope ${scope} is needed.`, {
      headers: { 'www-authenticate': `Bearer error="insufficient_scope", scope="${scope}"` },
    });
  }
}

/** 404: there is no such thing. */
export class NotFoundError extends ProblemError {
  constructor(detail: string) {
    super(404, 'not-found', 'There is no such thing', detail);
  }
}

/** 409: what was asked can't be done as things are. */
export class ConflictError extends ProblemError {
  constructor(code: string, title: string, detail: string, members: Record<string, unknown> = {}) {
    super(409, code, title, detail, { members });
  }
}

/** 408: the sender did not send all of the body in time. */
export class TooSlowError extends ProblemError {
  constructor(deadlineMs: number) {
    const detail = `The body did not come within the deadline of ${deadlineMs} ms.`;
    super(408, 'too-slow', 'The request came too slowly', detail);
  }
}

/** 413: the body is above the limit of its path. */
export class TooLargeError extends ProblemError {
  constructor(detail = 'The body is above the limit of its path.') {
    super(413, 'too-large', 'The request is too large', detail);
  }
}

/** 429 with Retry-After: this client has asked too often. */
export class TooManyRequestsError extends ProblemError {
  constructor(retryAfterSeconds: number) {
    const detail = `Try again in ${retryAfterSeconds} s.`;
    super(429, 'too-many-requests', 'Too many requests', detail, {
      headers: { 'retry-after': String(retryAfterSeconds) },
    });
  }
}

/** 409: the request id was used before with another body. */
export class RequestIdReusedError extends ProblemError {
  constructor(requestId: string) {
    super(
      409,
      'request-id-reused',
      'The request id was used with another body',
      `Use a new request_id than ${requestId}.`,
    );
  }
}

/** 503 with Retry-After: the service can't answer now. */
export class UnavailableError extends ProblemError {
  constructor(code: string, detail: string, retryAfterSeconds: number) {
    super(503, code, 'The service can not answer now', detail, {
      headers: { 'retry-after': String(retryAfterSeconds) },
    });
  }
}

/** An error of `/oauth/token`: a problem document that also has RFC 6749's `error` and `error_description`. */
export class TokenRequestError extends ProblemError {
  constructor(status: 400 | 401, error: string, detail: string) {
    super(status, error.replaceAll('_', '-'), 'No access token is given', detail, {
      headers: status === 401 ? { 'www-authenticate': 'Basic realm="oauth/token", charset="UTF-8"' } : {},
      members: { error, error_description: detail },
    });
  }
}

/** The configuration can't be used; the message names the variable and what it should be. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
}

/** A model file is not what its manifest says. The message names the file and the mend. */
export class ModelRefusedError extends Error {
  override readonly name = 'ModelRefusedError';
}
