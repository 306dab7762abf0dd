package dev.pawl.server.language;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableMap;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.StructType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Objects whose fields are known before a run. */
final class Structs implements CelTypeProvider {
  private final ImmutableMap<String, CelType> types;

  Structs(List<CelType> roots) {
    var found = new HashMap<String, CelType>();
    roots.forEach(type -> add(found, type));
    types = ImmutableMap.copyOf(found);
  }

  static StructType struct(String name, Map<String, CelType> fields) {
    ImmutableMap<String, CelType> copy = ImmutableMap.copyOf(fields);
    return StructType.create("pawl." + name, copy.keySet(), f -> Optional.ofNullable(copy.get(f)));
  }

  private static void add(Map<String, CelType> types, CelType type) {
    switch (type) {
      case StructType struct -> {
        if (types.putIfAbsent(struct.name(), struct) == null) {
          struct.fields().forEach(f -> add(types, f.type()));
        }
      }
      case ListType list -> add(types, list.elemType());
      case MapType map -> add(types, map.valueType());
      default -> {}
    }
  }

  @Override
  public ImmutableCollection<CelType> types() {
    return types.values();
  }

  @Override
  public Optional<CelType> findType(String name) {
    return Optional.ofNullable(types.get(name));
  }
}
