package dev.pawl.server.api.map;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.FieldMask;
import com.google.protobuf.Message;
import com.google.protobuf.util.FieldMaskUtil;
import dev.pawl.server.failure.ServerFailure;
import dev.pawl.server.language.Suggestion;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Read masks: which fields of an answer are filled in. */
public final class Masks {
  private final FieldMask mask;

  private Masks(FieldMask mask) {
    this.mask = mask;
  }

  /**
   * Reads a mask.
   *
   * @param leftOut fields that an absent mask leaves out
   * @throws ServerFailure INVALID_FIELD naming a path that is not a field
   */
  public static Masks of(FieldMask given, Descriptor type, String... leftOut) {
    for (String path : given.getPathsList()) {
      if (!FieldMaskUtil.isValid(type, path)) {
        List<String> names = type.getFields().stream().map(f -> f.getName()).toList();
        throw ServerFailure.invalidField(
            "read_mask",
            "'"
                + path
                + "' is no field of "
                + type.getName()
                + Suggestion.nearest(path, names)
                    .map(n -> "; did you mean '" + n + "'?")
                    .orElse(""));
      }
    }
    return new Masks(given.getPathsCount() > 0 ? given : allBut(type, Set.of(leftOut)));
  }

  private static FieldMask allBut(Descriptor type, Set<String> leftOut) {
    FieldMask.Builder all = FieldMask.newBuilder();
    type.getFields().stream()
        .map(f -> f.getName())
        .filter(name -> !leftOut.contains(name))
        .forEach(all::addPaths);
    return all.build();
  }

  /** Whether a field, or a part of it, is asked for. */
  public boolean wants(String field) {
    Set<String> roots = new HashSet<>();
    mask.getPathsList().forEach(path -> roots.add(path.split("\\.", 2)[0]));
    return roots.contains(field);
  }

  /** The message without the fields that are not asked for. */
  @SuppressWarnings("unchecked") // trim() keeps the type
  public <M extends Message> M trimmed(M message) {
    return (M) FieldMaskUtil.trim(mask, message);
  }
}
