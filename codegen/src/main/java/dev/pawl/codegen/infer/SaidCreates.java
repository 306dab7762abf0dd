package dev.pawl.codegen.infer;

import dev.pawl.codegen.document.ApiOperation;
import dev.pawl.codegen.document.CodegenException;
import dev.pawl.codegen.document.PathTemplate;
import dev.pawl.codegen.document.Schema;
import dev.pawl.codegen.ir.Confidence;
import dev.pawl.codegen.overrides.Overrides;
import dev.pawl.codegen.overrides.ResourceOverride;
import dev.pawl.codegen.overrides.Suggest;
import dev.pawl.model.rest.IdentityPart;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Creates that a person names, where nothing in the document says that they are. */
final class SaidCreates {
  private static final String REASON = "the overrides say so";

  private final Overrides overrides;
  private final List<ApiOperation> operations;
  private final PathIndex index;
  private final ListFinder lists;

  SaidCreates(Overrides overrides, List<ApiOperation> operations, PathIndex index) {
    this.overrides = overrides;
    this.operations = operations;
    this.index = index;
    this.lists = new ListFinder(index);
  }

  /**
   * What was not known to be a create.
   *
   * @throws CodegenException naming the line of what does not fit the document
   */
  Candidate of(String kind, ResourceOverride said) {
    ApiOperation create = find(said, said.create().orElseThrow());
    Optional<ItemPath> item = item(said, create);
    Optional<Schema> listed =
        said(said, "list")
            .flatMap(o -> lists.at(o.path().key(), Optional.empty()))
            .map(ListFinder.Found::item);
    if (item.isEmpty() && listed.isEmpty() && said.key().isEmpty()) {
      throw complaint(
          said,
          "'create' needs what reads it back: say 'get' or 'list' too, or 'idPointer' where"
              + " nothing does");
    }
    Optional<Schema> read = item.flatMap(ItemPath::getAnswer).or(() -> listed);
    AnswerKey keys =
        new AnswerKey(
            item.map(AnswerKey.Name::of)
                .orElse(new AnswerKey.Name("", "id", Optional.empty(), kind)),
            read,
            new Operations(index));
    Optional<AnswerKey.Found> found = create.answer().flatMap(keys::in);
    if (item.isEmpty() && found.isEmpty()) {
      throw complaint(said, "no key is in what " + create.describe() + " answers; say 'get' too");
    }
    return new Candidate(
        create,
        item,
        argument(said, create).isPresent() ? Optional.empty() : found,
        argument(said, create),
        said.key().filter(k -> k.source() == IdentityPart.Source.LOCATION).isPresent(),
        read,
        Confidence.HIGH,
        REASON,
        item.map(i -> CompositeKey.of(i, found)).orElse(Map.of()));
  }

  /** The argument that is the key: the last of the path, or what a person says. */
  private static Optional<String> argument(ResourceOverride said, ApiOperation create) {
    Optional<String> pointer =
        said.key()
            .filter(k -> k.source() == IdentityPart.Source.REQUEST)
            .map(k -> k.pointer().substring(1));
    if (pointer.isPresent() || !create.path().endsInParameter()) {
      return pointer;
    }
    List<String> all = create.path().parameters();
    return Optional.of(ArgumentNames.of(create).ofParameter("path", all.get(all.size() - 1)));
  }

  private Optional<ItemPath> item(ResourceOverride said, ApiOperation create) {
    return Stream.of("get", "update", "delete")
        .flatMap(role -> said(said, role).stream())
        .findFirst()
        .or(() -> Optional.of(create).filter(c -> c.path().endsInParameter()))
        .map(ApiOperation::path)
        .map(PathTemplate::key)
        .map(k -> k.endsWith("/json") ? PathTemplate.parent(k) : k)
        .map(k -> new ItemPath(k, ItemPath.How.SAID, index.item(k)));
  }

  private Optional<ApiOperation> said(ResourceOverride said, String role) {
    return Optional.ofNullable(said.operations().get(role))
        .filter(o -> !o.equals(ResourceOverride.NONE))
        .map(o -> find(said, o));
  }

  private ApiOperation find(ResourceOverride said, String wanted) {
    return operations.stream()
        .filter(o -> o.describe().equals(wanted))
        .findFirst()
        .orElseThrow(
            () ->
                complaint(
                    said,
                    "the document has no operation '"
                        + wanted
                        + "'"
                        + Suggest.didYouMean(
                            wanted, operations.stream().map(ApiOperation::describe).toList())));
  }

  private CodegenException complaint(ResourceOverride said, String message) {
    return new CodegenException(overrides.file() + ":" + said.line() + ": " + message);
  }
}
