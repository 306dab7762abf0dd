package dev.pawl.client;

import java.util.Optional;

/** Looks for an object whose create nobody knows the outcome of. */
@FunctionalInterface
public interface Probe {
  /**
   * Looks, by the marker or by what the object is known by. Read everything: one page of a list
   * proves nothing.
   *
   * @return the object; empty when everything was read and it is not there
   * @throws Exception when that cannot be found out; the resource then stays in doubt
   */
  Optional<Made> look(Grant grant) throws Exception;
}
