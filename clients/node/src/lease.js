import { call, duration } from './wire.js';

/**
 * Renews a claim until stopped. If it can't, `signal` is aborted before the lease ends, by this
 * process's own monotonic clock and counted from before the request was sent, so that the
 * holder always stops earlier than the server lets another one in.
 */
export class Lease {
  #repository;
  #token;
  #leaseMs;
  #abort = new AbortController();
  #endsAt;
  #timer;
  #stopped = false;

  /** @param {number} askedAt performance.now() from before the Claim was sent */
  constructor(repository, token, leaseMs, askedAt) {
    this.#repository = repository;
    this.#token = token;
    this.#leaseMs = leaseMs;
    this.#endsAt = askedAt + leaseMs;
    this.#schedule();
  }

  get signal() {
    return this.#abort.signal;
  }

  stop() {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  #schedule(delayMs = this.#leaseMs / 3) {
    if (!this.#stopped) this.#timer = setTimeout(() => this.#renew(), delayMs);
  }

  async #renew() {
    const askedAt = performance.now();
    const left = this.#endsAt - askedAt;
    if (left <= 0) {
      this.#lose(new Error('no Renew reached the server in time'));
      return;
    }
    const request = { claimToken: this.#token, lease: duration(this.#leaseMs) };
    try {
      await call(this.#repository, 'Renew', request, left);
      this.#endsAt = askedAt + this.#leaseMs;
      this.#schedule();
    } catch (error) {
      if (error.reason === 'CLAIM_STALE') this.#lose(error);
      else this.#schedule(Math.min(this.#leaseMs / 10, left));
    }
  }

  #lose(cause) {
    if (!this.#stopped) this.#abort.abort(new Error('the claim was lost', { cause }));
  }
}
