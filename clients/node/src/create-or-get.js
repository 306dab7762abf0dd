import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { InDoubtError, PawlError } from './errors.js';
import { Lease } from './lease.js';
import { call, duration, millis } from './wire.js';

const callTimeoutMs = 30_000;
const defaults = { leaseMs: 30_000, waitMs: 60_000, settleMs: 2_000 };

/** See Pawl.createOrGet. */
export async function createOrGet(repository, key, create, options) {
  const claims = new Claims(repository, key, { ...defaults, ...options });
  for (;;) {
    const answer = await claims.ask('CREATE');
    if (answer.existing) return claims.result(answer.existing, 'REUSED');
    if (answer.granted) return claims.runCreate(answer, create);
    if (!options.probe) throw new InDoubtError(answer.inDoubt);
    const settled = await claims.reconcile(options.probe);
    if (settled) return settled;
  }
}

/** The claims of one createOrGet. */
class Claims {
  #repository;
  #key;
  #options;

  constructor(repository, key, options) {
    this.#repository = repository;
    this.#key = key;
    this.#options = options;
  }

  async ask(mode) {
    const { leaseMs, waitMs, fingerprint, account, holder } = this.#options;
    const askedAt = performance.now();
    const request = {
      key: this.#key,
      fingerprint: fingerprint ?? '',
      account: account ?? '',
      holder: holder ?? `node ${hostname()}/${process.pid}`,
      lease: duration(leaseMs),
      wait: duration(waitMs),
      mode: `CLAIM_MODE_${mode}`,
    };
    const answer = await call(this.#repository, 'Claim', request, waitMs + callTimeoutMs);
    return { ...answer, askedAt };
  }

  async runCreate({ granted, askedAt }, create) {
    const lease = this.#lease(granted, askedAt);
    try {
      const made = await this.#attempt(granted, () => create({ ...granted, signal: lease.signal }));
      return await this.#complete(granted, made, 'CREATED');
    } finally {
      lease.stop();
    }
  }

  /** Settles the doubt; null if it turned out that the object does not exist. */
  async reconcile(probe) {
    const answer = await this.ask('RECONCILE').catch((error) => {
      if (error.reason === 'NOT_IN_DOUBT') return null;
      throw error;
    });
    if (!answer) return null;
    if (answer.existing) return this.result(answer.existing, 'REUSED');
    const { granted, askedAt } = answer;
    const lease = this.#lease(granted, askedAt);
    try {
      const found = await this.#look(granted, probe, lease.signal);
      if (found) return await this.#complete(granted, found, 'ADOPTED');
      await this.#abandon(granted, 'two complete looks after the quarantine found nothing');
      return null;
    } finally {
      lease.stop();
    }
  }

  result(resource, outcome) {
    return { data: JSON.parse(resource.dataJson), resource, outcome };
  }

  #lease(granted, askedAt) {
    return new Lease(this.#repository, granted.claimToken, this.#options.leaseMs, askedAt);
  }

  async #attempt(granted, create) {
    try {
      return await create();
    } catch (error) {
      // Any other error leaves the claim to its lease, and the resource in doubt: it may be made.
      if (error?.notMade === true) {
        await this.#abandon(granted, error.message).catch((cause) => {
          error.abandonError = cause;
        });
      }
      throw error;
    }
  }

  /** One look at once, which may find it; if not, the two that prove absence. */
  async #look(granted, probe, signal) {
    const doubt = { ...granted, signal };
    const atOnce = await probe(doubt);
    if (atOnce) return atOnce;
    await sleep(this.#untilProvable(granted), undefined, { signal });
    const first = await probe(doubt);
    if (first) return first;
    await sleep(this.#options.settleMs, undefined, { signal });
    return probe(doubt);
  }

  // Both times are the database's, and the lease was granted at its end minus its length: so the
  // difference is right whatever this machine's clock says.
  #untilProvable({ absenceProvableTime, leaseExpireTime }) {
    if (!absenceProvableTime) return this.#options.settleMs;
    const grantedAt = millis(leaseExpireTime) - this.#options.leaseMs;
    return Math.max(0, millis(absenceProvableTime) - grantedAt) + 1;
  }

  async #complete(granted, made, outcome) {
    const { data = null, externalId, account } = made ?? {};
    const request = { claimToken: granted.claimToken, dataJson: JSON.stringify(data) };
    if (externalId !== undefined) request.externalId = externalId;
    if (account !== undefined) request.account = account;
    try {
      const completed = await call(this.#repository, 'Complete', request, callTimeoutMs);
      return this.result(completed.data, outcome);
    } catch (error) {
      // The object exists and Pawl does not know it: whoever handles this needs its id.
      if (error instanceof PawlError) error.made = made;
      throw error;
    }
  }

  #abandon(granted, reason) {
    const request = { claimToken: granted.claimToken, reason: reason.slice(0, 1024) || 'not made' };
    return call(this.#repository, 'Abandon', request, callTimeoutMs);
  }
}
