package dev.pawl.codegen.emit;

import dev.pawl.codegen.document.Schema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A schema whose values are told apart by one member.
 *
 * @param property that member
 * @param branches its values, and the schema that each stands for; sorted
 * @param names what the document calls the branches; those without a name are missing
 */
record Union(String property, Map<String, Schema> branches, Map<Schema, String> names) {
  private static final int MAX_BRANCHES = 40;

  /** Members that usually tell branches apart, the surest first. */
  private static final List<String> USUAL = List.of("type", "kind", "object");

  /** Empty where values cannot be told apart for sure, or some are no objects. */
  static Optional<Union> of(Schema schema) {
    Optional<Union> found =
        schema
            .discriminator()
            .map(property -> named(schema, property))
            .or(() -> byConstants(schema))
            .filter(u -> u.branches().size() > 1 && u.branches().size() <= MAX_BRANCHES);
    return found.filter(u -> u.branches().values().stream().allMatch(Union::isObject));
  }

  private static boolean isObject(Schema schema) {
    boolean object = schema.types().isEmpty() || schema.types().contains("object");
    return schema.hasProperties() || (object && !schema.isArray());
  }

  /** The document says which member it is: branches, or schemas that have this one as a part. */
  private static Union named(Schema schema, String property) {
    Map<Schema, String> names = new HashMap<>();
    List<Schema> all = new ArrayList<>();
    List<String> words = schema.variantNames();
    List<Schema> variants = schema.variants();
    for (int i = 0; i < variants.size(); i++) {
      if (!variants.get(i).isNullAlone()) {
        all.add(variants.get(i));
        names.put(variants.get(i), words.get(i));
      }
    }
    if (variants.isEmpty()) {
      schema.heirs().forEach((name, heir) -> names.put(heir, name));
      all.addAll(schema.heirs().values());
    }
    Map<String, Schema> branches = new TreeMap<>(schema.mapping());
    for (Schema branch : all) {
      if (!branches.containsValue(branch)) {
        values(branch, property, names).forEach(v -> branches.putIfAbsent(v, branch));
      }
    }
    branches.remove("");
    names.values().removeIf(String::isEmpty);
    return new Union(property, branches, names);
  }

  /** A branch that the mapping leaves out goes by its own values, else by its name. */
  private static List<String> values(Schema branch, String property, Map<Schema, String> names) {
    Schema member = branch.declared().get(property);
    List<String> said = member == null ? List.of() : member.enumValues();
    return said.isEmpty() ? List.of(names.getOrDefault(branch, "")) : said;
  }

  /** No member is named, but each branch has one with a single value that no other has. */
  private static Optional<Union> byConstants(Schema schema) {
    List<Schema> variants = schema.variants().stream().filter(v -> !v.isNullAlone()).toList();
    if (variants.size() < 2) {
      return Optional.empty();
    }
    Map<Schema, String> names = new HashMap<>();
    for (int i = 0; i < schema.variants().size(); i++) {
      names.put(schema.variants().get(i), schema.variantNames().get(i));
    }
    names.values().removeIf(String::isEmpty);
    return candidates(variants.get(0)).stream()
        .map(property -> new Union(property, constants(variants, property), names))
        .filter(u -> u.branches().size() == variants.size() && !u.branches().containsKey(""))
        .findFirst();
  }

  private static List<String> candidates(Schema first) {
    Set<String> known = first.ownProperties().keySet();
    List<String> out = new ArrayList<>(USUAL.stream().filter(known::contains).toList());
    new TreeSet<>(known).stream().filter(n -> !out.contains(n)).forEach(out::add);
    return out;
  }

  private static Map<String, Schema> constants(List<Schema> variants, String property) {
    Map<String, Schema> out = new TreeMap<>();
    for (Schema variant : variants) {
      Schema member = variant.ownProperties().get(property);
      if (member != null && member.enumValues().size() == 1) {
        out.put(member.enumValues().get(0), variant);
      }
    }
    return out;
  }
}
