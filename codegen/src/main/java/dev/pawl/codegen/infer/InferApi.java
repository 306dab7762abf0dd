package dev.pawl.codegen.infer;

import dev.pawl.codegen.document.ApiDocument;
import dev.pawl.codegen.document.ApiOperation;
import dev.pawl.codegen.document.CodegenException;
import dev.pawl.codegen.ir.Api;
import dev.pawl.codegen.ir.Confidence;
import dev.pawl.codegen.ir.Identity;
import dev.pawl.codegen.ir.Inferred;
import dev.pawl.codegen.ir.Resource;
import dev.pawl.codegen.ir.Skipped;
import dev.pawl.codegen.overrides.Overrides;
import dev.pawl.codegen.overrides.Suggest;
import dev.pawl.model.rest.ApiDescriptor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Understands an API from its document. */
public final class InferApi {
  private final ApiDocument document;
  private final List<ApiOperation> operations;
  private final String name;
  private final Overrides overrides;
  private final List<Skipped> skipped = new ArrayList<>();
  private final List<ApiOperation> effects = new ArrayList<>();
  private final Map<Candidate, Inferred<Identity>> creates = new LinkedHashMap<>();
  private final PathIndex index;
  private final OperationFinder begun;

  /**
   * @param document what to read
   * @param name the first part of the model types
   */
  public InferApi(ApiDocument document, String name) {
    this(document, name, Overrides.NONE);
  }

  /**
   * @param document what to read
   * @param name the first part of the model types
   * @param overrides what a person says about it
   */
  public InferApi(ApiDocument document, String name, Overrides overrides) {
    this.document = document;
    this.operations = document.operations();
    this.name = name;
    this.overrides = overrides;
    this.index = new PathIndex(operations);
    this.begun = new OperationFinder(new Operations(index));
  }

  /** Reads the whole document. */
  public Api run() {
    judgeAll(new CreateJudge(index));
    findUpserts();
    var kinds = new Kinds(operations).name(creates.keySet().stream().map(Candidate::post).toList());
    Map<ApiOperation, String> named = new HashMap<>(kinds);
    said(kinds).forEach(named::put);
    var assembler = new ResourceAssembler(index, new ActionFinder(effects));
    List<Resource> resources = new ArrayList<>();
    creates.forEach(
        (candidate, identity) ->
            resources.add(
                assembler.assemble(
                    candidate, name, named.getOrDefault(candidate.post(), "resource"), identity)));
    List<Resource> mended =
        new ArrayList<>(new ApplyOverrides(overrides, operations).run(resources, skipped));
    mended.sort(Comparator.comparing(Resource::kind));
    skipped.sort(Comparator.comparing(Skipped::operation));
    SecurityFinder security = new SecurityFinder(document);
    List<Inferred<String>> given = connectionParams();
    ApiDescriptor descriptor =
        security.find(name, given.stream().map(Inferred::value).collect(Collectors.toSet()));
    List<String> warnings = new ArrayList<>(document.warnings());
    warnings.addAll(document.servers().warnings());
    warnings.addAll(security.warnings());
    descriptor.params().keySet().stream()
        .sorted()
        .forEach(
            n ->
                warnings.add(
                    "the parameter "
                        + n
                        + " is '"
                        + descriptor.params().get(n)
                        + "' where it is not given"));
    given.forEach(
        p ->
            warnings.add(
                "the parameter "
                    + p.value()
                    + " is a setting of the connection (params): "
                    + p.reason()));
    return new Api(
        name,
        document.root().path("info").path("title").asText(name),
        descriptor,
        given,
        mended,
        skipped,
        warnings);
  }

  private List<Inferred<String>> connectionParams() {
    if (overrides.connectionParams().isEmpty()) {
      Set<String> valued = DefaultParameters.of(operations).keySet();
      return new ConnectionParameters(operations)
          .find().stream().filter(p -> !valued.contains(p.value())).toList();
    }
    Set<String> known = new TreeSet<>();
    operations.forEach(o -> known.addAll(o.path().parameters()));
    List<Inferred<String>> out = new ArrayList<>();
    for (String said : overrides.connectionParams().get()) {
      if (!known.contains(said)) {
        throw new CodegenException(
            overrides.file()
                + ": connectionParams: no path has a parameter '"
                + said
                + "'"
                + Suggest.didYouMean(said, known));
      }
      out.add(new Inferred<>(said, Confidence.HIGH, "the overrides say so"));
    }
    return out;
  }

  private void judgeAll(CreateJudge judge) {
    for (ApiOperation post : operations) {
      if (post.method().equals("POST")) {
        Verdict verdict = judge.judge(post);
        if (verdict instanceof Verdict.Create create) {
          accept(create.candidate());
        } else if (verdict instanceof Verdict.NotCreate not) {
          skip(post, not.reason());
        }
      }
    }
  }

  private void findUpserts() {
    Upserts upserts = new Upserts(index, creates.keySet());
    for (ApiOperation operation : operations) {
      upserts
          .of(operation)
          .ifPresent(
              candidate -> {
                unskip(operation);
                accept(candidate);
              });
    }
  }

  /** Creates that only the overrides know, with their kinds. */
  private Map<ApiOperation, String> said(Map<ApiOperation, String> inferred) {
    Map<ApiOperation, String> out = new LinkedHashMap<>();
    SaidCreates creates = new SaidCreates(overrides, operations, index);
    new TreeMap<>(overrides.resources())
        .forEach(
            (kind, said) -> {
              if (said.create().isPresent() && !inferred.containsValue(kind)) {
                Candidate candidate = creates.of(kind, said);
                if (inferred.containsKey(candidate.post())) {
                  throw new CodegenException(
                      overrides.file()
                          + ":"
                          + said.line()
                          + ": "
                          + candidate.post().describe()
                          + " already makes '"
                          + inferred.get(candidate.post())
                          + "'; mend that resource, with 'name' to rename it");
                }
                unskip(candidate.post());
                accept(candidate);
                out.put(candidate.post(), kind);
              }
            });
    return out;
  }

  private void unskip(ApiOperation operation) {
    skipped.removeIf(s -> s.operation().equals(operation.describe()));
    effects.remove(operation);
  }

  private void accept(Candidate judged) {
    Candidate candidate = judged.begunBy(begun.find(judged));
    Optional<Inferred<Identity>> identity = new IdentityFinder(candidate).find();
    if (identity.isPresent()) {
      creates.put(candidate, identity.get());
    } else {
      skip(candidate.post(), "the item path needs a parent that the create does not name");
    }
  }

  private void skip(ApiOperation post, String reason) {
    skipped.add(new Skipped(post.describe(), reason));
    effects.add(post);
  }
}
