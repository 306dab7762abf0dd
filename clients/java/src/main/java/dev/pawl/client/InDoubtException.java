package dev.pawl.client;

import dev.pawl.v1.Data;

/** A create was sent, nobody knows what became of it, and no probe was given. */
public final class InDoubtException extends Exception {
  private static final long serialVersionUID = 1;

  private final transient Data data;

  InDoubtException(Data data) {
    super(
        data.getKey().getModelType()
            + "/"
            + data.getKey().getInstance()
            + " is in doubt: an earlier create's outcome is not known. Give a probe, or resolve it"
            + " with 'pawl data resolve'");
    this.data = data;
  }

  /** The resource, with the evidence. */
  public Data data() {
    return data;
  }
}
