import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import grpc from '@grpc/grpc-js';
import { createOrGet } from './create-or-get.js';
import { fromServiceError } from './errors.js';
import { call, loadApi } from './wire.js';

const callTimeoutMs = 30_000;
const watchRetries = 10;

// Only what is safe to repeat. A Claim is not: its lost answer may have been a grant.
const repeatable = [
  { service: 'pawl.v1.ExecutionService', method: 'StartRun' },
  { service: 'pawl.v1.ExecutionService', method: 'GetRun' },
  { service: 'pawl.v1.DataRepositoryService', method: 'Complete' },
  { service: 'pawl.v1.DataRepositoryService', method: 'Abandon' },
  { service: 'pawl.v1.DataRepositoryService', method: 'Renew' },
];
const serviceConfig = {
  methodConfig: [
    {
      name: repeatable,
      retryPolicy: {
        maxAttempts: 5,
        initialBackoff: '0.2s',
        maxBackoff: '3s',
        backoffMultiplier: 2,
        retryableStatusCodes: ['UNAVAILABLE'],
      },
    },
  ],
};

/**
 * Opens a connection; nothing is sent before the first call.
 *
 * @param {string} address "host:port"
 * @param {{namespace?: string, credentials?: grpc.ChannelCredentials, protoDir?: string}} [options]
 *     `namespace` defaults to "default", `credentials` to an unencrypted connection
 */
export function connect(address, options = {}) {
  return new Pawl(address, options);
}

/** A connection to a Pawl server. Made by {@link connect}. */
export class Pawl {
  constructor(address, { namespace = 'default', credentials, protoDir } = {}) {
    const api = loadApi(protoDir);
    const channel = [
      address,
      credentials ?? grpc.credentials.createInsecure(),
      {
        'grpc.service_config': JSON.stringify(serviceConfig),
        'grpc.max_receive_message_length': 16 * 1024 * 1024,
      },
    ];
    this.namespace = namespace;
    /** The bare stubs, for the calls that need no help. Each owns a channel; close() closes all. */
    this.execution = new api.ExecutionService(...channel);
    this.repository = new api.DataRepositoryService(...channel);
    this.workflows = new api.WorkflowService(...channel);
    this.models = new api.ModelService(...channel);
  }

  /**
   * Starts a run, or finds the one that this idempotency key has started before.
   *
   * @param {object} wish
   * @param {string} [wish.definition] the workflow file's text; this or `workflow`
   * @param {string} [wish.fileName] its name, for the positions in errors
   * @param {{name: string, version?: number}} [wish.workflow] a stored workflow
   * @param {object} [wish.inputs]
   * @param {string} [wish.idempotencyKey] default: a new one, so that only this call's own
   *     repetitions find the run
   * @param {'ATTACH'|'RETRY_IF_FAILED'|'FAIL'} [wish.onExisting]
   * @returns {Promise<{run: object, replayed: boolean}>}
   */
  startRun({ definition, fileName, workflow, inputs = {}, idempotencyKey, onExisting = 'ATTACH' }) {
    const source = workflow
      ? { storedWorkflow: workflow }
      : { definition: { text: definition, fileName: fileName ?? '' } };
    const request = {
      namespace: this.namespace,
      ...source,
      inputsJson: JSON.stringify(inputs),
      idempotencyKey: idempotencyKey ?? randomUUID(),
      onExisting: `ON_EXISTING_${onExisting}`,
    };
    return call(this.execution, 'StartRun', request, callTimeoutMs);
  }

  /** Reads a run with its steps and attempts. */
  async getRun(runId) {
    const request = { namespace: this.namespace, runId };
    return (await call(this.execution, 'GetRun', request, callTimeoutMs)).run;
  }

  /**
   * A run's events until its latest attempt has ended. A broken stream is taken up again after the
   * last event, so that none is skipped and none comes twice.
   *
   * @param {string} runId
   * @param {{fromSequence?: string}} [options] only events after this one; default all
   * @returns {AsyncGenerator<{sequence: string, event: 'runChanged'|'stepChanged'|'log'}>} the
   *     WatchRunResponse; the field that `event` names is set
   */
  async *watchRun(runId, { fromSequence = '0' } = {}) {
    let cursor = fromSequence;
    let failures = 0;
    for (;;) {
      const stream = this.execution.WatchRun({
        namespace: this.namespace,
        runId,
        fromSequence: cursor,
      });
      // Cancelling a stream that nobody reads any more makes it emit an error.
      stream.on('error', () => {});
      try {
        for await (const event of stream) {
          cursor = event.sequence;
          failures = 0;
          yield event;
        }
        return;
      } catch (error) {
        failures += 1;
        if (error.code !== grpc.status.UNAVAILABLE || failures > watchRetries) {
          throw fromServiceError(error);
        }
        await sleep(Math.min(200 * 2 ** failures, 5000));
      } finally {
        stream.cancel();
      }
    }
  }

  /**
   * Returns the data of a resource, made by `create` if it does not exist. Of all that race on the
   * key, in any language and on any machine, one runs its create.
   *
   * @param {{modelType: string, instance: string, outputSpec?: string, namespace?: string}} key
   * @param {(grant: object) => Promise<{data: any, externalId?: string, account?: string}>} create
   *     Its argument holds `marker`, `requestToken`, `fencingToken`, `incarnation`, `sendNumber`,
   *     and `signal`, aborted when the lease could not be kept: send nothing after that. If it
   *     throws, the outcome counts as unknown, unless the error has `notMade: true`
   *     ({@link NotMadeError}).
   * @param {object} [options]
   * @param {(doubt: object) => Promise<{data: any, externalId?: string, account?: string}|null>}
   *     [options.probe] looks for what an earlier create may have made; null means that it read
   *     everything and found nothing. Without it, a doubt is thrown as {@link InDoubtError}
   * @param {string} [options.fingerprint] of what the create is made with, stored beside the data
   * @param {string} [options.account] whose account of the API it goes to
   * @param {string} [options.holder] a readable name of this client
   * @param {number} [options.leaseMs] 1 s to 10 min, default 30 s; renewed while create runs
   * @param {number} [options.waitMs] how long to wait for another holder, default 60 s
   * @param {number} [options.settleMs] between two looks that prove absence, default 2 s
   * @returns {Promise<{data: any, resource: object, outcome: 'REUSED'|'CREATED'|'ADOPTED'}>}
   *     `data` is parsed by JSON.parse, which rounds integers beyond 2^53;
   *     `resource.dataJson` has them exactly
   */
  createOrGet(key, create, options = {}) {
    return createOrGet(this.repository, { namespace: this.namespace, ...key }, create, options);
  }

  /** Closes the connection. Calls under way fail. */
  close() {
    for (const stub of [this.execution, this.repository, this.workflows, this.models]) stub.close();
  }
}
