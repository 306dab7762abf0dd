// The client's side of the protocol, against a fake server.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { afterEach, beforeEach, test } from 'node:test';
import { connect, InDoubtError, NotMadeError, PawlError } from '../src/index.js';
import { FakeServer } from './fake-server.js';

const key = { modelType: 'clients/thing', instance: 'one' };
const quick = { leaseMs: 300, waitMs: 3000, settleMs: 20 };
const noNetwork = async () => {
  throw new NotMadeError('connection refused');
};
const lostAnswer = async () => {
  throw new Error('connection reset');
};

let server;
let pawl;
beforeEach(async () => {
  server = new FakeServer();
  pawl = connect(await server.start());
});
afterEach(() => {
  pawl.close();
  server.stop();
});

test('what exists is returned without a create', async () => {
  await pawl.createOrGet(key, async () => ({ data: { n: 1 }, externalId: '7' }), quick);
  const again = await pawl.createOrGet(key, () => assert.fail('created twice'), quick);
  assert.equal(again.outcome, 'REUSED');
  assert.deepEqual(again.data, { n: 1 });
  assert.equal(again.resource.externalId, '7');
});

test('of ten that race one creates, and all get its data', async () => {
  let creates = 0;
  const create = async () => ({ data: { n: (creates += 1) } });
  const all = await Promise.all(
    Array.from({ length: 10 }, () => pawl.createOrGet(key, create, quick)),
  );
  assert.equal(creates, 1);
  assert.deepEqual(new Set(all.map((r) => r.data.n)), new Set([1]));
  assert.equal(all.filter((r) => r.outcome === 'CREATED').length, 1);
});

test('the lease is renewed while create runs', async () => {
  const slow = async () => {
    while (server.calls('Renew') < 5) await new Promise((r) => setTimeout(r, 10));
    return { data: {} };
  };
  assert.equal((await pawl.createOrGet(key, slow, quick)).outcome, 'CREATED');
});

test('a create that has lost its claim is told by the signal', async () => {
  server.refuseRenew = true;
  const obedient = async ({ signal }) => {
    await once(signal, 'abort');
    throw new NotMadeError('stopped before the send');
  };
  await assert.rejects(pawl.createOrGet(key, obedient, quick), /stopped before the send/);
});

test('a create that says notMade is abandoned, and the next may go at once', async () => {
  await assert.rejects(pawl.createOrGet(key, noNetwork, quick), /connection refused/);
  const next = await pawl.createOrGet(key, async () => ({ data: {} }), { ...quick, waitMs: 0 });
  assert.equal(next.outcome, 'CREATED');
});

test('a create that throws anything else leaves a doubt, which is thrown without a probe', async () => {
  await assert.rejects(pawl.createOrGet(key, lostAnswer, quick), /connection reset/);
  assert.equal(server.calls('Abandon'), 0);
  const create = () => assert.fail('created in doubt');
  await assert.rejects(pawl.createOrGet(key, create, quick), InDoubtError);
});

test('a probe that finds it adopts it', async () => {
  await assert.rejects(pawl.createOrGet(key, lostAnswer, quick));
  const probe = async ({ marker }) => ({ data: { marker }, externalId: '9' });
  const create = () => assert.fail('created in doubt');
  const found = await pawl.createOrGet(key, create, { ...quick, probe });
  assert.equal(found.outcome, 'ADOPTED');
  assert.match(found.data.marker, /^pawl-/);
});

test('a probe that finds nothing proves absence after the quarantine, and then creates', async () => {
  await assert.rejects(pawl.createOrGet(key, lostAnswer, quick));
  let looks = 0;
  const probe = async () => {
    looks += 1;
    return null;
  };
  const made = await pawl.createOrGet(key, async () => ({ data: {} }), { ...quick, probe });
  assert.equal(made.outcome, 'CREATED');
  assert.equal(looks, 3);
});

test('a probe that fails decides nothing', async () => {
  await assert.rejects(pawl.createOrGet(key, lostAnswer, quick));
  const probe = async () => {
    throw new Error('the list is down');
  };
  const create = () => assert.fail('created in doubt');
  await assert.rejects(pawl.createOrGet(key, create, { ...quick, probe }), /the list is down/);
  assert.equal(server.calls('Abandon') + server.calls('Complete'), 0);
});

test('StartRun is repeated under its key when the server is not there', async () => {
  const { run } = await pawl.startRun({ definition: 'kind: Workflow' });
  assert.match(run.idempotencyKey, /.{36}/);
  assert.equal(server.calls('StartRun'), 2);
});

test('a refusal carries its reason and its violations', async () => {
  const refused = await pawl.startRun({ definition: '' }).catch((error) => error);
  assert.ok(refused instanceof PawlError);
  assert.equal(refused.code, 'INVALID_ARGUMENT');
  assert.equal(refused.reason, 'INVALID_WORKFLOW');
  assert.deepEqual(refused.violations, [
    { field: 'w.yaml:1:1', description: 'the file is empty' },
  ]);
});

test('a broken watch goes on after the last event', async () => {
  server.events = [1, 2, 3, 4].map((sequence) => ({ sequence, log: { message: `m${sequence}` } }));
  server.breakWatchAfter = 2;
  const seen = [];
  for await (const event of pawl.watchRun('run-1')) seen.push(event.log.message);
  assert.deepEqual(seen, ['m1', 'm2', 'm3', 'm4']);
  assert.equal(server.calls('WatchRun 2'), 1);
});
