package dev.pawl.codegen.infer;

import dev.pawl.codegen.document.ApiOperation;
import dev.pawl.codegen.document.PathTemplate;
import dev.pawl.codegen.document.Schema;
import dev.pawl.codegen.ir.Confidence;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Decides whether a POST makes something that can be found again. */
final class CreateJudge {
  private static final Set<String> ACTIONS = Set.of("action", "actions");
  private static final Set<ItemPath.How> BESIDE =
      Set.of(ItemPath.How.ABOVE, ItemPath.How.ELSEWHERE, ItemPath.How.COMPOSITE);

  private final PathIndex index;
  private final ItemPaths itemPaths;
  private final ListFinder lists;
  private final Operations operations;

  CreateJudge(PathIndex index) {
    this.index = index;
    this.itemPaths = new ItemPaths(index);
    this.lists = new ListFinder(index);
    this.operations = new Operations(index);
  }

  Verdict judge(ApiOperation post) {
    if (post.path().endsInParameter()) {
      return new Verdict.NotCreate("its path names one existing thing: it changes or acts on it");
    }
    if (ACTIONS.contains(Words.snake(post.path().lastSegment()))) {
      return new Verdict.NotCreate("its path ends in 'actions': it acts on what exists");
    }
    if (post.body().filter(b -> b.schema().isArray()).isPresent()) {
      return new Verdict.NotCreate("it takes a list: it makes or changes several at once");
    }
    List<ItemPath> items = itemPaths.of(post);
    String reason = withoutItem(post);
    for (ItemPath item : items) {
      if (BESIDE.contains(item.how())) {
        continue;
      }
      Verdict verdict = judge(post, item);
      if (verdict instanceof Verdict.Create) {
        return verdict;
      }
      reason = ((Verdict.NotCreate) verdict).reason();
    }
    Optional<Verdict.Create> beside = beside(post, items);
    return beside.isPresent() ? beside.get() : listedOnly(post, reason);
  }

  /** The likest of the items that are not under the POST's own path. */
  private Optional<Verdict.Create> beside(ApiOperation post, List<ItemPath> items) {
    return items.stream()
        .filter(i -> BESIDE.contains(i.how()))
        .flatMap(
            i ->
                judge(post, i) instanceof Verdict.Create c
                    ? java.util.stream.Stream.of(c)
                    : java.util.stream.Stream.empty())
        .filter(c -> new IdentityFinder(c.candidate()).find().isPresent())
        .max(Comparator.comparingDouble(c -> likeness(c.candidate())));
  }

  /** The very same schema before one with the same names; else the first, being the nearest. */
  private static double likeness(Candidate candidate) {
    return candidate
        .answer()
        .flatMap(a -> a.read().map(r -> r.schema() == a.view().schema() ? 2 : a.similarity()))
        .orElse(0.0);
  }

  private static String withoutItem(ApiOperation post) {
    String parent = PathTemplate.parent(post.path().key());
    boolean under = !parent.isEmpty() && new PathTemplate(parent).endsInParameter();
    boolean verb = post.path().lastSegment().indexOf(':') >= 0;
    return under || verb
        ? "it acts on one thing: nothing names or lists what it would make"
        : "no item path belongs to it, and no list answers what it makes";
  }

  private Verdict judge(ApiOperation post, ItemPath item) {
    Optional<Schema> listed =
        lists.at(item.collection(), Optional.empty()).map(ListFinder.Found::item);
    Optional<Schema> read = item.getAnswer().or(() -> listed);
    AnswerKey keys = new AnswerKey(AnswerKey.Name.of(item), read, operations);
    Optional<AnswerKey.Found> found = post.answer().flatMap(keys::in);
    Evidence evidence = new Evidence(index, operations, post, item, read, found);
    Optional<AnswerKey.Found> whole = post.answer().flatMap(keys::byWholeName);
    if (whole.isPresent() && !evidence.keyConvinces() && evidence.requestKey().isEmpty()) {
      found = whole;
      evidence = new Evidence(index, operations, post, item, read, found);
    }
    if (evidence.answersParent()) {
      return evidence.bodyFitsUpdate()
          ? evidence.withoutKey("it takes what the item's update takes, but answers its parent")
          : new Verdict.NotCreate("it answers its parent: it attaches what already exists");
    }
    if (evidence.answersList()) {
      return new Verdict.NotCreate("it answers a list: it attaches or changes several at once");
    }
    return BESIDE.contains(item.how())
        ? beside(post, item, evidence, found)
        : under(post, item, evidence, found);
  }

  private Verdict under(
      ApiOperation post, ItemPath item, Evidence evidence, Optional<AnswerKey.Found> found) {
    if (item.how() != ItemPath.How.VERB || saysCreate(item, post)) {
      return direct(post, evidence);
    }
    return found.filter(f -> f.similarity() >= Similarity.LIKELY).isPresent()
        ? evidence.withKey(Confidence.MEDIUM)
        : notWhat(item);
  }

  private static Verdict notWhat(ItemPath item) {
    return new Verdict.NotCreate("what it answers is not what " + item.key() + " answers");
  }

  private Verdict beside(
      ApiOperation post, ItemPath item, Evidence evidence, Optional<AnswerKey.Found> found) {
    boolean same = found.filter(f -> f.similarity() >= Similarity.SAME).isPresent();
    boolean told =
        item.how() == ItemPath.How.ELSEWHERE && evidence.isKeyAlone() && Says.makes(post);
    boolean fits =
        switch (item.how()) {
          case ABOVE -> same && listsSame(post, found.get().view().schema());
          case COMPOSITE -> same && !CompositeKey.of(item, found).isEmpty();
          default -> same && Words.isPlural(post.path().lastSegment()) || told;
        };
    return fits ? evidence.withKey(Confidence.MEDIUM) : notWhat(item);
  }

  private boolean listsSame(ApiOperation post, Schema made) {
    return lists
        .at(post.path().key(), Optional.of(made))
        .filter(l -> Similarity.of(l.item(), made) >= Similarity.SAME)
        .isPresent();
  }

  private static boolean saysCreate(ItemPath item, ApiOperation post) {
    return item.how() == ItemPath.How.VERB
        && ItemPaths.CREATE_VERBS.contains(Words.snake(post.path().lastSegment()));
  }

  private Verdict direct(ApiOperation post, Evidence evidence) {
    if (evidence.keyConvinces()) {
      return evidence.withKey(evidence.confidence());
    }
    if (evidence.requestKey().isPresent()) {
      return evidence.withRequestKey();
    }
    if (post.answers().stream().anyMatch(a -> a.headers().contains("location"))) {
      return evidence.withLocation();
    }
    Optional<String> operation = evidence.answersOperation();
    if (operation.isPresent()) {
      return evidence.withoutKey("it answers an operation, not the thing: " + operation.get());
    }
    if (evidence.bodyFitsRead() || evidence.bodyFitsUpdate()) {
      return evidence.withoutKey("it takes what the item is made of, but its answer has no key");
    }
    return new Verdict.NotCreate(
        "neither its answer nor its request looks like what " + evidence.itemText() + " names");
  }

  /** A thing without an item path, that the collection's list shows. */
  private Verdict listedOnly(ApiOperation post, String reason) {
    Optional<ListFinder.Found> list = lists.at(post.path().key(), post.answer());
    Optional<AnswerKey.Found> found =
        list.flatMap(l -> post.answer().flatMap(a -> listedKey(post, l.item()).in(a)));
    boolean convinces =
        found
            .filter(f -> f.similarity() >= Similarity.SAME && f.keyInAnswer())
            .filter(f -> f.key().score() >= 70)
            .isPresent();
    boolean many = post.answer().filter(Schema::isArray).isPresent();
    if (!convinces || many || PathTemplate.isParameter(post.path().lastSegment())) {
      return new Verdict.NotCreate(reason);
    }
    return new Verdict.Create(
        new Candidate(
            post,
            Optional.empty(),
            found,
            Optional.empty(),
            false,
            list.map(ListFinder.Found::item),
            Confidence.MEDIUM,
            "it answers what its own collection lists; there is no item path",
            Map.of()));
  }

  private AnswerKey listedKey(ApiOperation post, Schema item) {
    String thing = Words.singularSnake(post.path().lastSegment());
    return new AnswerKey(
        new AnswerKey.Name("", "id", Optional.empty(), thing), Optional.of(item), operations);
  }
}
