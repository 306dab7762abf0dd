import { status as codes } from '@grpc/grpc-js';
import protobuf from 'protobufjs';

// The parts of google.rpc that errors travel in. Their numbers are fixed by the gRPC documentation;
// written out here so that this client needs Pawl's own .proto files and no others.
const rpc = protobuf.Root.fromJSON({
  nested: {
    Any: { fields: { typeUrl: { type: 'string', id: 1 }, value: { type: 'bytes', id: 2 } } },
    Status: {
      fields: {
        code: { type: 'int32', id: 1 },
        message: { type: 'string', id: 2 },
        details: { rule: 'repeated', type: 'Any', id: 3 },
      },
    },
    ErrorInfo: {
      fields: {
        reason: { type: 'string', id: 1 },
        domain: { type: 'string', id: 2 },
        metadata: { keyType: 'string', type: 'string', id: 3 },
      },
    },
    BadRequest: {
      fields: { fieldViolations: { rule: 'repeated', type: 'FieldViolation', id: 1 } },
    },
    FieldViolation: {
      fields: { field: { type: 'string', id: 1 }, description: { type: 'string', id: 2 } },
    },
  },
});

const detailsKey = 'grpc-status-details-bin';

/** A call that the server refused, or that did not reach it. */
export class PawlError extends Error {
  /**
   * @param {string} code the gRPC status by name, e.g. "ABORTED"
   * @param {string} reason a name of ErrorReason, e.g. "CLAIM_HELD"; empty if the server gave none
   * @param {string} message the offender, the expectation and the way out
   */
  constructor(code, reason, message, metadata = {}, violations = []) {
    super(message);
    this.name = 'PawlError';
    this.code = code;
    this.reason = reason;
    this.metadata = metadata;
    this.violations = violations;
  }
}

/** A create was sent earlier and nobody knows its outcome; `data.evidence` says what is known. */
export class InDoubtError extends Error {
  constructor(data) {
    const { modelType, instance } = data.key;
    const known = data.evidence?.summary ? `: ${data.evidence.summary}` : '';
    super(
      `whether ${modelType} "${instance}" was made is not known${known}. ` +
        'Give createOrGet a probe that looks for it, or settle it with `pawl data resolve`.',
    );
    this.name = 'InDoubtError';
    this.data = data;
  }
}

/**
 * For a create to throw when it is certain that nothing was made: the request was never written,
 * or the API refused it. Never on a timeout. Any error with `notMade: true` does the same.
 */
export class NotMadeError extends Error {
  constructor(message, options) {
    super(message, options);
    this.name = 'NotMadeError';
    this.notMade = true;
  }
}

/** Turns what grpc-js throws into a PawlError with the server's reason and violations. */
export function fromServiceError(error) {
  const code = codes[error.code] ?? 'UNKNOWN';
  const [packed] = error.metadata?.get(detailsKey) ?? [];
  let info = { reason: '', metadata: {} };
  let violations = [];
  for (const { typeUrl, value } of packed ? decode('Status', packed).details : []) {
    if (typeUrl.endsWith('/google.rpc.ErrorInfo')) info = decode('ErrorInfo', value);
    if (typeUrl.endsWith('/google.rpc.BadRequest')) {
      violations = decode('BadRequest', value).fieldViolations;
    }
  }
  return new PawlError(code, info.reason, error.details || error.message, info.metadata, violations);
}

/** The trailer value for a failed call; the other end of {@link fromServiceError}, for fakes. */
export function packDetails(code, message, { reason, metadata = {}, violations = [] }) {
  const details = [any('ErrorInfo', { reason, domain: 'pawl.dev', metadata })];
  if (violations.length > 0) details.push(any('BadRequest', { fieldViolations: violations }));
  return { key: detailsKey, value: encode('Status', { code, message, details }) };
}

function any(type, message) {
  return { typeUrl: `type.googleapis.com/google.rpc.${type}`, value: encode(type, message) };
}

function encode(type, message) {
  return Buffer.from(rpc.lookupType(type).encode(message).finish());
}

function decode(type, bytes) {
  const message = rpc.lookupType(type).decode(bytes);
  return rpc.lookupType(type).toObject(message, { arrays: true, objects: true, defaults: true });
}
