package dev.pawl.codegen.infer;

import dev.pawl.codegen.document.ApiOperation;
import dev.pawl.codegen.document.RequestBody;
import dev.pawl.codegen.document.Schema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Chooses the operation that changes a thing: PATCH changes what is sent, PUT replaces, some APIs
 * change by POST on the item or under its {@code /update}. One that sends nothing, or nothing that
 * the thing is made of, acts on it instead.
 */
final class UpdateFinder {
  private static final List<String> ORDER = List.of("PATCH", "PUT", "POST", PathIndex.UPDATE);

  private final ItemPath item;
  private final ApiOperation create;
  private final Set<String> made;
  private final Set<String> known;
  private final List<String> rejected = new ArrayList<>();

  /**
   * @param item where the thing is
   * @param create what made it
   * @param read the thing as reading it answers
   */
  UpdateFinder(ItemPath item, ApiOperation create, Optional<Schema> read) {
    this.item = item;
    this.create = create;
    this.made = fields(create.body().map(RequestBody::schema));
    this.known = new HashSet<>(made);
    known.addAll(fields(read));
  }

  /** Empty where nothing changes the thing. */
  Optional<ApiOperation> find() {
    List<ApiOperation> fit = new ArrayList<>();
    for (String method : ORDER) {
      ApiOperation operation = item.operations().get(method);
      if (operation != null && isOther(operation) && fits(operation)) {
        fit.add(operation);
      }
    }
    if (fit.size() > 1 && setsOneFlag(fit.get(0), fit.get(1))) {
      rejected.add(
          fit.get(0).describe()
              + ": it sends hardly anything of what "
              + fit.get(1).describe()
              + " does");
      fit.remove(0);
    }
    return fit.stream().findFirst();
  }

  /** A PUT that makes a thing may also replace it, and then says so. */
  private boolean isOther(ApiOperation operation) {
    return operation != create
        || (create.body().isPresent() && (Says.updates(create) || create.answers().size() > 1));
  }

  /** What was not taken and why; complete after {@link #find}. */
  List<String> rejected() {
    return List.copyOf(rejected);
  }

  private boolean fits(ApiOperation operation) {
    Optional<Schema> body = operation.body().map(RequestBody::schema);
    boolean told = Says.updates(operation);
    if (body.isEmpty() && (!told || operation.parameters("query").isEmpty())) {
      rejected.add(operation.describe() + ": it sends nothing, so it acts on the thing");
      return false;
    }
    Set<String> sent = fields(body);
    boolean foreign = sent.stream().noneMatch(known::contains);
    if (!told && !sent.isEmpty() && !known.isEmpty() && foreign) {
      rejected.add(operation.describe() + ": it sends nothing that the thing is made of");
      return false;
    }
    return true;
  }

  private boolean setsOneFlag(ApiOperation first, ApiOperation second) {
    Set<String> few = fields(first.body().map(RequestBody::schema));
    Set<String> many = fields(second.body().map(RequestBody::schema));
    long left = few.stream().filter(made::contains).count();
    long right = many.stream().filter(made::contains).count();
    return !few.isEmpty() && few.size() <= 2 && right >= 3 && right > 2 * left;
  }

  /** The members of a schema and of what it merely wraps. */
  private static Set<String> fields(Optional<Schema> schema) {
    Set<String> out = new HashSet<>();
    schema.ifPresent(
        s ->
            View.of(s)
                .forEach(
                    v -> {
                      if (v.pointer().isEmpty() || v.sole()) {
                        v.fields().keySet().forEach(f -> out.add(Words.plain(f)));
                      }
                    }));
    return out;
  }
}
