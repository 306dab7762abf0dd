// Against a real server: PAWL_SERVER=host:port, and PAWL_WORKFLOW=file of a workflow that succeeds
// (PAWL_INPUTS: its inputs as JSON). Skipped without them.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { connect, InDoubtError, NotMadeError } from '../src/index.js';

const address = process.env.PAWL_SERVER;
const workflow = process.env.PAWL_WORKFLOW;
const inputs = JSON.parse(process.env.PAWL_INPUTS ?? '{}');

describe('a real server', { skip: !address && 'PAWL_SERVER is not set' }, () => {
  let one;
  let other;
  before(() => {
    one = connect(address);
    other = connect(address);
  });
  after(() => {
    one.close();
    other.close();
  });

  const skip = !workflow && 'PAWL_WORKFLOW is not set';
  test('starts a run and watches it to its end', { skip }, async () => {
    const wish = {
      definition: await readFile(workflow, 'utf8'),
      fileName: basename(workflow),
      inputs,
      idempotencyKey: randomUUID(),
    };
    const { run, replayed } = await one.startRun(wish);
    assert.equal(replayed, false);

    let last;
    let cursor = 0n;
    const ended = new Set();
    for await (const event of one.watchRun(run.runId)) {
      assert.ok(BigInt(event.sequence) > cursor, 'sequences rise');
      cursor = BigInt(event.sequence);
      if (event.event === 'runChanged') last = event.runChanged.run;
      if (event.event === 'stepChanged') {
        const { stepId, iterationKey, status } = event.stepChanged.step;
        if (status === 'STEP_STATUS_SUCCEEDED') ended.add(`${stepId}[${iterationKey}]`);
      }
    }
    const final = await one.getRun(run.runId);
    assert.equal(last?.status, 'RUN_STATUS_SUCCEEDED', final.message);
    assert.equal(final.status, 'RUN_STATUS_SUCCEEDED');
    assert.equal(ended.size, final.steps.length, 'every step was seen to succeed');

    const again = await other.startRun(wish);
    assert.equal(again.run.runId, run.runId);
    assert.equal(again.replayed, true);
  });

  test('of two that race one creates', async () => {
    const key = thing();
    let creates = 0;
    const create = async () => {
      creates += 1;
      await new Promise((resolve) => setImmediate(resolve));
      return { data: { id: randomUUID() }, externalId: randomUUID() };
    };
    const [a, b] = await Promise.all([
      one.createOrGet(key, create),
      other.createOrGet(key, create),
    ]);
    assert.equal(creates, 1);
    assert.deepEqual(a.data, b.data);
    assert.deepEqual([a.outcome, b.outcome].sort(), ['CREATED', 'REUSED']);
  });

  test('what was not made is free for the next', async () => {
    const key = thing();
    const refused = async () => {
      throw new NotMadeError('connection refused');
    };
    await assert.rejects(one.createOrGet(key, refused), /connection refused/);
    const next = await other.createOrGet(key, async () => ({ data: {} }), { waitMs: 0 });
    assert.equal(next.outcome, 'CREATED');
  });

  test('a lost answer is a doubt, and a probe that finds the object settles it', async () => {
    const key = thing();
    const lost = async () => {
      throw new Error('connection reset');
    };
    const never = () => assert.fail('created in doubt');
    await assert.rejects(one.createOrGet(key, lost, { leaseMs: 1000 }), /connection reset/);
    await assert.rejects(other.createOrGet(key, never, { waitMs: 20_000 }), InDoubtError);

    const probe = async () => ({ data: { found: true }, externalId: randomUUID() });
    const settled = await other.createOrGet(key, never, { probe });
    assert.equal(settled.outcome, 'ADOPTED');
    assert.deepEqual((await one.createOrGet(key, never)).data, { found: true });
  });
});

function thing() {
  return { modelType: 'clients/thing', instance: `node-${randomUUID()}` };
}
