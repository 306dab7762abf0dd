package dev.pawl.model.rest;

import dev.pawl.model.Failure;
import dev.pawl.model.MethodException;
import dev.pawl.model.Reason;
import dev.pawl.model.ResourceKey;
import dev.pawl.model.http.Connection;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one account's objects from being judged through a connection to another: there every id is
 * unknown, and what is merely elsewhere would pass for gone.
 */
final class SameAccount {
  private SameAccount() {}

  /**
   * Refuses another account.
   *
   * @param account whose object it is or was meant to be; null where it has none
   * @throws MethodException ACCOUNT_MISMATCH
   */
  static void require(ResourceKey key, @Nullable String account, Connection connection)
      throws MethodException {
    if (account != null && !account.equals(connection.account())) {
      throw MethodException.notMade(
          Failure.of(
              Reason.ACCOUNT_MISMATCH,
              key
                  + " was made in account "
                  + account
                  + ", and the connection is to "
                  + connection.account()
                  + "; connect to the first, or use another namespace"));
    }
  }
}
