package dev.pawl.codegen.ir;

import dev.pawl.model.rest.IdentityPart;
import java.util.List;
import java.util.Optional;

/**
 * How a made resource is named from then on.
 *
 * @param parts one for each parameter of the item path, in path order; without the item's own where
 *     that is not known
 * @param idPointer JSON pointer into the create's answer; empty where the key is elsewhere or
 *     unknown
 * @param itemParameter the item path's last parameter; empty where there is no item path
 * @param parents the item path's other parameters
 */
public record Identity(
    List<IdentityPart> parts,
    Optional<String> idPointer,
    String itemParameter,
    List<String> parents) {
  public Identity {
    parts = List.copyOf(parts);
    parents = List.copyOf(parents);
  }

  /** Whether a made resource can be found again by what its create said or was told. */
  public boolean known() {
    return parts.size() > parents.size();
  }
}
