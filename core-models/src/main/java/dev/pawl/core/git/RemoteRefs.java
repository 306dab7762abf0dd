package dev.pawl.core.git;

import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.LsRemoteCommand;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;

/** What a remote repository's branches and tags stand at. */
final class RemoteRefs {
  /** For one exchange, in seconds. */
  static final int TIMEOUT = 60;

  private final Map<String, Ref> refs;

  private RemoteRefs(Map<String, Ref> refs) {
    this.refs = refs;
  }

  static RemoteRefs of(String url) throws GitAPIException {
    LsRemoteCommand asks = Git.lsRemoteRepository();
    return new RemoteRefs(asks.setRemote(url).setTimeout(TIMEOUT).callAsMap());
  }

  /** The full name of a branch or tag; empty where there is none. */
  Optional<String> find(String name) {
    for (String full : new String[] {name, "refs/heads/" + name, "refs/tags/" + name}) {
      if (full.startsWith("refs/") && refs.containsKey(full)) {
        return Optional.of(full);
      }
    }
    return Optional.empty();
  }

  /** The branch that HEAD stands for; empty in an empty repository. */
  Optional<String> head() {
    Ref head = refs.get("HEAD");
    if (head == null) {
      return Optional.empty();
    }
    if (head.isSymbolic()) {
      return Optional.of(head.getTarget().getName());
    }
    return refs.values().stream()
        .filter(r -> r.getName().startsWith("refs/heads/"))
        .filter(r -> r.getObjectId().equals(head.getObjectId()))
        .map(Ref::getName)
        .sorted()
        .findFirst();
  }

  /** The commit of a full name; of an annotated tag, what it points to. */
  Optional<ObjectId> commit(String full) {
    Ref ref = refs.get(full);
    if (ref == null) {
      return Optional.empty();
    }
    ObjectId peeled = ref.getPeeledObjectId();
    return Optional.of(peeled == null ? ref.getObjectId() : peeled);
  }
}
