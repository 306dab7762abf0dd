import grpc from '@grpc/grpc-js';
import { packDetails } from '../src/errors.js';
import { loadApi } from '../src/wire.js';

const { status } = grpc;

/**
 * A server with just enough of the claim protocol and of WatchRun to test the client's side. Times
 * are short and its own; `breakWatchAfter` cuts a stream once, `log` holds the calls in order.
 */
export class FakeServer {
  rows = new Map();
  log = [];
  events = [];
  breakWatchAfter = Infinity;
  quarantineMs = 300;
  refuseRenew = false;
  #nextToken = 1;
  #server = new grpc.Server();

  async start() {
    const api = loadApi();
    this.#server.addService(api.DataRepositoryService.service, {
      Claim: (c, done) => this.#claim(c.request, done),
      Complete: (c, done) => this.#complete(c.request, done),
      Abandon: (c, done) => this.#abandon(c.request, done),
      Renew: (c, done) => this.#renew(c.request, done),
    });
    this.#server.addService(api.ExecutionService.service, {
      StartRun: (c, done) => this.#startRun(c.request, done),
      WatchRun: (stream) => this.#watch(stream),
    });
    const port = await new Promise((resolve, reject) => {
      this.#server.bindAsync('127.0.0.1:0', grpc.ServerCredentials.createInsecure(), (e, p) =>
        e ? reject(e) : resolve(p),
      );
    });
    return `127.0.0.1:${port}`;
  }

  stop() {
    this.#server.forceShutdown();
  }

  calls(name) {
    return this.log.filter((entry) => entry === name).length;
  }

  #row(key) {
    const id = `${key.modelType}/${key.instance}`;
    if (!this.rows.has(id)) this.rows.set(id, { key, state: 'ABSENT' });
    const row = this.rows.get(id);
    if (row.state === 'CLAIMED' && row.leaseUntil <= Date.now()) {
      row.provableAt ??= row.leaseUntil + this.quarantineMs;
      row.state = 'IN_DOUBT';
    }
    return row;
  }

  #claim(request, done) {
    this.log.push(`Claim ${request.mode}`);
    const answerBy = Date.now() + length(request.wait);
    const look = () => {
      const row = this.#row(request.key);
      const reconcile = request.mode === 'CLAIM_MODE_RECONCILE';
      if (row.state === 'PRESENT') done(null, { existing: data(row) });
      else if (row.state === 'CLAIMED' && Date.now() < answerBy) setTimeout(look, 5);
      else if (row.state === 'CLAIMED') refuse(done, status.ABORTED, 'CLAIM_HELD');
      else if (reconcile && row.state === 'ABSENT') {
        refuse(done, status.FAILED_PRECONDITION, 'NOT_IN_DOUBT');
      } else if (!reconcile && row.state === 'IN_DOUBT') done(null, { inDoubt: data(row) });
      else done(null, { granted: this.#grant(row, request) });
    };
    look();
  }

  #grant(row, request) {
    const number = this.#nextToken++;
    Object.assign(row, {
      state: 'CLAIMED',
      token: `token-${number}`,
      reconcile: row.state === 'IN_DOUBT',
      leaseUntil: Date.now() + length(request.lease),
    });
    return {
      claimToken: row.token,
      fencingToken: number,
      incarnation: 1,
      sendNumber: 1,
      marker: 'pawl-aaaaaaaaaaaaaaaaaaaaaaaaaa',
      leaseExpireTime: timestamp(row.leaseUntil),
      absenceProvableTime: row.reconcile ? timestamp(row.provableAt) : null,
    };
  }

  #held(request, done) {
    const row = [...this.rows.values()].find((r) => r.token === request.claimToken);
    if (row && this.#row(row.key).state === 'CLAIMED') return row;
    refuse(done, status.ABORTED, 'CLAIM_STALE');
    return null;
  }

  #complete(request, done) {
    this.log.push('Complete');
    const row = this.#held(request, done);
    if (!row) return;
    Object.assign(row, {
      state: 'PRESENT',
      dataJson: request.dataJson,
      externalId: request.externalId,
    });
    done(null, { data: data(row), result: 'COMPLETE_RESULT_COMPLETED' });
  }

  #abandon(request, done) {
    this.log.push('Abandon');
    const row = this.#held(request, done);
    if (!row) return;
    if (row.reconcile && Date.now() < row.provableAt) {
      refuse(done, status.FAILED_PRECONDITION, 'QUARANTINE_OPEN');
      return;
    }
    Object.assign(row, { state: 'ABSENT', provableAt: undefined });
    done(null, { data: data(row) });
  }

  #renew(request, done) {
    this.log.push('Renew');
    if (this.refuseRenew) {
      refuse(done, status.ABORTED, 'CLAIM_STALE');
      return;
    }
    const row = this.#held(request, done);
    if (!row) return;
    row.leaseUntil = Date.now() + length(request.lease);
    done(null, { leaseExpireTime: timestamp(row.leaseUntil) });
  }

  #startRun(request, done) {
    this.log.push('StartRun');
    if (this.calls('StartRun') === 1) {
      done({ code: status.UNAVAILABLE, details: 'stopping' });
    } else if (!request.definition.text) {
      const violations = [{ field: 'w.yaml:1:1', description: 'the file is empty' }];
      refuse(done, status.INVALID_ARGUMENT, 'INVALID_WORKFLOW', violations);
    } else {
      const run = { runId: 'run-1', idempotencyKey: request.idempotencyKey };
      done(null, { run, replayed: false });
    }
  }

  #watch(stream) {
    this.log.push(`WatchRun ${stream.request.fromSequence}`);
    for (const event of this.events) {
      if (event.sequence <= Number(stream.request.fromSequence)) continue;
      if (event.sequence > this.breakWatchAfter) {
        this.breakWatchAfter = Infinity;
        stream.emit('error', { code: status.UNAVAILABLE, details: 'cut' });
        return;
      }
      stream.write(event);
    }
    stream.end();
  }
}

function refuse(done, code, reason, violations = []) {
  const { key, value } = packDetails(code, reason, { reason, violations });
  const metadata = new grpc.Metadata();
  metadata.set(key, value);
  done({ code, details: `refused: ${reason}`, metadata });
}

function data(row) {
  const { key, dataJson = '', externalId = '' } = row;
  return { key, state: `DATA_STATE_${row.state}`, dataJson, externalId };
}

function length(d) {
  return d ? Number(d.seconds) * 1000 + d.nanos / 1_000_000 : 0;
}

function timestamp(ms) {
  return { seconds: Math.floor(ms / 1000), nanos: (ms % 1000) * 1_000_000 };
}
