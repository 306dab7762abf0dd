import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import grpc from '@grpc/grpc-js';
import loader from '@grpc/proto-loader';
import { fromServiceError } from './errors.js';

// int64 as text: a sequence or a version beyond 2^53 would not survive as a number.
const loaderOptions = { longs: String, enums: String, defaults: true, oneofs: true };

/** Reads the .proto files: those packed with this module, else the repository's. */
export function loadApi(protoDir = defaultProtoDir()) {
  const files = ['execution_service', 'data_repository_service', 'workflow_service', 'model_service'];
  const definition = loader.loadSync(
    files.map((file) => `pawl/v1/${file}.proto`),
    { ...loaderOptions, includeDirs: [protoDir] },
  );
  return grpc.loadPackageDefinition(definition).pawl.v1;
}

function defaultProtoDir() {
  const candidates = ['../protobuf', '../../../proto/src/main/protobuf'].map((path) =>
    fileURLToPath(new URL(path, import.meta.url)),
  );
  const found = candidates.find((path) => existsSync(path));
  if (!found) {
    throw new Error(`Pawl's .proto files are in none of ${candidates.join(', ')}; give protoDir`);
  }
  return found;
}

/** One unary call as a promise. */
export function call(stub, method, request, timeoutMs) {
  const deadline = Date.now() + timeoutMs;
  return new Promise((resolve, reject) => {
    stub[method](request, { deadline }, (error, response) => {
      if (error) reject(fromServiceError(error));
      else resolve(response);
    });
  });
}

/** Milliseconds as a google.protobuf.Duration. */
export function duration(ms) {
  return { seconds: Math.floor(ms / 1000), nanos: (ms % 1000) * 1_000_000 };
}

/** A google.protobuf.Timestamp as milliseconds since 1970. */
export function millis(timestamp) {
  return Number(timestamp.seconds) * 1000 + Math.floor(timestamp.nanos / 1_000_000);
}
