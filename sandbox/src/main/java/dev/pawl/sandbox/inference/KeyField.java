package dev.pawl.sandbox.inference;

import dev.pawl.sandbox.document.Shape;
import dev.pawl.sandbox.document.Shapes;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The field of an item that its path parameter repeats.
 *
 * @param certain whether the names agree, rather than the field being merely a usual one
 */
public record KeyField(String name, boolean certain) {
  private static final List<String> IDENTITIES = List.of("id", "uuid", "guid", "sid", "token");
  private static final List<String> LAST_RESORTS =
      List.of("ip", "ipaddress", "address", "name", "slug", "key", "identifier", "fingerprint");

  /** Looks for the key of a {@code noun} whose item path ends in {@code parameter}. */
  static Optional<KeyField> find(Shapes shapes, Shape item, String parameter, String noun) {
    Map<String, String> fields = new LinkedHashMap<>();
    item.properties()
        .forEach(
            (name, schema) -> {
              Shape shape = shapes.of(schema);
              if (!shape.isObject() && !shape.isArray()) {
                fields.putIfAbsent(Names.plain(name), name);
              }
            });
    return certain(fields, Names.plain(parameter), noun)
        .map(name -> new KeyField(name, true))
        .or(() -> usual(fields, noun).map(name -> new KeyField(name, false)));
  }

  private static Optional<String> certain(
      Map<String, String> fields, String parameter, String noun) {
    // A parameter that is merely the noun, {promotion_code} of promotion_codes, means the identity,
    // whatever field happens to share its name.
    Optional<String> identity = firstOf(fields, IDENTITIES);
    if (Names.sameNoun(parameter, noun) && identity.isPresent()) {
      return identity;
    }
    if (fields.containsKey(parameter)) {
      return Optional.of(fields.get(parameter));
    }
    // {credit_account_token} of credit accounts is their token, not the account_token they mention.
    Optional<String> own =
        IDENTITIES.stream()
            .filter(one -> fields.containsKey(one) && parameter.endsWith(one))
            .filter(
                one ->
                    Names.sameNoun(parameter.substring(0, parameter.length() - one.length()), noun))
            .findFirst();
    if (own.isPresent()) {
      return own.map(fields::get);
    }
    return fields.keySet().stream()
        .filter(field -> field.length() > 1 && parameter.endsWith(field))
        .max(Comparator.comparingInt(String::length))
        .map(fields::get);
  }

  private static Optional<String> usual(Map<String, String> fields, String noun) {
    return firstOf(fields, IDENTITIES)
        .or(() -> withNoun(fields, noun))
        .or(() -> firstOf(fields, LAST_RESORTS))
        .or(() -> onlyId(fields));
  }

  private static Optional<String> withNoun(Map<String, String> fields, String noun) {
    return fields.entrySet().stream()
        .filter(
            field ->
                IDENTITIES.stream()
                    .anyMatch(
                        identity ->
                            field.getKey().endsWith(identity)
                                && Names.sameNoun(
                                    field
                                        .getKey()
                                        .substring(0, field.getKey().length() - identity.length()),
                                    noun)))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  private static Optional<String> onlyId(Map<String, String> fields) {
    List<String> ids = fields.keySet().stream().filter(field -> field.endsWith("id")).toList();
    return ids.size() == 1 ? Optional.ofNullable(fields.get(ids.getFirst())) : Optional.empty();
  }

  private static Optional<String> firstOf(Map<String, String> fields, List<String> names) {
    return names.stream().filter(fields::containsKey).map(fields::get).findFirst();
  }
}
