package dev.pawl.cli.e2e;

/**
 * A {@code pawl server}.
 *
 * @param address host:port
 */
record PawlServerProcess(RunningCommand command, String address) {
  String port() {
    return address.substring(address.lastIndexOf(':') + 1);
  }
}
