package dev.pawl.codegen.infer;

import dev.pawl.codegen.document.ApiOperation;
import dev.pawl.codegen.document.PathTemplate;
import dev.pawl.codegen.document.Schema;
import dev.pawl.codegen.ir.Confidence;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds what is made under the name that the client gives in the path. A PUT that makes looks just
 * like one that changes, so it counts only where the document says so, where no POST makes the same
 * things, where they can be read, and where they are removed or listed as things of their own.
 */
final class Upserts {
  private static final Set<String> GENERIC = Set.of("id", "uuid", "guid", "sid", "name", "key");

  private final PathIndex index;
  private final ListFinder lists;
  private final Collection<Candidate> made;

  /**
   * @param made what is made by POSTs on collections
   */
  Upserts(PathIndex index, Collection<Candidate> made) {
    this.index = index;
    this.lists = new ListFinder(index);
    this.made = List.copyOf(made);
  }

  /** Empty where the operation makes nothing, or is not known to. */
  Optional<Candidate> of(ApiOperation operation) {
    boolean mayMake = operation.method().equals("PUT") || operation.method().equals("POST");
    if (!mayMake || !operation.path().endsInParameter()) {
      return Optional.empty();
    }
    String key = operation.path().key();
    ItemPath item = new ItemPath(key, ItemPath.How.ITSELF, index.item(key));
    Optional<Schema> read = item.getAnswer();
    boolean lives =
        read.filter(Schema::hasProperties).isPresent()
            && (item.operations().containsKey("DELETE")
                || lists.at(item.collection(), read).isPresent());
    if (!lives || isMadeOtherwise(item) || attaches(item) || !saysSo(operation)) {
      return Optional.empty();
    }
    String argument =
        ArgumentNames.of(operation).ofParameter("path", lastParameter(operation.path()));
    return Optional.of(
        new Candidate(
            operation,
            Optional.of(item),
            Optional.empty(),
            Optional.of(argument),
            false,
            read,
            Confidence.MEDIUM,
            item.how().reason() + "; the client chooses the key",
            Map.of()));
  }

  private static String lastParameter(PathTemplate path) {
    List<String> all = path.parameters();
    return all.get(all.size() - 1);
  }

  /**
   * By its words; or by a 201, which some frameworks write under every PUT, where no word says
   * otherwise.
   */
  private static boolean saysSo(ApiOperation operation) {
    boolean answersMade =
        operation.method().equals("PUT")
            && operation.answers().stream().anyMatch(a -> a.status().equals("201"));
    return Says.makes(operation) || (answersMade && !Says.changes(operation));
  }

  private boolean isMadeOtherwise(ItemPath item) {
    return made.stream()
        .anyMatch(
            c ->
                c.item().filter(i -> i.key().equals(item.key())).isPresent()
                    || c.post().path().key().equals(item.collection()));
  }

  /** Whether the last parameter names a thing that lives elsewhere. */
  private boolean attaches(ItemPath item) {
    String parameter = Words.plain(item.parameter());
    if (GENERIC.contains(parameter) || parameter.contains(Words.plain(item.thing()))) {
      return false;
    }
    return index.itemKeys().stream()
        .filter(k -> !k.equals(item.key()) && index.isRead(k))
        .map(k -> new ItemPath(k, ItemPath.How.ELSEWHERE, index.item(k)))
        .filter(i -> !i.thing().isEmpty() && !i.thing().equals(item.thing()))
        .anyMatch(
            i ->
                Words.plain(i.parameter()).equals(parameter)
                    && parameter.contains(Words.plain(i.thing())));
  }
}
