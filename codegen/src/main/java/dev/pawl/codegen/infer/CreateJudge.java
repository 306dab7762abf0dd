package dev.pawl.codegen.infer;

import dev.pawl.codegen.document.ApiOperation;
import dev.pawl.codegen.document.PathTemplate;
import dev.pawl.codegen.document.Schema;
import dev.pawl.codegen.ir.Confidence;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Decides whether a POST makes something that can be found again. */
final class CreateJudge {
  private static final Set<String> ACTIONS = Set.of("action", "actions");

  private final PathIndex index;
  private final ItemPaths itemPaths;
  private final ListFinder lists;

  CreateJudge(PathIndex index) {
    this.index = index;
    this.itemPaths = new ItemPaths(index);
    this.lists = new ListFinder(index);
  }

  Verdict judge(ApiOperation post) {
    if (post.path().endsInParameter()) {
      return new Verdict.NotCreate("its path names one existing thing: it changes or acts on it");
    }
    if (ACTIONS.contains(Words.snake(post.path().lastSegment()))) {
      return new Verdict.NotCreate("its path ends in 'actions': it acts on what exists");
    }
    List<ItemPath> items = itemPaths.of(post);
    String reason = "no item path belongs to it, and no list answers what it makes";
    for (ItemPath item : items) {
      Verdict verdict = judge(post, item);
      if (verdict instanceof Verdict.Create) {
        return verdict;
      }
      if (item.how() != ItemPath.How.ELSEWHERE) {
        reason = ((Verdict.NotCreate) verdict).reason();
      }
    }
    return listedOnly(post, reason);
  }

  private Verdict judge(ApiOperation post, ItemPath item) {
    Optional<Schema> listed =
        lists.at(item.collection(), Optional.empty()).map(ListFinder.Found::item);
    Optional<Schema> read = item.getAnswer().or(() -> listed);
    Optional<AnswerKey.Found> found =
        post.answer().flatMap(a -> new AnswerKey(item.parameter(), item.thing(), read).in(a));
    Evidence evidence = new Evidence(index, post, item, read, found);
    if (evidence.answersParent()) {
      return evidence.bodyFitsUpdate()
          ? evidence.withoutKey("it takes what the item's update takes, but answers its parent")
          : new Verdict.NotCreate("it answers its parent: it attaches what already exists");
    }
    if (item.how() == ItemPath.How.DIRECT
        || item.how() == ItemPath.How.TWIN
        || saysCreate(item, post)) {
      return direct(post, evidence);
    }
    double needed = item.how() == ItemPath.How.ELSEWHERE ? Similarity.SAME : Similarity.LIKELY;
    return found.filter(f -> f.similarity() >= needed).isPresent()
        ? evidence.withKey(Confidence.MEDIUM)
        : new Verdict.NotCreate("what it answers is not what " + item.key() + " answers");
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
        list.flatMap(
            l ->
                post.answer()
                    .flatMap(
                        a ->
                            new AnswerKey(
                                    "id",
                                    Words.singularSnake(post.path().lastSegment()),
                                    Optional.of(l.item()))
                                .in(a)));
    boolean convinces =
        found
            .filter(f -> f.similarity() >= Similarity.SAME && f.keyInAnswer())
            .filter(f -> f.key().score() >= 70)
            .isPresent();
    if (!convinces || PathTemplate.isParameter(post.path().lastSegment())) {
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
            "it answers what its own collection lists; there is no item path"));
  }
}
